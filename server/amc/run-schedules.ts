// Called by the tick: starts what is due. A slot is a row of its own; whoever inserts it starts the run in the same transaction, so that each is
// started exactly once, however many processes look at it.
import type { AuditEntry, Ctx, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { failpoint } from "../core/failpoint";
import { admitRuns } from "./admit-runs";
import { planRun, requireAllowed } from "./guard-run";
import {
  lockDue,
  type ScheduleRow,
  type SlotRow,
  selectDue,
  settleSlot,
  takeSlot,
  updateSchedule,
} from "./schedule-store";
import { mostMissed, nextTime, timesBetween } from "./schedule-times";
import { beginRun, startedEntry } from "./start-execution";

/** A slot this late was missed: nothing ran when it was due. */
const missedAfterMs = 10 * 60_000;
const deadlineSeconds = 6 * 3_600;

/** @returns how many runs this call started */
export async function runSchedules(ctx: Ctx): Promise<number> {
  let started = 0;
  for (const id of await ctx.tx(selectDue)) started += await runOne(ctx, id);
  failpoint("amc.slots-started");
  return started;
}

/** Each in a transaction of its own: one that fails stops no other, and does not come back at every tick. */
async function runOne(ctx: Ctx, id: string): Promise<number> {
  try {
    return await ctx.tx(async (tx) => {
      const schedule = await lockDue(tx, id);
      return schedule ? runDue(tx, schedule) : 0;
    });
  } catch (error) {
    ctx.log.error({ err: error, scheduleId: id }, "a schedule could not be run");
    await ctx.tx(async (tx) => {
      const schedule = await lockDue(tx, id);
      if (schedule) await refuseDue(tx, schedule);
    });
    return 0;
  }
}

async function runDue(tx: TxCtx, schedule: ScheduleRow): Promise<number> {
  const { missed } = schedule;
  const now = tx.now();
  const due = dueTimes(schedule, now);
  const isMissed = (at: Date) => now.getTime() - at.getTime() > missedAfterMs;
  const latest = due.at(-1);
  let count = 0;
  for (const dueAt of due) {
    const runs = !isMissed(dueAt) || missed === "all" || (missed === "latest" && dueAt === latest);
    for (const instanceId of schedule.instanceIds) count += await runSlot(tx, schedule, { instanceId, dueAt, runs });
  }
  await updateSchedule(tx, schedule.id, { nextAt: nextTime(schedule, now) });
  if (count > 0) await admitRuns(tx);
  return count;
}

async function refuseDue(tx: TxCtx, schedule: ScheduleRow): Promise<void> {
  const note = "It failed on our side; the cause is in the log of the server.";
  for (const dueAt of dueTimes(schedule, tx.now())) {
    for (const instanceId of schedule.instanceIds) {
      const key = { scheduleId: schedule.id, instanceId, dueAt };
      if (await takeSlot(tx, { ...key, state: "refused", note, executionId: null })) {
        await tx.audit(refusedEntry(schedule, { instanceId, dueAt, note }));
      }
    }
  }
  await updateSchedule(tx, schedule.id, { nextAt: nextTime(schedule, tx.now()) });
}

function dueTimes(schedule: ScheduleRow, until: Date): Date[] {
  const { nextAt } = schedule;
  return nextAt ? timesBetween(schedule, { after: new Date(nextAt.getTime() - 1), until, most: mostMissed }) : [];
}

const refusedEntry = (
  { id, name }: ScheduleRow,
  { dueAt, instanceId, note }: { dueAt: Date; instanceId: string; note: string },
): AuditEntry => ({
  action: "amc_schedule.slot_refused",
  target: { type: "amc-schedule", id, label: name },
  after: { dueAt: dueAt.toISOString(), instanceId, note },
});

interface Due {
  instanceId: string;
  dueAt: Date;
  /** False: the policy leaves it out. */
  runs: boolean;
}

async function runSlot(tx: TxCtx, schedule: ScheduleRow, { instanceId, dueAt, runs }: Due): Promise<0 | 1> {
  const key = { scheduleId: schedule.id, instanceId, dueAt };
  const missed = { ...key, state: "missed", note: "Nothing ran when it was due.", executionId: null } as const;
  if (!(await takeSlot(tx, missed)) || !runs) return 0;
  try {
    const outcome = await tx.attempt((inner) => start(inner, schedule, key));
    await settleSlot(tx, outcome);
    return outcome.state === "started" ? 1 : 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const note = [error.message, error.remedy].filter(Boolean).join(" ");
    await settleSlot(tx, { ...key, state: "refused", note, executionId: null });
    await tx.audit(refusedEntry(schedule, { instanceId, dueAt, note }));
    return 0;
  }
}

async function start(
  tx: TxCtx,
  schedule: ScheduleRow,
  key: { scheduleId: string; instanceId: string; dueAt: Date },
): Promise<Omit<SlotRow, "agencyId" | "startedAt">> {
  const { templateId, pinnedVersion, values, window, name } = schedule;
  const { run, check } = await planRun(tx, {
    instanceId: key.instanceId,
    templateId,
    templateVersion: pinnedVersion,
    values,
    window,
    title: name,
    // A slot made up for asks what it would have asked when it was due.
    at: key.dueAt,
  });
  if (check.identical) return { ...key, state: "reused", note: null, executionId: check.identical.id };
  requireAllowed(check);
  const executionId = await beginRun(tx, run, { origin: "schedule", scheduleId: schedule.id, deadlineSeconds });
  await tx.audit(startedEntry(executionId, run));
  return { ...key, state: "started", note: null, executionId };
}
