// Metrics as fields of a resource: in files, saved views and the API document they are columns like any other.
import type { FieldSpec } from "../core/resource";
import type { Campaign, SettledByRule } from "./contract";
import { type MetricId, metricIds, metricOf } from "./metrics";

const kinds = { count: "number", money: "money", percent: "percent", multiple: "number" } as const;

interface Measured {
  values: Campaign["values"];
}

export function metricField(id: MetricId, read: (item: Record<string, unknown>) => unknown): FieldSpec {
  const { label, unit, settle } = metricOf(id);
  return {
    label,
    kind: kinds[unit],
    whole: unit === "count",
    read,
    beside: [settledKeys[settle]],
    ...(unit === "money" ? { currency: "currency" } : {}),
  };
}

const settledKeys = { traffic: "settledTraffic", conversions: "settledConversions" } as const;

/** Of items with `values`. */
export const metricFields = (): Record<string, FieldSpec> =>
  Object.fromEntries(
    metricIds.map((id) => [id, metricField(id, (item) => (item as unknown as Measured).values[id] ?? null)]),
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
