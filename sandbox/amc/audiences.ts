import { randomUUID } from "node:crypto";
import { lint } from "../../packages/amc-engine";
import { callerOf } from "../accounts/caller";
import { json, type Reply, ReplyError } from "../reply";
import type { ApiRequest, Route } from "../router";
import { amcAccountsOf, answerAs, bodyOf, CLIENT_HEADER, pageOf, type RefuseAs, TERMS } from "./amc-request";
import { refreshOf } from "./audience-refresh";
import { type AudienceBody, type AudienceJob, Lookalike, RuleBased } from "./audience-shape";
import type { Instance } from "./book";
import { beginning, wireMoment } from "./elapsed";
import { tablesOf, uploadedOf } from "./inputs";
import { sqlOf } from "./standard-workflows";
import { type Definition, declaredOf, parametersOf } from "./workflow-shape";
import { findWorkflow } from "./workflows";

// Audiences made by AMC queries, rule-based and lookalike (contracts.md 6.1, 6.2).

const path = "/amc/audiences/query";
export const amcAudienceRoutes: Route[] = [
  { method: "GET", path, operation: "amc.audiences.list", handle: (request) => listAudiences(request) },
  {
    method: "POST",
    path,
    operation: "amc.audiences.create",
    handle: (request) => createAudience(request, RULE_BASED_TYPES),
  },
  {
    method: "GET",
    path: `${path}/{audienceExecutionId}`,
    operation: "amc.audiences.get",
    handle: (request) => getAudience(request),
  },
  {
    method: "PUT",
    path: `${path}/{audienceExecutionId}`,
    operation: "amc.audiences.update",
    handle: (request) => replaceAudience(request),
  },
  {
    method: "DELETE",
    path: `${path}/{audienceExecutionId}`,
    operation: "amc.audiences.delete",
    handle: (request) => deleteAudience(request),
  },
  {
    method: "POST",
    path: "/amc/audiences/lookalike",
    operation: "amc.audiences.lookalike",
    handle: (request) => createAudience(request, LOOKALIKE_TYPES),
  },
];

const RULE_BASED_TYPES = ["v1", "v1.1", "v1.2"].map(
  (version) => `application/vnd.amcquerybasedaudience.${version}+json`,
);
const LOOKALIKE_TYPES = ["application/vnd.amclookalikeaudience.v1+json"];
const INSTANCE_HEADER = "Amazon-Marketing-Cloud-Audience-InstanceId";
const TIMEOUT_SECONDS = 86_400;

const refuseIn =
  ({ requestId }: ApiRequest): RefuseAs =>
  (status, details) =>
    new ReplyError(json(status, { code: String(status), details, requestId }));

function instanceOf(request: ApiRequest): Instance {
  const refuse = refuseIn(request);
  const { user } = callerOf(request, CLIENT_HEADER, refuse);
  const id = request.headers[INSTANCE_HEADER.toLowerCase()];
  if (!id) throw refuse(400, `${INSTANCE_HEADER} header is missing`);
  const { book } = request.sandbox.amc;
  const instance = book.find(id);
  const account = amcAccountsOf(request, user).find(({ accountId }) => accountId === instance?.accountId);
  if (!instance || !account) throw refuse(401, `Not authorized to access instance ${id}`);
  if (!book.termsAccepted(account.accountId)) throw refuse(403, TERMS);
  return instance;
}

function audienceOf(request: ApiRequest): AudienceJob {
  const { instanceId } = instanceOf(request);
  const id = request.params.audienceExecutionId ?? "";
  const job = request.sandbox.amc.audiences.find(id);
  if (!job || job.instanceId !== instanceId) throw refuseIn(request)(404, `Audience execution ${id} does not exist`);
  return job;
}

function listAudiences(request: ApiRequest): Reply {
  const { instanceId } = instanceOf(request);
  const refuse = refuseIn(request);
  const own = request.sandbox.amc.audiences.list().filter((job) => job.instanceId === instanceId);
  const { items, nextToken } = pageOf(request, own.reverse(), { size: "maxResults", refuse });
  const body = { executionDataList: items.map((job) => wire(request, job)), nextToken };
  return answerAs(request, { types: RULE_BASED_TYPES, body, refuse });
}

/** SQL that breaks a rule of audience queries makes the audience FAILED, as recorded of tables that are none for audiences. */
async function createAudience(request: ApiRequest, types: string[]): Promise<Reply> {
  const refuse = refuseIn(request);
  const instance = instanceOf(request);
  const lookalike = types === LOOKALIKE_TYPES ? bodyOf(request, { shape: Lookalike, refuse }) : undefined;
  const job = await makeJob(request, instance, lookalike ?? bodyOf(request, { shape: RuleBased, refuse }));
  job.expectedReach = lookalike?.lookalikeAudienceExpectedReach;
  request.sandbox.amc.audiences.add(job);
  return answerAs(request, { types, body: created(job), refuse });
}

const created = ({ id, body }: AudienceJob) => ({
  audienceExecutionId: id,
  audienceExecutionDescription: body.audienceDescription ?? null,
  status: "PENDING",
});

