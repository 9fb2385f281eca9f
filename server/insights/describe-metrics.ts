import type { TxCtx } from "../core/context";
import { type ListQuery, type ListResult, requireRead } from "../core/query";
import type { MetricInfo } from "./contract";
import { readCustomMetrics } from "./custom-metrics";
import { settleDays } from "./metric";
import { reportsWith } from "./metric-reports";
import { isMoneyMetric, type MetricId, metricIds, metricOf } from "./metrics";

/** The dictionary's entries, in its order. */
export const describeMetrics = (ids: readonly MetricId[] = metricIds): MetricInfo[] => ids.map(describe);

function describe(id: MetricId): MetricInfo {
  const { source, ...metric } = metricOf(id);
  const times = typeof source === "object" && source.times ? ` × ${source.times}` : "";
  const formula = typeof source === "string" ? `sum(${source})` : `sum(${source.over})${times} / sum(${source.under})`;
  return {
    id,
    ...metric,
    money: isMoneyMetric(id),
    settleDays: settleDays[metric.settle],
    formula,
    reports: reportsWith([id]),
  };
}

/** The same, and those of the agency's own after them. */
export async function describeAllMetrics(tx: TxCtx): Promise<MetricInfo[]> {
  return [...describeMetrics(), ...(await readCustomMetrics(tx)).map(({ info }) => info)];
}

export async function listMetrics(tx: TxCtx, query: ListQuery): Promise<ListResult<MetricInfo>> {
  requireRead(tx, "insights.read", "anyBrand");
  const text = query.search?.toLowerCase() ?? "";
  const items = (await describeAllMetrics(tx)).filter(({ id, label }) => `${id} ${label}`.toLowerCase().includes(text));
  return { items: items.slice(query.start, query.start + query.limit), total: items.length };
}
