import { callerOf } from "../accounts/caller";
import { json, type Reply, ReplyError } from "../reply";
import type { ApiRequest, Route } from "../router";
import type { Advertiser, AmcAccount, AmcInstance } from "../world/types";
import { amcAccountOf, amcAccountsOf, answerAs, CLIENT_HEADER, pageOf, refuseAmc } from "./amc-request";

// AMC accounts, instances and the advertisers of an instance (contracts.md 5.1). They answer on every regional host.

export const amcRoutes: Route[] = [
  { method: "GET", path: "/amc/accounts", operation: "amc.accounts.list", handle: (request) => listAccounts(request) },
  {
    method: "GET",
    path: "/amc/instances",
    operation: "amc.instances.list",
    handle: (request) => listInstances(request),
  },
  {
    method: "GET",
    path: "/amc/instances/{instanceId}",
    operation: "amc.instances.get",
    handle: (request) => getInstance(request),
  },
  {
    method: "GET",
    path: "/amc/instances/{instanceId}/advertisers",
    operation: "amc.instances.advertisers",
    handle: (request) => listAdvertisers(request),
  },
];

const ACCOUNTS_TYPE = "application/vnd.amcaudiencesconnections.v1+json";
const INSTANCES_TYPE = "application/vnd.amcinstances.v1+json";
const paging = { size: "limit", refuse: refuseAmc } as const;
const ADVERTISER_TYPES = ["DISPLAY", "SPONSORED_ADS", "SAS"];

/** Whoever may use no AMC account gets an empty list. */
function listAccounts(request: ApiRequest): Reply {
  const refuse = (status: number, message: string) =>
    new ReplyError(json(status, { message, requestId: request.requestId }));
  const { user } = callerOf(request, CLIENT_HEADER, refuse);
  const { items, nextToken } = pageOf(request, amcAccountsOf(request, user), { size: "limit", refuse });
  const amcAccounts = items.map(({ accountId, accountName, marketplaceId }) => ({
    accountId,
    accountName,
    marketplaceId,
  }));
  return answerAs(request, { types: [ACCOUNTS_TYPE], body: { amcAccounts, nextToken }, refuse });
}

function listInstances(request: ApiRequest): Reply {
  const account = amcAccountOf(request);
  const { items, nextToken } = pageOf(request, account.instances, paging);
  const instances = items.map((instance) => wire(account, instance));
  return answerAs(request, { types: [INSTANCES_TYPE], body: { instances, nextToken }, refuse: refuseAmc });
}

function getInstance(request: ApiRequest): Reply {
  const account = amcAccountOf(request);
  const body = { instance: wire(account, instanceOf(request, account)) };
  return answerAs(request, { types: [INSTANCES_TYPE], body, refuse: refuseAmc });
}

function listAdvertisers(request: ApiRequest): Reply {
  const account = amcAccountOf(request);
  const type = request.query.get("type");
  if (type !== null && !ADVERTISER_TYPES.includes(type)) throw refuseAmc(400, `type has an invalid value: ${type}`);
  const { advertisers } = instanceOf(request, account);
  const found = type === null || type === "DISPLAY" ? advertisers : [];
  const { items, nextToken } = pageOf(request, found, paging);
  const body = { advertisers: items.map(wireAdvertiser), nextToken, totalCount: found.length };
  return answerAs(request, { types: [INSTANCES_TYPE], body, refuse: refuseAmc });
}

function instanceOf(request: ApiRequest, account: AmcAccount): AmcInstance {
  const id = request.params.instanceId ?? "";
  const instance = account.instances.find((candidate) => candidate.instanceId === id);
  if (!instance) throw refuseAmc(404, `Instance ${id} not found`);
  return instance;
}

/** As recorded: flat, with nulls, and without the bucket's region. */
function wire(account: AmcAccount, { instanceId, instanceName, instanceType, createdOn }: AmcInstance) {
  return {
    instanceId,
    instanceName,
    instanceType,
    customerCanonicalName: account.accountName,
    creationStatus: "COMPLETED",
    creationDatetime: `${createdOn}T09:00:00Z`,
    s3BucketName: `${instanceId}-results`,
    awsAccountId: null,
    dataUploadAwsAccountId: null,
    entities: [account.region],
    apiEndpoint: null,
    acrCollaboration: null,
    optionalDatasets: [],
    advertiserTypes: ["DISPLAY"],
  };
}

/** A DSP advertiser has no marketplace here. */
const wireAdvertiser = ({ advertiserId, name }: Advertiser) => ({
  id: advertiserId,
  name,
  type: "DISPLAY",
  marketplaceId: null,
  configuredAdvertiserTypes: ["DISPLAY"],
});
