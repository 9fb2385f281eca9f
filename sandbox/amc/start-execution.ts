import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { ApiRequest } from "../router";
import type { Sandbox } from "../sandbox";
import { bodyOf, refuseAmc } from "./amc-request";
import type { Instance } from "./book";
import { beginning } from "./elapsed";
import type { Execution } from "./execution";
import { sqlOf } from "./standard-workflows";
import { WINDOW_TYPES, windowOf } from "./time-window";
import { outputColumnsOf, validate } from "./validate";
import { AdHocWorkflow, type Definition, ParameterValue, parametersOf } from "./workflow-shape";
import { requiredWorkflow } from "./workflows";

// What POST /workflowExecutions takes (contracts.md 5.3), checked and made into an execution.

const ExecutionBody = z.strictObject({
  workflowId: z.string().optional(),
  workflow: AdHocWorkflow.optional(),
  timeWindowType: z.enum(WINDOW_TYPES).default("MOST_RECENT_DAY"),
  timeWindowStart: z.string().optional(),
  timeWindowEnd: z.string().optional(),
  timeWindowTimeZone: z.string().default("UTC"),
  parameterValues: z.record(z.string(), ParameterValue).default({}),
  advertisers: z.array(z.looseObject({ id: z.string() })).optional(),
  dryRun: z.boolean().default(false),
  skipPublish: z.boolean().optional(),
  requireSyntheticData: z.boolean().default(false),
  disableAggregationControls: z.boolean().default(false),
  ignoreDataGaps: z.boolean().optional(),
  maxCertifiedTime: z.string().optional(),
  maxDimensionTime: z.string().optional(),
  workflowExecutionTimeoutSeconds: z.number().int().min(900).max(86_400).default(21_600),
  additionalAcrResultsReceivers: z.array(z.unknown()).optional(),
});

/** With `dryRun` it is one that passed all checks and is not run. */
export async function executionAsked(
  request: ApiRequest,
  instance: Instance,
): Promise<{ execution: Execution; dryRun: boolean }> {
  const body = bodyOf(request, { shape: ExecutionBody });
  if ((body.workflowId === undefined) === (body.workflow === undefined))
    throw refuseAmc(400, "Give either workflowId or workflow");
  refuseSynthetic(instance, body);
  const definition = body.workflow ?? requiredWorkflow(request, instance, body.workflowId);
  const workflowId = body.workflowId ?? `transient_${randomUUID()}`;
  const window = windowOf(
    {
      type: body.timeWindowType,
      start: body.timeWindowStart,
      end: body.timeWindowEnd,
      zone: body.timeWindowTimeZone,
    },
    request.sandbox.clock.now(),
  );
  if (typeof window === "string") throw refuseAmc(400, window);
  const execution = await makeExecution(request.sandbox, instance, {
    workflowId,
    definition,
    window,
    parameterValues: body.parameterValues,
    timeoutSeconds: body.workflowExecutionTimeoutSeconds,
    category: "AD_HOC",
    disableAggregationControls: body.disableAggregationControls,
  });
  return { execution, dryRun: body.dryRun };
}

function refuseSynthetic(
  { instanceType }: Instance,
  asked: { requireSyntheticData: boolean; disableAggregationControls: boolean },
): void {
  const trial = instanceType === "SANDBOX";
  if (trial && !asked.requireSyntheticData) throw refuseAmc(400, "A sandbox instance needs requireSyntheticData: true");
  if (!trial && asked.requireSyntheticData) throw refuseAmc(400, "The instance has no synthetic data");
  if (!trial && asked.disableAggregationControls)
    throw refuseAmc(400, "disableAggregationControls needs requireSyntheticData: true");
}

type Given = Pick<
  Execution,
  | "workflowId"
  | "definition"
  | "window"
  | "parameterValues"
  | "timeoutSeconds"
  | "category"
  | "disableAggregationControls"
>;

/** @throws {ReplyError} 400: its SQL or its parameters are wrong */
export async function makeExecution(sandbox: Sandbox, instance: Instance, given: Given): Promise<Execution> {
  const parameters = parametersOf(given.definition, given.parameterValues);
  if (typeof parameters === "string") throw refuseAmc(400, parameters);
  const sql = sqlOf({ workflowId: given.workflowId, sqlQuery: given.definition.sqlQuery });
  const found = await validate(instance, { ...given.definition, sqlQuery: sql } as Definition);
  return {
    ...given,
    id: randomUUID(),
    instanceId: instance.instanceId,
    accountId: instance.accountId,
    begun: beginning(sandbox.clock),
    sql: sql ?? "",
    tables: found.tables,
    outputColumns: outputColumnsOf(found),
    parameters,
  };
}
