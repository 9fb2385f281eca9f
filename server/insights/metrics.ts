// The metric dictionary: what each number means, where it comes from, and when it stops moving. Pure, so that pages may read it.
import { conversionMetrics } from "./conversion-metrics";
import { type Metric, moneyColumns, type SourceColumn, sourceColumns } from "./metric";
import { trafficMetrics } from "./traffic-metrics";

export const metrics = { ...trafficMetrics, ...conversionMetrics };
export type MetricId = keyof typeof metrics;
export const metricIds = Object.keys(metrics) as [MetricId, ...MetricId[]];
export const isMetricId = (id: string): id is MetricId => Object.hasOwn(metrics, id);
export const metricOf = (id: MetricId): Metric => metrics[id];

/** Whether it tells of money: an amount, or a ratio with one in it, such as ROAS. */
export const isMoneyMetric = (id: MetricId): boolean => {
  const { source } = metricOf(id);
  const columns = typeof source === "string" ? [source] : [source.over, source.under];
  return columns.some((column) => moneyColumns.includes(column));
};

/** Powers of money and of counts that the sums of a metric are: of one column, or of one through another. */
export function parts(id: MetricId): Record<"over", Powers> & { under: Powers | null } {
  const { source } = metricOf(id);
  const of = (column: SourceColumn): Powers =>
    moneyColumns.includes(column) ? { money: 1, count: 0 } : { money: 0, count: 1 };
  return typeof source === "string"
    ? { over: of(source), under: null }
    : { over: of(source.over), under: of(source.under) };
}
interface Powers {
  money: number;
  count: number;
}

/** What a metric's value is on the wire: micros as text for money, else a number; null where nothing can be said. */
export type MetricValue = string | number | null;
export type MetricValues = Record<string, MetricValue>;

/** Column sums, as the database hands them over. */
export type Sums = Record<SourceColumn, bigint>;

export const noSums = (): Sums => Object.fromEntries(sourceColumns.map((column) => [column, 0n])) as Sums;

export function addSums(into: Sums, more: Sums): Sums {
  for (const column of sourceColumns) into[column] += more[column];
  return into;
}

/** Ratios come from the sums, so a ratio over many rows is never an average of theirs. */
export function metricValue(id: MetricId, sums: Sums): MetricValue {
  const { source, unit } = metricOf(id);
  if (typeof source === "string") return unit === "money" ? sums[source].toString() : Number(sums[source]);
  const { over, under, times = 1 } = source;
  if (sums[under] === 0n) return null;
  if (unit === "money") return divided(sums[over] * BigInt(times), sums[under]).toString();
  return (Number(sums[over]) * times) / Number(sums[under]);
}

export const valuesOf = (ids: readonly MetricId[], sums: Sums): MetricValues =>
  Object.fromEntries(ids.map((id) => [id, metricValue(id, sums)]));

/** Whole division, half away from zero. */
export function divided(over: bigint, under: bigint): bigint {
  const negative = over < 0n !== under < 0n;
  const [top, bottom] = [over < 0n ? -over : over, under < 0n ? -under : under];
  const size = (top * 2n + bottom) / (bottom * 2n);
  return negative ? -size : size;
}
