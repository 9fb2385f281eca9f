// The numbers of a day that moved, as fields: what it says, and beside each what it said.
import type { FieldSpec } from "../core/resource";
import { describeMetrics } from "./describe-metrics";
import type { Restatement } from "./history-contract";
import { metricField } from "./metric-fields";

const ofRow = (item: Record<string, unknown>) => item as unknown as Restatement;
const beforeKey = (id: string) => `${id}Before`;

export function restatementFields(): Record<string, FieldSpec> {
  const moved = describeMetrics().flatMap((metric): [string, FieldSpec][] => {
    const { id } = metric;
    const now = metricField(metric, (item) => ofRow(item).after[id] ?? null);
    const before = metricField(metric, (item) => ofRow(item).before?.[id] ?? null);
    return [
      [id, { ...now, beside: [beforeKey(id)] }],
      [beforeKey(id), { ...before, label: `${before.label}, before`, beside: [], optional: true }],
    ];
  });
  return {
    day: { kind: "date" },
    brandId: { of: "brands" },
    accountId: { of: "accounts" },
    movedAt: { label: "Last moved" },
    age: { label: "Days after" },
    changes: { label: "Times" },
    cause: { label: "Why" },
    ...Object.fromEntries(moved),
  };
}
