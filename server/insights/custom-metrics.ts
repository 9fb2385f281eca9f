// Metrics of the agency's own, beside the dictionary's: worked out from the same sums, shown by the same pages.
import type { TxCtx } from "../core/context";
import type { MetricInfo } from "./contract";
import { selectCustomMetrics } from "./custom-metric-store";
import { exactValue, type Formula, type FormulaUnit, metricsIn, parseFormula } from "./formula";
import { settleDays } from "./metric";
import { ownMetricId } from "./metric-contract";
import { reportsWith } from "./metric-reports";
import { divided, isMoneyMetric, type MetricId, type MetricValue, metricOf, type Sums } from "./metrics";

export interface CustomMetric {
  info: MetricInfo;
  formula: Formula;
  unit: FormulaUnit;
}

/** The agency's, as they are now. */
export async function readCustomMetrics(tx: TxCtx): Promise<CustomMetric[]> {
  return (await selectCustomMetrics(tx)).map((row) => customMetric(row));
}

type Said = Awaited<ReturnType<typeof selectCustomMetrics>>[number];

function customMetric({ id, name, unit, better, definition, formula: text }: Said): CustomMetric {
  const formula = parseFormula(text);
  return {
    info: { id: ownMetricId(id), label: name, unit, better, definition, formula: text, ...derivedOf(formula) },
    formula,
    unit,
  };
}

/** What follows from its parts: it is as secret as any of them, and settles with the last. */
export function derivedOf(
  formula: Formula,
): Pick<MetricInfo, "money" | "settle" | "settleDays" | "amazon" | "reports"> {
  const ids = metricsIn(formula);
  const settle = ids.some((id) => metricOf(id).settle === "conversions") ? "conversions" : "traffic";
  return {
    money: ids.some(isMoneyMetric),
    settle,
    settleDays: settleDays[settle],
    amazon: ids.map((id) => metricOf(id).amazon).join(", "),
    reports: reportsWith(ids),
  };
}

/** Micros as text for money, else a number; null where something is divided by zero. */
export function customValue({ formula, unit }: Pick<CustomMetric, "formula" | "unit">, sums: Sums): MetricValue {
  const value = exactValue(formula, sums);
  if (!value) return null;
  if (unit === "money") return divided(value.over, value.under).toString();
  return quotient(value.over, value.under);
}

/** As a double, however large both are. */
function quotient(over: bigint, under: bigint): number {
  const whole = over / under;
  return Number(whole) + Number(over - whole * under) / Number(under);
}

/** Those that can be worked out of these metrics alone. */
export const answeredBy = (own: readonly CustomMetric[], ids: readonly MetricId[]): CustomMetric[] =>
  own.filter(({ formula }) => metricsIn(formula).every((id) => ids.includes(id)));

/** By id. Where money is hidden, what has money in it has no value. */
export const customValues = (
  metrics: readonly CustomMetric[],
  sums: Sums,
  moneyHidden: boolean,
): Record<string, MetricValue> =>
  Object.fromEntries(
    metrics.map((metric) => [metric.info.id, moneyHidden && metric.info.money ? null : customValue(metric, sums)]),
  );
