// The metrics of a table's row: the dictionary's and the agency's own.
import { customValues } from "./custom-metrics";
import { type MetricId, type MetricValues, metricIds, type Sums, valuesOf } from "./metrics";
import { withoutPriced } from "./money";
import type { Scope } from "./scope";

interface Asked {
  own: Scope["own"];
  /** Whether the reader may not see the money. */
  hidden: boolean;
  /** Whether some day of its money has no rate: no sum of it is told then. */
  unpriced?: boolean;
  /** Of the dictionary; all of them where left out. */
  metrics?: readonly MetricId[];
}

export function rowValues(sums: Sums, { own, hidden, unpriced, metrics = metricIds }: Asked): MetricValues {
  const values = { ...valuesOf(metrics, sums), ...customValues(own, sums, hidden) };
  return unpriced ? withoutPriced(values) : values;
}

/** Whether its sums lack the money of a day. */
export const isUnpriced = (row: { conversion: { missing: unknown } | null }): boolean =>
  Boolean(row.conversion?.missing);