async function makeJob(request: ApiRequest, instance: Instance, body: AudienceBody): Promise<AudienceJob> {
  const refuse = refuseIn(request);
  if ((body.query === undefined) === (body.workflowId === undefined))
    throw refuse(400, "Give either query or workflowId");
  if (Date.parse(body.timeWindowStart) >= Date.parse(body.timeWindowEnd))
    throw refuse(400, "timeWindowStart must be before timeWindowEnd");
  if (!instance.advertisers.some(({ id }) => id === body.advertiserId))
    throw refuse(400, `Advertiser ${body.advertiserId} is not in instance ${instance.instanceId}`);
  const saved = body.workflowId === undefined ? undefined : findWorkflow(request, instance, body.workflowId);
  if (body.workflowId !== undefined && !saved) throw refuse(404, `Workflow with ID ${body.workflowId} does not exist.`);
  const definition: Definition = saved ?? { sqlQuery: body.query, inputParameters: body.inputParameters };
  const parameters = parametersOf(definition, body.parameterValues);
  if (typeof parameters === "string") throw refuse(400, parameters);
  const sql = sqlOf({ workflowId: body.workflowId, sqlQuery: definition.sqlQuery }) ?? "";
  const { tables } = await lint(sql, {
    tables: tablesOf(instance),
    uploaded: uploadedOf(instance),
    parameters: declaredOf(definition),
    audience: true,
  });
  return {
    id: randomUUID(),
    instanceId: instance.instanceId,
    accountId: instance.accountId,
    begun: beginning(request.sandbox.clock),
    timeoutSeconds: TIMEOUT_SECONDS,
    body,
    definition,
    sql,
    tables,
    parameters,
    parameterValues: body.parameterValues,
  };
}

async function getAudience(request: ApiRequest): Promise<Reply> {
  const job = audienceOf(request);
  await request.sandbox.amc.audiences.status(job);
  return answerAs(request, { types: RULE_BASED_TYPES, body: wire(request, job), refuse: refuseIn(request) });
}

/** The id stays; it runs again as what it is now. */
async function replaceAudience(request: ApiRequest): Promise<Reply> {
  const refuse = refuseIn(request);
  const job = audienceOf(request);
  const body = bodyOf(request, { shape: RuleBased, refuse });
  const made = await makeJob(request, instanceOf(request), body);
  const { audiences } = request.sandbox.amc;
  audiences.remove(job);
  const replaced: AudienceJob = { ...made, id: job.id, expectedReach: job.expectedReach };
  audiences.add(replaced);
  return answerAs(request, { types: RULE_BASED_TYPES, body: created(replaced), refuse });
}

function deleteAudience(request: ApiRequest): Reply {
  const job = audienceOf(request);
  const status = request.sandbox.amc.audiences.statusNow(job);
  if (status !== "FAILED")
    throw refuseIn(request)(400, `Audience execution ${job.id} is ${status}; only FAILED ones can be deleted`);
  request.sandbox.amc.audiences.remove(job);
  return { status: 204 };
}

/** v1.1 and v1.2 are asked for by the Accept header; each tells more than the one before. */
function wire(request: ApiRequest, job: AudienceJob): object {
  const { body, outcome, reason } = job;
  const accept = request.headers.accept ?? "";
  const status = request.sandbox.amc.audiences.statusNow(job);
  const refresh = refreshOf(job, request.sandbox.clock.now());
  const done = status === "SUCCEEDED";
  const more = accept.includes(".v1.1+") || accept.includes(".v1.2+");
  return {
    audienceExecutionId: job.id,
    audienceExecutionDescription: body.audienceDescription ?? null,
    instanceId: job.instanceId,
    advertiserId: body.advertiserId,
    audienceName: body.audienceName,
    query: job.sql,
    timeWindowStart: body.timeWindowStart,
    timeWindowEnd: body.timeWindowEnd,
    timeWindowRelative: body.timeWindowRelative,
    refreshRateDays: body.refreshRateDays,
    createTime: wireMoment(job.begun.at),
    lastRefreshedTime: done ? wireMoment(refresh.lastRefreshed) : null,
    status: done && refresh.deactivated ? "DEACTIVATED" : status,
    statusReason: outcome === "FAILED" ? (reason ?? null) : null,
    dspAudienceId: done ? (job.dspAudienceId ?? null) : null,
    ...(more ? { audienceCount: done ? (job.count ?? null) : null, dspCanonicalId: job.dspAudienceId ?? null } : {}),
    ...(accept.includes(".v1.2+") ? newest(job) : {}),
  };
}

const newest = ({ body, expectedReach, parameterValues }: AudienceJob) => ({
  advertiserType: body.advertiserType,
  audienceType: expectedReach ? "LOOKALIKE" : "RULE_BASED",
  no3pTrackers: false,
  lookalikeAudienceExpectedReach: expectedReach ?? null,
  workflowId: body.workflowId ?? null,
  parameterValues,
});
