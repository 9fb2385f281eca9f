// The gate before Amazon: gives free places to waiting runs. Called in every transaction that adds a run or frees a place, and by a tick.
import type { Ctx, TxCtx } from "../core/context";
import { chooseRuns } from "./choose-runs";
import {
  changeExecution,
  lockPlaces,
  readExecution,
  selectBusy,
  selectStalled,
  selectWaiting,
} from "./execution-store";
import { enqueueStep } from "./step-job";

export async function admitRuns(tx: TxCtx): Promise<void> {
  await lockPlaces(tx);
  const waiting = await selectWaiting(tx);
  if (waiting.length === 0) return;
  for (const id of chooseRuns(waiting, await selectBusy(tx))) {
    const open = await readExecution(tx, id);
    const change = {
      state: "submitting",
      // Of each attempt a workflow of its own: the run is found again by it.
      attempts: (open?.execution.attempts ?? 0) + 1,
      amazonExecutionId: null,
      amazonStatus: null,
      startedAt: null,
      deadlineAt: null,
      nextAt: tx.now(),
      polls: 0,
      waits: 0,
      note: null,
    } as const;
    if (await changeExecution(tx, id, change, ["waiting"])) await enqueueStep(tx, id);
  }
}

const stalledAfterMs = 15 * 60_000;

/** The tick: nobody's wait hangs on a job that died. */
export async function admitOverdue(ctx: Ctx): Promise<void> {
  await ctx.tx(async (tx) => {
    await admitRuns(tx);
    for (const { id } of await selectStalled(tx, new Date(tx.now().getTime() - stalledAfterMs))) {
      await enqueueStep(tx, id);
    }
  });
}
