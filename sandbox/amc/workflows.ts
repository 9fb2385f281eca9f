import type { Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import { answerAs, bodyOf, pageOf, readyInstanceOf, refuseAmc } from "./amc-request";
import type { Instance } from "./book";
import { standardWorkflows } from "./standard-workflows";
import { outputColumnsOf, validate } from "./validate";
import { Workflow } from "./workflow-shape";

// Saved workflows (contracts.md 5.2), flat as recorded. Every instance also has Amazon's own, which cannot be changed.

const path = "/amc/reporting/{instanceId}/workflows";
export const amcWorkflowRoutes: Route[] = [
  { method: "GET", path, operation: "amc.workflows.list", handle: (request) => listWorkflows(request) },
  { method: "POST", path, operation: "amc.workflows.create", handle: (request) => createWorkflow(request) },
  {
    method: "GET",
    path: `${path}/{workflowId}`,
    operation: "amc.workflows.get",
    handle: (request) => getWorkflow(request),
  },
  {
    method: "PUT",
    path: `${path}/{workflowId}`,
    operation: "amc.workflows.update",
    handle: (request) => updateWorkflow(request),
  },
  {
    method: "DELETE",
    path: `${path}/{workflowId}`,
    operation: "amc.workflows.delete",
    handle: (request) => deleteWorkflow(request),
  },
];

export type SavedWorkflow = Workflow & { instanceId: string };

const answer = (request: ApiRequest, body: object): Reply =>
  answerAs(request, { types: ["application/vnd.amcworkflows.v1+json"], body, refuse: refuseAmc });

/** undefined: the instance has none of that id. */
export function findWorkflow(request: ApiRequest, instance: Instance, workflowId: string): Workflow | undefined {
  const { workflows } = request.sandbox.amc;
  const saved = workflows.find((one) => one.instanceId === instance.instanceId && one.workflowId === workflowId);
  return saved ?? standardWorkflows.find((one) => one.workflowId === workflowId);
}

function listWorkflows(request: ApiRequest): Reply {
  const instance = readyInstanceOf(request);
  const own = request.sandbox.amc.workflows.filter(({ instanceId }) => instanceId === instance.instanceId);
  const { items, nextToken } = pageOf(request, [...own, ...standardWorkflows], { size: "limit", refuse: refuseAmc });
  return answer(request, { workflows: items.map(wire), nextToken });
}

async function createWorkflow(request: ApiRequest): Promise<Reply> {
  const instance = readyInstanceOf(request);
  const workflow = bodyOf(request, { shape: Workflow });
  await keep(request, instance, { workflow, isNew: true });
  return answer(request, {});
}

function getWorkflow(request: ApiRequest): Reply {
  const instance = readyInstanceOf(request);
  return answer(request, wire(requiredWorkflow(request, instance)));
}

async function updateWorkflow(request: ApiRequest): Promise<Reply> {
  const instance = readyInstanceOf(request);
  const workflow = bodyOf(request, { shape: Workflow });
  const { workflowId } = requiredWorkflow(request, instance);
  if (workflow.workflowId !== workflowId) throw refuseAmc(400, `workflowId must be ${workflowId}`);
  refuseStandard(workflowId);
  await keep(request, instance, { workflow, isNew: false });
  return answer(request, {});
}

function deleteWorkflow(request: ApiRequest): Reply {
  const instance = readyInstanceOf(request);
  const { workflowId } = requiredWorkflow(request, instance);
  refuseStandard(workflowId);
  const { amc } = request.sandbox;
  const isOwn = (one: { instanceId: string; workflowId: string }) =>
    one.instanceId === instance.instanceId && one.workflowId === workflowId;
  const schedule = amc.schedules.find(isOwn);
  if (schedule) throw refuseAmc(400, `Workflow ${workflowId} is used by schedule ${schedule.scheduleId}`);
  amc.workflows.splice(amc.workflows.findIndex(isOwn), 1);
  amc.changed();
  return answer(request, {});
}

async function keep(
  request: ApiRequest,
  instance: Instance,
  { workflow, isNew }: { workflow: Workflow; isNew: boolean },
): Promise<void> {
  const exists = () => findWorkflow(request, instance, workflow.workflowId) !== undefined;
  const taken = () => refuseAmc(400, `Workflow with ID ${workflow.workflowId} already exists.`);
  if (isNew && exists()) throw taken();
  const outputColumns = outputColumnsOf(await validate(instance, workflow));
  // Another call may have been faster while the SQL was read.
  if (isNew && exists()) throw taken();
  const { amc } = request.sandbox;
  const saved = { ...workflow, outputColumns, instanceId: instance.instanceId };
  const at = amc.workflows.findIndex(
    (one) => one.instanceId === instance.instanceId && one.workflowId === workflow.workflowId,
  );
  if (at < 0) amc.workflows.push(saved);
  else amc.workflows[at] = saved;
  amc.changed();
}

export function requiredWorkflow(
  request: ApiRequest,
  instance: Instance,
  workflowId = request.params.workflowId ?? "",
): Workflow {
  const found = findWorkflow(request, instance, workflowId);
  if (!found) throw refuseAmc(404, `Workflow with ID ${workflowId} does not exist.`);
  return found;
}

function refuseStandard(workflowId: string): void {
  if (standardWorkflows.some((one) => one.workflowId === workflowId)) {
    throw refuseAmc(400, `Workflow ${workflowId} is Amazon's own and cannot be changed`);
  }
}

function wire(workflow: Workflow | SavedWorkflow): object {
  const { instanceId: _, ...own } = { instanceId: undefined, ...workflow };
  return own;
}
