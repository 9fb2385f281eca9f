// A metric's value as an element, as text and as a point of a chart, by the unit the dictionary gives it.
import type { Hidden, MetricInfo } from "#server/insights/contract";
import type { MetricValue } from "#server/insights/metrics";
import { decimalOfMicros, formatMoney, formatNumber, formatPercent } from "~/ui/format";
import { Count, HiddenFigure, Money, Percent } from "~/ui/values";

export interface ValueProps {
  metric: MetricInfo;
  value: MetricValue | undefined;
  currency: string;
  /** What this reader may not see of the record. */
  hidden?: Hidden;
  /** How money names its currency. */
  show?: "symbol" | "code" | "none";
}

/** Whether the metric is null because this reader may not see it. */
export const isHidden = ({ money }: Pick<MetricInfo, "money">, hidden: Hidden | undefined): boolean =>
  money && hidden?.includes("money") === true;

export const HiddenMoney = () => (
  <HiddenFigure why="Your role does not show money here; an owner or admin can give you one that does" />
);

export function MetricFigure({ metric, value, currency, hidden, show = "symbol" }: ValueProps) {
  if (isHidden(metric, hidden)) return <HiddenMoney />;
  if (metric.unit === "money") return <Money micros={textOf(value)} currency={currency} show={show} />;
  if (metric.unit === "percent") return <Percent ratio={numberOf(value)} />;
  return <Count value={numberOf(value)} decimals={metric.unit === "multiple" ? 2 : 0} />;
}

export function metricText({ metric, value, currency }: ValueProps, locale: string): string {
  if (metric.unit === "money") return formatMoney(textOf(value), currency, { locale });
  if (metric.unit === "percent") return formatPercent(numberOf(value), { locale });
  return formatNumber(numberOf(value), { locale, decimals: metric.unit === "multiple" ? 2 : 0 });
}

const hundred = 100;

/** The same where cents would say more than is known: large amounts of money without them. */
export function roundText(shown: ValueProps, locale: string): string {
  const { metric, value, currency } = shown;
  if (metric.unit !== "money" || Math.abs(metricNumber(metric, value) ?? 0) < hundred) return metricText(shown, locale);
  return formatMoney(textOf(value), currency, { locale, decimals: 0 });
}

/** For charts and comparisons, where a double is exact enough; money in units of its currency. */
export function metricNumber({ unit }: MetricInfo, value: MetricValue | undefined): number | null {
  if (value === null || value === undefined) return null;
  return unit === "money" ? Number(decimalOfMicros(String(value))) : Number(value);
}

/** A chart's number back as text. */
export function chartText(metric: MetricInfo, currency: string, locale: string): (value: number) => string {
  return (value) =>
    metric.unit === "money"
      ? formatMoney(String(Math.round(value * 1e6)), currency, { locale })
      : metricText({ metric, value, currency }, locale);
}

/** The same for an axis: whole money without its decimals. */
export function axisText(metric: MetricInfo, currency: string, locale: string): (value: number) => string {
  const text = chartText(metric, currency, locale);
  return (value) =>
    metric.unit === "money" && Number.isInteger(value)
      ? formatMoney(String(value * 1e6), currency, { locale, decimals: 0 })
      : text(value);
}

const textOf = (value: MetricValue | undefined): string | null =>
  value === null || value === undefined ? null : String(value);
const numberOf = (value: MetricValue | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);
