// Metrics as fields of a resource: in files, saved views and the API document they are columns like any other.
import type { TxCtx } from "../core/context";
import type { FieldSpec } from "../core/resource";
import type { Campaign, MetricInfo, SettledByRule } from "./contract";
import { readCustomMetrics } from "./custom-metrics";
import { describeMetrics } from "./describe-metrics";

const kinds = { count: "number", money: "money", percent: "percent", multiple: "number" } as const;

interface Measured {
  values: Campaign["values"];
}

type Told = Pick<MetricInfo, "label" | "unit" | "settle" | "formula">;

/** @param currency the field that says what its money is in */
export function metricField(
  { label, unit, settle, formula }: Told,
  read: FieldSpec["read"] & object,
  currency = "currency",
): FieldSpec {
  return {
    label,
    kind: kinds[unit],
    whole: unit === "count",
    read,
    measure: { unit, formula },
    beside: [settledKeys[settle]],
    ...(unit === "money" ? { currency } : {}),
  };
}

const settledKeys = { traffic: "settledTraffic", conversions: "settledConversions" } as const;

const fieldsOf = (metrics: readonly MetricInfo[], currency?: string): Record<string, FieldSpec> =>
  Object.fromEntries(
    metrics.map((metric) => {
      const read = (item: object) => (item as Measured).values[metric.id] ?? null;
      return [metric.id, metricField(metric, read, currency)];
    }),
  );

/** Of items with `values`: the dictionary's metrics. */
export const metricFields = (currency?: string) => fieldsOf(describeMetrics(), currency);

/** The same of the agency's own, which are known only when somebody asks. */
export const ownMetricFields =
  (currency?: string) =>
  async (tx: TxCtx): Promise<Record<string, FieldSpec>> =>
    fieldsOf(
      (await readCustomMetrics(tx)).map(({ info }) => info),
      currency,
    );

/** The tide line as columns: the share of the range's days that Amazon no longer restates. */
export const settledFields = (): Record<string, FieldSpec> => ({
  settledTraffic: settledField("Settled, traffic", "traffic"),
  settledConversions: settledField("Settled, conversions", "conversions"),
});

const settledField = (label: string, rule: keyof SettledByRule): FieldSpec => ({
  label,
  kind: "percent",
  optional: true,
  read: (item) => (item as { settled?: SettledByRule }).settled?.[rule].share ?? null,
});
