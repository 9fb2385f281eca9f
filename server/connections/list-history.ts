import type { TxCtx } from "../core/context";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import type { ConnectionEvent } from "./consent-contract";
import { type HistoryRow, selectHistory } from "./history-store";

/** What became of a connection, newest first: for whoever may see connections, with or without the right to the audit log. */
export async function listConnectionEvents(tx: TxCtx, query: ListQuery): Promise<ListResult<ConnectionEvent>> {
  requireRead(tx, "connections.read", "anyBrand");
  const rows = await selectHistory(tx, {
    connectionIds: filterValues(query, "connectionId"),
    newestFirst: query.sort?.order !== "asc",
    start: query.start,
    limit: query.limit,
  });
  return { items: rows.map(show), total: rows[0]?.total ?? 0 };
}

const show = ({ total: _, at, accountNames, ...event }: HistoryRow): ConnectionEvent => ({
  ...event,
  at: new Date(at).toISOString(),
  accountNames: accountNames ?? [],
});
