// Runs of workflows (contracts 5.3). Nothing makes starting one safe to repeat: after a lost answer look among those of its workflow.
import { z } from "zod";
import { AmazonId, openEnum } from "../json";
import type { Wire } from "../wire";
import { readAll } from "./pages";
import { amcMoment, callAmc, type InstanceAccess, readOne, reportingPath } from "./request";
import { AmcDataType } from "./workflows";

/** New words pass: they mean that it is not over, as far as we know. */
export const executionStatuses = ["PENDING", "RUNNING", "SUCCEEDED", "FAILED", "CANCELLED"] as const;

const AmcRun = z.object({
  workflowExecutionId: AmazonId,
  workflowId: z.string().nullish(),
  status: openEnum(executionStatuses),
  statusReason: z.string().nullish(),
  /** ISO 8601 in UTC. */
  createTime: z.string().nullish(),
  expireTime: z.string().nullish(),
  outputColumns: z
    .array(z.object({ name: z.string(), dataType: AmcDataType, columnType: z.string().nullish() }))
    .nullish(),
});
/** An execution, as far as it says how it goes and what it answers. */
export type AmcRun = z.output<typeof AmcRun>;

export interface StartRun extends InstanceAccess {
  workflowId: string;
  /** Events from `start` up to, not including, `end`, by the wall clock of `timeZone`. */
  window: { start: string; end: string; timeZone: string };
  parameterValues: Record<string, string | readonly string[]>;
  /** 900..86,400: Amazon gives it up then. */
  timeoutSeconds: number;
  /** Instances of type SANDBOX need it. */
  requireSyntheticData?: boolean;
}

export interface RunReference extends InstanceAccess {
  executionId: string;
}

export interface ListRuns extends InstanceAccess {
  workflowId: string;
  /** None that was made before it. */
  since?: Date;
}

/** @param input.window wall times as `2026-11-20T00:00:00` */
export const startRun = (wire: Wire, input: StartRun): Promise<AmcRun> => {
  const { workflowId, window, parameterValues, timeoutSeconds, requireSyntheticData } = input;
  const body = {
    workflowId,
    timeWindowType: "EXPLICIT",
    timeWindowStart: window.start,
    timeWindowEnd: window.end,
    timeWindowTimeZone: window.timeZone,
    parameterValues,
    workflowExecutionTimeoutSeconds: timeoutSeconds,
    ...(requireSyntheticData ? { requireSyntheticData } : {}),
  };
  const path = reportingPath(input.instanceId, "workflowExecutions");
  const request = { operation: "amc.startExecution", method: "POST" as const, path, body };
  return callAmc(wire, { access: input, request }, (reply) => readOne(AmcRun, "workflowExecution", reply));
};

export const getRun = (wire: Wire, input: RunReference): Promise<AmcRun> => {
  const request = { operation: "amc.getExecution", method: "GET" as const, path: onePath(input) };
  return callAmc(wire, { access: input, request }, (reply) => readOne(AmcRun, "workflowExecution", reply));
};

/** The newest first; cancelled ones too. */
export const listRuns = (wire: Wire, input: ListRuns): Promise<AmcRun[]> =>
  readAll(wire, input, {
    operation: "amc.listExecutions",
    path: reportingPath(input.instanceId, "workflowExecutions"),
    query: {
      workflowId: input.workflowId,
      includeCancelled: "true",
      ...(input.since ? { minCreationTime: amcMoment(input.since) } : {}),
    },
    list: "executions",
    item: AmcRun,
  });

export const cancelRun = (wire: Wire, input: RunReference): Promise<void> => {
  const body = { status: "CANCELLED" };
  const request = { operation: "amc.cancelExecution", method: "PUT" as const, path: onePath(input), body };
  return callAmc(wire, { access: input, request }, () => undefined);
};

const onePath = ({ instanceId, executionId }: RunReference): string =>
  reportingPath(instanceId, `workflowExecutions/${encodeURIComponent(executionId)}`);
