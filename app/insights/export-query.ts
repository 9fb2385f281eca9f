import type { MetricInfo } from "#server/insights/contract";
import { isOwnMetric } from "#server/insights/metric-contract";
import type { ResolvedRange } from "~/ui/date-range";
import type { PartSort } from "./part-table";

/** The metrics that tables of parts show. */
const shownMetrics = ["spend", "impressions", "clicks", "ctr", "cpm", "detailPageViews", "purchases", "sales", "roas"];

/** Those of a page, and the agency's own. */
export const tableMetrics = (metrics: readonly MetricInfo[]): MetricInfo[] =>
  metrics.filter(({ id }) => shownMetrics.includes(id) || isOwnMetric(id));

interface Shown {
  columns: readonly string[];
  sort: PartSort | null;
}

/** What is on the screen, as `GET /<resource>/export` takes it: whose numbers, which days, seen how, in which order. */
export function exportQuery(of: Record<string, string>, range: ResolvedRange, { columns, sort }: Shown): string {
  const { id, asOf, compare, sameAge } = range;
  return new URLSearchParams({
    ...of,
    range: id,
    ...(asOf ? { asOf } : {}),
    ...(compare === "year" ? { compare } : {}),
    ...(sameAge ? { sameAge: "true" } : {}),
    ...(sort ? { _sort: sort.field, _order: sort.order } : {}),
    _columns: columns.join(","),
  }).toString();
}
