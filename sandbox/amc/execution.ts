import type { Parameter } from "../../packages/amc-engine";
import type { Job } from "./jobs";
import type { Window } from "./time-window";
import type { outputColumnsOf } from "./validate";
import type { Definition, ParameterValues } from "./workflow-shape";

export interface Execution extends Job {
  workflowId: string;
  definition: Definition;
  /** what runs */
  sql: string;
  tables: string[];
  outputColumns: ReturnType<typeof outputColumnsOf>;
  window: Window;
  parameterValues: ParameterValues;
  /** with defaults */
  parameters: Record<string, Parameter>;
  category: "AD_HOC" | "SCHEDULED";
  disableAggregationControls: boolean;
}

/** What two executions have in common that ask the same of the same instance. */
export const askedBy = ({ instanceId, sql, window, parameterValues }: Execution): string =>
  [instanceId, sql, `${window.startOriginal}..${window.endOriginal}`, JSON.stringify(parameterValues)].join(" ");
