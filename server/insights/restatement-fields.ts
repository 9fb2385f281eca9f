// The numbers of a day that moved, as fields: what it says, and beside each what it said.
import type { FieldSpec } from "../core/resource";
import type { Restatement } from "./history-contract";
import { metricField } from "./metric-fields";
import { type MetricId, metricIds } from "./metrics";

const ofRow = (item: Record<string, unknown>) => item as unknown as Restatement;
const beforeKey = (id: MetricId) => `${id}Before`;

export function restatementFields(): Record<string, FieldSpec> {
  const moved = metricIds.flatMap((id): [string, FieldSpec][] => {
    const now = metricField(id, (item) => ofRow(item).after[id] ?? null);
    const before = metricField(id, (item) => ofRow(item).before?.[id] ?? null);
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
