// The ends of a run that bring no rows. Each frees a place.
import type { TxCtx } from "../core/context";
import { admitRuns } from "./admit-runs";
import { changeExecution, type ExecutionRow, lockPlaces, type OpenExecution } from "./execution-store";

type End = { state: "failed" | "cancelled" } & Partial<Pick<ExecutionRow, "note" | "amazonStatus" | "startedAt">>;

export async function endRun(tx: TxCtx, { execution }: OpenExecution, end: End): Promise<boolean> {
  await lockPlaces(tx);
  const ended = await changeExecution(tx, execution.id, { ...end, nextAt: null, finishedAt: tx.now() });
  if (ended) await admitRuns(tx);
  return ended;
}

/** @param amazonStatus left out where it is not known whether Amazon still runs it */
export async function failRun(tx: TxCtx, open: OpenExecution, note: string, amazonStatus?: string): Promise<void> {
  const { execution, instance } = open;
  const ended = await endRun(tx, open, { state: "failed", note, ...(amazonStatus ? { amazonStatus } : {}) });
  if (!ended) return;
  await tx.audit({
    action: "amc_execution.failed",
    target: { type: "amc-execution", id: execution.id, label: execution.title },
    brandId: instance.brandId,
    after: { instance: instance.name, note },
  });
}
