import type { TxCtx } from "../core/context";

export const stepName = "amc.step-execution";

/** Steps of a run go one after the other, and at most one waits. */
export const enqueueStep = (tx: TxCtx, executionId: string, runAt?: Date): Promise<void> =>
  tx.enqueue(stepName, { executionId }, { runAt, key: `${stepName}:${executionId}`, queue: `amc:${executionId}` });
