// Called by the tick: inserts what is due of entities and of the campaign report; plan-reports.ts has the other types. A slot that another process has inserted is not ours to start.
import { listSyncableAccounts } from "../connections";
import type { Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { addDays, dayIn } from "./date-range";
import { backfillDays, dueSlots, type Slot, type SlotAccount } from "./due-slots";
import { settleDays } from "./metric";
import { reportTypes, rollupSource } from "./report-types";
import { enqueueStep, failRun, givenUpAfterMs, nextJob } from "./run-step";
import { changeRun, forgetRuns, insertSlots, lockPlanning, planHistory, stalledRuns } from "./run-store";

const stalledAfterMs = 30 * 60_000;
const forgottenAfterMs = 30 * 24 * 3_600_000;

/** @returns how many runs this call started */
export async function planSlots(ctx: Ctx): Promise<number> {
  const started = await ctx.tx(async (tx) => {
    await lockPlanning(tx);
    const slots = await slotsDue(tx);
    await reviveStalled(tx);
    return startSlots(tx, slots);
  });
  failpoint("sync.planned");
  return started;
}

async function slotsDue(tx: TxCtx): Promise<{ accountId: string; slot: Slot }[]> {
  const accounts = await listSyncableAccounts(tx);
  if (accounts.length === 0) return [];
  const now = tx.now();
  const today = dayIn("UTC", now);
  // A day less on either side: zones may be a day apart.
  const behindSettle = { from: addDays(today, 2 - backfillDays), to: addDays(today, -1 - settleDays.conversions) };
  const history = await planHistory(tx, rollupSource, behindSettle);
  return accounts.flatMap((account) => {
    const planned: SlotAccount = {
      id: account.id,
      timeZone: account.timeZone,
      reportPullsPerDay: account.reportPullsPerDay,
      canReport: account.capabilities.reports.ok,
      backfillAt: null,
      missing: null,
      ...history.get(account.id),
    };
    return dueSlots(planned, now, [reportTypes[rollupSource]]).map((slot) => ({ accountId: account.id, slot }));
  });
}

/** Inserts slots and enqueues the first step of those that are new. */
export async function startSlots(tx: TxCtx, slots: readonly { accountId: string; slot: Slot }[]): Promise<number> {
  const runs = await insertSlots(tx, slots);
  for (const run of runs) await enqueueStep(tx, run, { job: nextJob({ subject: run.subject, state: "due" }) });
  if (runs.length > 0) {
    await tx.changed("sync-runs");
    await tx.changed("sync-status");
    await tx.changed("report-coverage");
  }
  return runs.length;
}

/** A job that died of our own fault is tried again for a day; then its run says so. */
async function reviveStalled(tx: TxCtx): Promise<void> {
  const now = tx.now().getTime();
  for (const run of await stalledRuns(tx, new Date(now - stalledAfterMs))) {
    if (run.createdAt.getTime() < now - givenUpAfterMs) {
      await failRun(tx, run.id, `Given up after a day. ${run.note ?? "The log of that time says why."}`);
      continue;
    }
    await changeRun(tx, run.id, { nextAt: tx.now() });
    await enqueueStep(tx, run, { job: nextJob(run) });
  }
}

/** Once a day: runs that changed nothing need not be kept. */
export const cleanRuns = (ctx: Ctx): Promise<void> =>
  ctx.tx((tx) => forgetRuns(tx, new Date(tx.now().getTime() - forgottenAfterMs)));
