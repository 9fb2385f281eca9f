import { z } from "zod";
import type { Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import { codeOf } from "../world/random";
import type { AmcAccount } from "../world/types";
import { amcAccountOf, answerAs, bodyOf, instanceOf, pageOf, readyInstanceOf, refuseAmc } from "./amc-request";
import type { Instance } from "./book";
import { beginning, secondsSince, wireMoment } from "./elapsed";

// AMC instances (contracts.md 5.1): list, create, change, delete.

const path = "/amc/instances";
export const amcInstanceRoutes: Route[] = [
  { method: "GET", path, operation: "amc.instances.list", handle: (request) => listInstances(request) },
  { method: "POST", path, operation: "amc.instances.create", handle: (request) => createInstance(request) },
  {
    method: "GET",
    path: `${path}/{instanceId}`,
    operation: "amc.instances.get",
    handle: (request) => answerInstance(request, instanceOf(request).instance),
  },
  {
    method: "PUT",
    path: `${path}/{instanceId}`,
    operation: "amc.instances.update",
    handle: (request) => updateInstance(request),
  },
  {
    method: "DELETE",
    path: `${path}/{instanceId}`,
    operation: "amc.instances.delete",
    handle: (request) => deleteInstance(request),
  },
];

export const INSTANCES_TYPE = "application/vnd.amcinstances.v1+json";
const LIMIT_AN_ACCOUNT = 4000;
const TOKEN_SECONDS = 600;

const name = z.string().regex(/^[A-Za-z0-9 ]{3,50}$/, "must be 3 to 50 digits, letters and spaces");
const Changes = z.strictObject({
  instanceName: name.optional(),
  advertiserName: z.string().min(3).max(50).optional(),
  awsAccountId: z.string().optional(),
  s3BucketName: z.string().optional(),
});
const CreateBody = Changes.extend({
  instanceName: name,
  acrBacked: z.boolean().optional(),
  acrCustomerPartners: z.array(z.looseObject({})).max(2).optional(),
  idempotencyToken: z.string().optional(),
});

function listInstances(request: ApiRequest): Reply {
  const account = amcAccountOf(request);
  const { book } = request.sandbox.amc;
  const { items, nextToken } = pageOf(request, book.instancesOf(account.accountId), {
    size: "limit",
    refuse: refuseAmc,
  });
  const instances = items.map((instance) => wire(request, account, instance));
  return answerAs(request, { types: [INSTANCES_TYPE], body: { instances, nextToken }, refuse: refuseAmc });
}

/** The same idempotency token within ten minutes is answered with what it made the first time. */
function createInstance(request: ApiRequest): Reply {
  const account = amcAccountOf(request);
  const body = bodyOf(request, { shape: CreateBody });
  const { amc, clock, world } = request.sandbox;
  const existing = amc.book.instancesOf(account.accountId);
  const token = body.idempotencyToken;
  const first = existing.find(
    ({ idempotencyToken, begun }) =>
      token !== undefined && idempotencyToken === token && begun && secondsSince(clock, begun) < TOKEN_SECONDS,
  );
  if (first) return answerInstance(request, first);
  if (existing.length >= LIMIT_AN_ACCOUNT) throw refuseAmc(400, `An account has at most ${LIMIT_AN_ACCOUNT} instances`);
  if (existing.some(({ instanceName }) => instanceName === body.instanceName)) {
    throw refuseAmc(400, `Instance with name ${body.instanceName} already exists.`);
  }
  const begun = beginning(clock);
  const words = [world.seed, "created", account.accountId, existing.length, begun.at, body.instanceName];
  const instanceId = `amc${codeOf(8, words, "abcdefghijklmnopqrstuvwxyz")}`;
  const instance: Instance = {
    instanceId,
    accountId: account.accountId,
    instanceName: body.instanceName,
    instanceType: "STANDARD",
    customerName: body.advertiserName ?? account.accountName,
    begun,
    createdAt: begun.at,
    advertisers: [],
    awsAccountId: body.awsAccountId ?? null,
    s3BucketName: body.s3BucketName ?? null,
    datasets: [],
    uploads: [],
    idempotencyToken: token,
    updates: [],
  };
  amc.book.add(instance);
  return answerInstance(request, instance);
}

function updateInstance(request: ApiRequest): Reply {
  const instance = readyInstanceOf(request);
  const { advertiserName, ...changes } = bodyOf(request, { shape: Changes });
  Object.assign(instance, changes, advertiserName === undefined ? {} : { customerName: advertiserName });
  request.sandbox.amc.book.changed();
  return answerInstance(request, instance);
}

function deleteInstance(request: ApiRequest): Reply {
  const { instance } = instanceOf(request);
  request.sandbox.amc.book.remove(instance.instanceId);
  return { status: 204 };
}

function answerInstance(request: ApiRequest, instance: Instance): Reply {
  const body = { instance: wire(request, amcAccountOf(request), instance) };
  return answerAs(request, { types: [INSTANCES_TYPE], body, refuse: refuseAmc });
}

/** As recorded: flat, with nulls, and without the bucket's region. */
function wire(request: ApiRequest, account: AmcAccount, instance: Instance) {
  const status = request.sandbox.amc.book.creationStatus(instance);
  const ready = status === "COMPLETED";
  return {
    instanceId: instance.instanceId,
    instanceName: instance.instanceName,
    instanceType: instance.instanceType,
    customerCanonicalName: instance.customerName,
    creationStatus: status,
    creationDatetime: wireMoment(instance.createdAt),
    s3BucketName: ready ? instance.s3BucketName : null,
    awsAccountId: instance.awsAccountId,
    dataUploadAwsAccountId: null,
    entities: [account.region],
    apiEndpoint: null,
    acrCollaboration: null,
    optionalDatasets: instance.datasets.map(({ label }) => ({ label, activationTime: wireMoment(instance.createdAt) })),
    advertiserTypes: [...new Set(instance.advertisers.map(({ type }) => type))],
  };
}
