import { z } from "zod";
import type { Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import { answerAs, bodyOf, pageOf, readyInstanceOf, refuseAmc } from "./amc-request";
import { DAYS_OF_WEEK, type SavedSchedule } from "./run-schedules";
import { requiredWorkflow } from "./workflows";

// Schedules of saved workflows (contracts.md 5.4), flat as recorded.

const path = "/amc/reporting/{instanceId}/schedules";
export const amcScheduleRoutes: Route[] = [
  { method: "GET", path, operation: "amc.schedules.list", handle: (request) => listSchedules(request) },
  { method: "POST", path, operation: "amc.schedules.create", handle: (request) => createSchedule(request) },
  {
    method: "GET",
    path: `${path}/{scheduleId}`,
    operation: "amc.schedules.get",
    handle: (request) => answer(request, wire(scheduleOf(request))),
  },
  {
    method: "PUT",
    path: `${path}/{scheduleId}`,
    operation: "amc.schedules.update",
    handle: (request) => updateSchedule(request),
  },
  {
    method: "DELETE",
    path: `${path}/{scheduleId}`,
    operation: "amc.schedules.delete",
    handle: (request) => deleteSchedule(request),
  },
];

const Schedule = z.strictObject({
  scheduleId: z.string().regex(/^[A-Za-z0-9._-]+$/, "must be letters, digits, dots, underscores and hyphens"),
  workflowId: z.string(),
  aggregationPeriod: z.enum(["Daily", "Weekly"]),
  aggregationStartDay: z.enum(DAYS_OF_WEEK).optional(),
  aggregationHourUtc: z.number().int().min(0).max(23).default(0),
  scheduleEnabled: z.boolean().default(true),
  requireSyntheticData: z.boolean().default(false),
  disableAggregationControls: z.boolean().default(false),
  marketplaceId: z.string().nullish(),
});

const answer = (request: ApiRequest, body: object): Reply =>
  answerAs(request, { types: ["application/vnd.amcschedules.v1+json"], body, refuse: refuseAmc });

function ownOf(request: ApiRequest): SavedSchedule[] {
  const { instanceId } = readyInstanceOf(request);
  return request.sandbox.amc.schedules.filter((schedule) => schedule.instanceId === instanceId);
}

function scheduleOf(request: ApiRequest): SavedSchedule {
  const id = request.params.scheduleId ?? "";
  const found = ownOf(request).find(({ scheduleId }) => scheduleId === id);
  if (!found) throw refuseAmc(404, `Schedule with ID ${id} does not exist.`);
  return found;
}

function listSchedules(request: ApiRequest): Reply {
  const { items, nextToken } = pageOf(request, ownOf(request), { size: "limit", refuse: refuseAmc });
  return answer(request, { schedules: items.map(wire), nextToken });
}

function createSchedule(request: ApiRequest): Reply {
  const instance = readyInstanceOf(request);
  const body = bodyOf(request, { shape: Schedule });
  if (ownOf(request).some(({ scheduleId }) => scheduleId === body.scheduleId))
    throw refuseAmc(400, `Schedule with ID ${body.scheduleId} already exists.`);
  requiredWorkflow(request, instance, body.workflowId);
  const { amc, clock } = request.sandbox;
  amc.schedules.push({ ...body, instanceId: instance.instanceId, ranUntil: clock.now() });
  amc.changed();
  return answer(request, {});
}

function updateSchedule(request: ApiRequest): Reply {
  const instance = readyInstanceOf(request);
  const schedule = scheduleOf(request);
  const body = bodyOf(request, { shape: Schedule });
  if (body.scheduleId !== schedule.scheduleId) throw refuseAmc(400, `scheduleId must be ${schedule.scheduleId}`);
  requiredWorkflow(request, instance, body.workflowId);
  Object.assign(schedule, body);
  request.sandbox.amc.changed();
  return answer(request, {});
}

function deleteSchedule(request: ApiRequest): Reply {
  const { amc } = request.sandbox;
  amc.schedules.splice(amc.schedules.indexOf(scheduleOf(request)), 1);
  amc.changed();
  return answer(request, {});
}

function wire({ instanceId: _, ranUntil: __, ...schedule }: SavedSchedule): object {
  return schedule;
}
