// Called by the tick: starts what is due. A slot is a row of its own; whoever inserts it starts the run in the same transaction, so that each is
// started exactly once, however many processes look at it.
import type { Ctx, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { failpoint } from "../core/failpoint";
import { admitRuns } from "./admit-runs";
import { lockPlaces } from "./execution-store";
import { planRun, requireAllowed } from "./guard-run";
import { lockDue, type ScheduleRow, type SlotRow, settleSlot, takeSlot, updateSchedule } from "./schedule-store";
import { nextTime, timesBetween } from "./schedule-times";
import { beginRun, startedEntry } from "./start-execution";

/** A slot this late was missed: nothing ran when it was due. */
const missedAfterMs = 10 * 60_000;
/** Of `all`: more are not made up for. */
const mostMissed = 200;
const deadlineSeconds = 6 * 3_600;

/** @returns how many runs this call started */
export async function runSchedules(ctx: Ctx): Promise<number> {
  const started = await ctx.tx(async (tx) => {
    let count = 0;
    for (const schedule of await lockDue(tx)) count += await runDue(tx, schedule);
    if (count > 0) await admitRuns(tx);
    return count;
  });
  failpoint("amc.slots-started");
  return started;
}

async function runDue(tx: TxCtx, schedule: ScheduleRow): Promise<number> {
  const { nextAt, missed } = schedule;
  if (!nextAt) return 0;
  await lockPlaces(tx);
  const now = tx.now();
  const before = new Date(nextAt.getTime() - 1);
  const due = timesBetween(schedule, { after: before, until: now, most: mostMissed });
  const isMissed = (at: Date) => now.getTime() - at.getTime() > missedAfterMs;
  const latest = due.at(-1);
  let count = 0;
  for (const dueAt of due) {
    const runs = !isMissed(dueAt) || missed === "all" || (missed === "latest" && dueAt === latest);
    for (const instanceId of schedule.instanceIds) count += await runSlot(tx, schedule, { instanceId, dueAt, runs });
  }
  await updateSchedule(tx, schedule.id, { nextAt: nextTime(schedule, now) });
  return count;
}

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
    await tx.audit({
      action: "amc_schedule.slot_refused",
      target: { type: "amc-schedule", id: schedule.id, label: schedule.name },
      after: { dueAt: dueAt.toISOString(), instanceId, note },
    });
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
