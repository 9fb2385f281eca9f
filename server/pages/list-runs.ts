// What custom actions sent and what was answered, for the brands whose uses the actor may see.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import { seesMoney } from "./compose-call";
import type { ActionRun, RunTry } from "./run-contract";
import { findRun, type SeenRun, selectRuns } from "./run-store";

/** The newest first, unless another order is asked for. */
export async function listRuns(tx: TxCtx, query: ListQuery): Promise<ListResult<ActionRun>> {
  const { rows, total } = await selectRuns(tx, query);
  return { items: rows.map((row) => toRun(tx, row)), total };
}

/** One run with what was sent and every attempt. */
export async function getRun(tx: TxCtx, id: string): Promise<ActionRun> {
  const row = await findRun(tx, id);
  if (!row) throw notFound("This run");
  const run = toRun(tx, row);
  return { ...run, sent: run.withheld ? null : row.run.body, tries: row.run.tries as RunTry[] };
}

/** What was begun by somebody who sees a brand's money is not read by somebody who does not. */
function toRun(tx: TxCtx, { run, brandName }: SeenRun): ActionRun {
  const withheld = run.holdsMoney && !seesMoney(tx, run.brandId);
  return {
    id: run.id,
    actionId: run.actionId,
    actionLabel: run.actionLabel,
    brandId: run.brandId,
    brandName,
    recordType: run.targetType,
    recordId: run.targetId,
    recordLabel: run.targetLabel,
    state: run.state,
    test: run.isTest,
    startedBy: run.startedBy,
    createdAt: run.createdAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
    nextAt: run.nextAt?.toISOString() ?? null,
    attempts: run.attempts,
    status: run.status,
    note: run.note,
    answer: withheld ? null : run.answer,
    sent: null,
    tries: [],
    withheld,
  };
}
