import { z } from "zod";
import type { Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import { answerAs, bodyOf, pageOf, readyInstanceOf, refuseAmc } from "./amc-request";
import type { Instance } from "./book";
import { type Beginning, wireMoment } from "./elapsed";
import type { Execution } from "./execution";
import type { JobStatus } from "./jobs";
import { executionAsked } from "./start-execution";
import { windowOf } from "./time-window";

// Workflow executions (contracts.md 5.3), flat as recorded.

const path = "/amc/reporting/{instanceId}/workflowExecutions";
export const amcExecutionRoutes: Route[] = [
  { method: "GET", path, operation: "amc.executions.list", handle: (request) => listExecutions(request) },
  { method: "POST", path, operation: "amc.executions.create", handle: (request) => createExecution(request) },
  {
    method: "GET",
    path: `${path}/{executionId}`,
    operation: "amc.executions.get",
    handle: (request) => getExecution(request),
  },
  {
    method: "PUT",
    path: `${path}/{executionId}`,
    operation: "amc.executions.cancel",
    handle: (request) => cancelExecution(request),
  },
];

export const EXECUTIONS_TYPE = "application/vnd.amcworkflowexecutions.v1+json";

const answer = (request: ApiRequest, body: object): Reply =>
  answerAs(request, { types: [EXECUTIONS_TYPE], body, refuse: refuseAmc });

/** A dry run is answered as one that succeeded, and is not kept. */
async function createExecution(request: ApiRequest): Promise<Reply> {
  const instance = readyInstanceOf(request);
  const { execution, dryRun } = await executionAsked(request, instance);
  if (dryRun) return answer(request, wire(execution, "SUCCEEDED"));
  request.sandbox.amc.executions.add(execution);
  return answer(request, wire(execution, "PENDING"));
}

export function executionOf(request: ApiRequest): Execution {
  const { instanceId } = readyInstanceOf(request);
  const id = request.params.executionId ?? "";
  const execution = request.sandbox.amc.executions.find(id);
  if (!execution || execution.instanceId !== instanceId)
    throw refuseAmc(404, `Execution with ID ${id} does not exist.`);
  return execution;
}

async function getExecution(request: ApiRequest): Promise<Reply> {
  const execution = executionOf(request);
  const status = await request.sandbox.amc.executions.status(execution);
  return answer(request, wireWhole(execution, status));
}

async function cancelExecution(request: ApiRequest): Promise<Reply> {
  const execution = executionOf(request);
  bodyOf(request, { shape: z.strictObject({ status: z.literal("CANCELLED") }) });
  const { executions } = request.sandbox.amc;
  const status = executions.statusNow(execution);
  if (status !== "PENDING" && status !== "RUNNING")
    throw refuseAmc(400, `Execution with ID ${execution.id} is ${status} and cannot be cancelled.`);
  executions.cancel(execution);
  return answer(request, {});
}

async function listExecutions(request: ApiRequest): Promise<Reply> {
  const instance = readyInstanceOf(request);
  await request.sandbox.amc.runSchedules();
  const found = matching(request, instance);
  if (request.query.get("sortAscending") !== "true") found.reverse();
  const { items, nextToken } = pageOf(request, found, { size: "limit", refuse: refuseAmc });
  const { executions } = request.sandbox.amc;
  const withWorkflow = request.query.get("includeWorkflow") === "true";
  const list = items.map((execution) => ({
    ...wireWhole(execution, executions.statusNow(execution)),
    ...(withWorkflow ? { workflow: { ...execution.definition, workflowId: execution.workflowId } } : {}),
  }));
  return answer(request, { executions: list, nextToken });
}

function matching(request: ApiRequest, instance: Instance): Execution[] {
  const { query, sandbox } = request;
  const workflowId = query.get("workflowId");
  const least = query.get("minCreationTime");
  if (workflowId === null && least === null) throw refuseAmc(400, "workflowId or minCreationTime is required");
  const zone = query.get("timeZone") ?? "UTC";
  const from = least === null ? Number.NEGATIVE_INFINITY : momentIn(zone, least, "minCreationTime");
  const most = query.get("maxCreationTime");
  const to = most === null ? Number.POSITIVE_INFINITY : momentIn(zone, most, "maxCreationTime");
  const cancelled = query.get("includeCancelled") === "true";
  return sandbox.amc.executions
    .list()
    .filter(
      (execution) =>
        execution.instanceId === instance.instanceId &&
        (workflowId === null || execution.workflowId === workflowId) &&
        execution.begun.at >= from &&
        execution.begun.at <= to &&
        (cancelled || execution.outcome !== "CANCELLED"),
    );
}

function momentIn(zone: string, text: string, name: string): number {
  const end = "2999-01-01T00:00:00";
  const window = windowOf({ type: "EXPLICIT", start: text, end, zone }, 0);
  if (typeof window === "string") throw refuseAmc(400, `${name} must be yyyy-MM-dd'T'HH:mm:ss`);
  return window.start;
}

/** How waitUntil and expireTime come about is not documented: what the one recorded example says. */
const WAIT_MS = 52 * 3_600_000;
const DAY_MS = 86_400_000;

function wire(execution: Execution, status: JobStatus) {
  const { window, begun, started, ended } = execution;
  const latest: Beginning = ended ?? started ?? begun;
  return {
    workflowExecutionId: execution.id,
    workflowId: execution.workflowId,
    status,
    executionCategory: execution.category,
    createTime: wireMoment(begun.at),
    lastUpdatedTime: wireMoment(latest.at),
    waitUntil: wireMoment(window.end + WAIT_MS),
    expireTime: wireMoment(begun.at + DAY_MS),
    timeWindowStart: wireMoment(window.start),
    timeWindowEnd: wireMoment(window.end),
    timeWindowStartOriginal: window.startOriginal,
    timeWindowEndOriginal: window.endOriginal,
    timeWindowTimeZoneOriginal: window.zone,
    dataGaps: [],
    ignoreDataGaps: false,
    disableAggregationControls: execution.disableAggregationControls,
    parameterValues: execution.parameterValues,
    workflowExecutionTimeoutSeconds: execution.timeoutSeconds,
  };
}

function wireWhole(execution: Execution, status: JobStatus) {
  const { started, ended, outcome, reason } = execution;
  return {
    ...wire(execution, status),
    availableTimeBeforeWindowSecs: 0,
    invalidationOffsetSecs: 266_400,
    executionTime: started && ended ? Math.max(0, Math.round((ended.at - started.at) / 1000)) : 0,
    outputColumns: execution.outputColumns,
    // Results are fetched by downloadUrls; into buckets nothing is published.
    outputS3URI: "N/A",
    ...(outcome === "FAILED" ? { statusReason: reason } : {}),
  };
}
