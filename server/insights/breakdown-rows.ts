// The rows of a breakdown one by one, all of them: what a file holds, and what is paged through beyond the first 200.
import type { TxCtx } from "../core/context";
import { filterValues, type ListQuery, type ListResult } from "../core/query";
import { readBreakdowns } from "./list-breakdowns";
import { metricIds } from "./metrics";
import { refuseMoneyOrder } from "./money";
import type { BreakdownLine } from "./report-contract";
import { sortItems } from "./sort-items";

export const lineSorts = ["label", "share", ...metricIds];

/** Ordered as the breakdown is, by the metric that shares are of, unless a sort is asked for. */
export async function listBreakdownRows(tx: TxCtx, query: ListQuery): Promise<ListResult<BreakdownLine>> {
  const { items: breakdowns, accounts } = await readBreakdowns(tx, query, null);
  refuseMoneyOrder(query, accounts);
  const currencies = filterValues(query, "currency");
  const lines = breakdowns
    .filter(({ currency }) => currencies?.includes(currency) ?? true)
    .flatMap(({ rows, id, dimension, currency, settled, days }) =>
      rows.map((row): BreakdownLine => ({ ...row, id: `${id}:${row.id}`, dimension, currency, settled, days })),
    );
  sortItems(lines, query.sort, { text: ({ label }) => label, number: ({ share }) => share });
  return { items: lines.slice(query.start, query.start + query.limit), total: lines.length };
}
