// A workflow is a saved question (contracts 5.2). Its executions can be listed by its id, which makes them findable after a lost answer.
import { z } from "zod";
import { Rejected } from "../errors";
import { openEnum } from "../json";
import type { Wire } from "../wire";
import { type AmcRequest, callAmc, type InstanceAccess, readOne, reportingPath } from "./request";

/** Recorded as an object for arrays, else a word such as STRING. */
export const AmcDataType = z.union([
  z.string(),
  z.looseObject({ type: z.string(), elementDataType: z.string().nullish() }),
]);
export type AmcDataType = z.output<typeof AmcDataType>;

export interface WorkflowParameter {
  name: string;
  dataType: AmcDataType;
  columnType?: "DIMENSION" | "METRIC";
  defaultValue?: string | number | boolean | readonly string[];
}

export interface AmcWorkflowSpec {
  /** Letters, digits, dots, underscores, hyphens. */
  workflowId: string;
  sqlQuery: string;
  /** At most 100. */
  inputParameters?: readonly WorkflowParameter[];
  privacyFilteringBehavior?: "REMOVE_ROWS" | "REMOVE_VALUES";
  /** A boolean column that is true where values were taken away; hidden rows are summed up in it. */
  filteredMetricsDiscriminatorColumn?: string;
  /** A column with the users behind a row, counted no further than the threshold. */
  distinctUserCountColumn?: string;
  /** A column with the reason why values were taken away. */
  filteredReasonColumn?: string;
}

const AmcWorkflow = z.object({
  workflowId: z.string(),
  sqlQuery: z.string().nullish(),
  inputParameters: z.array(z.looseObject({ name: z.string(), dataType: AmcDataType })).nullish(),
  privacyFilteringBehavior: openEnum(["REMOVE_ROWS", "REMOVE_VALUES"]).nullish(),
});
export type AmcWorkflow = z.output<typeof AmcWorkflow>;

export interface CreateWorkflow extends InstanceAccess {
  workflow: AmcWorkflowSpec;
}

export interface WorkflowReference extends InstanceAccess {
  workflowId: string;
}

/** @returns `exists` where there is one of that id, whatever it asks: ids that are never used twice make this safe to repeat */
export async function createWorkflow(wire: Wire, input: CreateWorkflow): Promise<"created" | "exists"> {
  const request = {
    operation: "amc.createWorkflow",
    method: "POST" as const,
    path: reportingPath(input.instanceId, "workflows"),
    body: input.workflow,
  };
  try {
    return await callAmc(wire, { access: input, request }, () => "created" as const);
  } catch (error) {
    if (error instanceof Rejected && /already exists/i.test(error.details ?? "")) return "exists";
    throw error;
  }
}

export const getWorkflow = (wire: Wire, input: WorkflowReference): Promise<AmcWorkflow> =>
  callAmc(
    wire,
    { access: input, request: oneWorkflow(input, { operation: "amc.getWorkflow", method: "GET" }) },
    (reply) => readOne(AmcWorkflow, "workflow", reply),
  );

/** Also where there is none of that id. */
export const deleteWorkflow = (wire: Wire, input: WorkflowReference): Promise<void> => {
  const request = oneWorkflow(input, { operation: "amc.deleteWorkflow", method: "DELETE", also: [404] });
  return callAmc(wire, { access: input, request }, () => undefined);
};

const oneWorkflow = ({ instanceId, workflowId }: WorkflowReference, rest: Omit<AmcRequest, "path">): AmcRequest => ({
  ...rest,
  path: reportingPath(instanceId, `workflows/${encodeURIComponent(workflowId)}`),
});
