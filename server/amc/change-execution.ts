// Cancelling a run, and taking up one that failed.
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { admitRuns } from "./admit-runs";
import { endRun } from "./end-run";
import { cancelNote, ExecutionId } from "./execution-contract";
import { changeExecution, lockPlaces, type OpenExecution, readExecution } from "./execution-store";
import { getExecution } from "./list-executions";
import { stateAgain } from "./resume-run";
import { enqueueStep } from "./step-job";

/** One that Amazon has is cancelled there first: it ends when Amazon says so. One whose rows are being fetched can no longer be. */
export const cancelExecution = command({
  name: "amc-execution.cancel",
  permission: "amc.write",
  input: ExecutionId,
  brandOf,
  run: async (tx, { id }) => {
    await lockPlaces(tx);
    const open = await existing(tx, id);
    const { state } = open.execution;
    if (state !== "waiting" && state !== "submitting" && state !== "running") {
      throw new AppError("conflict", "The run is over, or Amazon is done with it.", {
        present: await getExecution(tx, id),
      });
    }
    await stopRun(tx, open);
    return {
      result: await getExecution(tx, id),
      audit: { action: "amc_execution.cancelled", ...about(open) },
    };
  },
});

/** One that waits is over at once. */
async function stopRun(tx: TxCtx, open: OpenExecution): Promise<void> {
  const { id, state } = open.execution;
  if (state === "waiting") {
    await endRun(tx, open, { state: "cancelled" });
    return;
  }
  const change = { cancelAsked: true, note: cancelNote };
  if (await changeExecution(tx, id, change, ["submitting", "running"])) await enqueueStep(tx, id);
}

/** Goes on where it broke off, if Amazon still has the run or its rows; else it is handed over anew. */
export const retryExecution = command({
  name: "amc-execution.retry",
  permission: "amc.write",
  input: ExecutionId,
  brandOf,
  run: async (tx, { id }) => {
    await lockPlaces(tx);
    const open = await existing(tx, id);
    const { state } = open.execution;
    if (state !== "failed" && state !== "cancelled") {
      throw new AppError("conflict", "Only a run that failed or was cancelled can be taken up again.", {
        present: await getExecution(tx, id),
      });
    }
    const change = { state: stateAgain(open.execution), cancelAsked: false, note: null, waits: 0, finishedAt: null };
    await changeExecution(tx, id, { ...change, nextAt: tx.now() }, [state]);
    if (change.state === "waiting") await admitRuns(tx);
    else await enqueueStep(tx, id);
    return {
      result: await getExecution(tx, id),
      audit: { action: "amc_execution.retried", ...about(open), after: { from: change.state } },
    };
  },
});

async function brandOf({ id }: { id: string }, tx: TxCtx): Promise<string | null> {
  return (await getExecution(tx, id)).brandId;
}

async function existing(tx: TxCtx, id: string): Promise<OpenExecution> {
  const open = await readExecution(tx, id);
  if (!open) throw notFound("This run");
  return open;
}

const about = ({ execution, instance }: OpenExecution) => ({
  target: { type: "amc-execution", id: execution.id, label: execution.title },
  brandId: instance.brandId,
});
