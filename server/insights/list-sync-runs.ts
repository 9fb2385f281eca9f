import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import { isReportTypeId, reportTypes } from "./report-types";
import { type OpenRun, selectRejected, selectRuns } from "./run-store";
import type { SyncRun } from "./sync-contract";

const rejectedShown = 100;

/** The newest first, unless another order is asked for. */
export async function listSyncRuns(tx: TxCtx, query: ListQuery): Promise<ListResult<SyncRun>> {
  requireRead(tx, "insights.read", "anyBrand");
  const { items, total } = await selectRuns(tx, query);
  return { items: items.map(show), total };
}

/** One run with the first of its rows that did not parse. */
export async function getSyncRun(tx: TxCtx, id: string): Promise<SyncRun> {
  const filters = [{ field: "id", operator: "eq" as const, values: [id] }];
  const { items } = await listSyncRuns(tx, { ...wholeList(1), filters });
  const [run] = items;
  if (!run) throw notFound("The sync");
  return { ...run, rejected: await selectRejected(tx, run.id, rejectedShown) };
}

const show = ({ run, account }: OpenRun): SyncRun => ({
  id: run.id,
  accountId: run.accountId,
  accountName: account.name,
  subject: run.subject,
  what: isReportTypeId(run.subject) ? reportTypes[run.subject].label : "Campaigns, ad groups, ads",
  kind: run.kind,
  state: run.state,
  range: run.rangeStart && run.rangeEnd ? { from: run.rangeStart, to: run.rangeEnd } : null,
  reportId: run.reportId,
  note: run.note,
  attempts: run.attempts,
  polls: run.polls,
  createdAt: run.createdAt.toISOString(),
  nextAt: run.nextAt?.toISOString() ?? null,
  finishedAt: run.finishedAt?.toISOString() ?? null,
  rowsRead: run.rowsRead,
  rowsChanged: run.rowsChanged,
  rowsRejected: run.rowsRejected,
});
