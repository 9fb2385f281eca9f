import { z } from "zod";
import type { Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import { answerAs, bodyOf, instanceOf, pageOf, readyInstanceOf, refuseAmc } from "./amc-request";
import type { AdvertiserRef, AdvertiserUpdate } from "./book";
import { beginning, wireMoment } from "./elapsed";
import { INSTANCES_TYPE } from "./instances";

// The advertisers of an instance, and the updates by which they change (contracts.md 5.1).

const path = "/amc/instances/{instanceId}/advertisers";
export const amcAdvertiserRoutes: Route[] = [
  { method: "GET", path, operation: "amc.instances.advertisers", handle: (request) => listAdvertisers(request) },
  {
    method: "POST",
    path: `${path}/updates`,
    operation: "amc.instances.advertisers.update",
    handle: (request) => createUpdate(request),
  },
  {
    method: "GET",
    path: `${path}/updates`,
    operation: "amc.instances.advertisers.updates",
    handle: (request) => listUpdates(request),
  },
  {
    method: "GET",
    path: `${path}/updates/{updateId}`,
    operation: "amc.instances.advertisers.updates.get",
    handle: (request) => getUpdate(request),
  },
];

const paging = { size: "limit", refuse: refuseAmc } as const;
const TYPES = ["DISPLAY", "SPONSORED_ADS", "SAS"] as const;
const LIMIT_AN_INSTANCE = 2000;

const refs = z
  .array(z.strictObject({ id: z.string(), type: z.enum(TYPES), marketplaceId: z.string().nullish() }))
  .max(10)
  .default([]);
const UpdateBody = z.strictObject({ advertisersToAdd: refs, advertisersToRemove: refs });

const answer = (request: ApiRequest, body: object): Reply =>
  answerAs(request, { types: [INSTANCES_TYPE], body, refuse: refuseAmc });

function listAdvertisers(request: ApiRequest): Reply {
  const { instance } = instanceOf(request);
  const type = request.query.get("type");
  if (type !== null && !TYPES.some((known) => known === type))
    throw refuseAmc(400, `type has an invalid value: ${type}`);
  const found = instance.advertisers.filter((advertiser) => type === null || advertiser.type === type);
  const { items, nextToken } = pageOf(request, found, paging);
  const advertisers = items.map((advertiser) => wireAdvertiser(request, advertiser));
  return answer(request, { advertisers, nextToken, totalCount: found.length });
}

/** Ids that Amazon does not know make the update REJECTED: which check refuses at once is not recorded. */
function createUpdate(request: ApiRequest): Reply {
  const instance = readyInstanceOf(request);
  const body = bodyOf(request, { shape: UpdateBody });
  const { amc, clock, world } = request.sandbox;
  const open = instance.updates.find((update) => ["PENDING", "UPDATING"].includes(amc.book.updateStatus(update)));
  if (open) throw refuseAmc(400, `Update ${open.updateId} of the advertisers is still in progress`);
  if (body.advertisersToAdd.length + body.advertisersToRemove.length === 0)
    throw refuseAmc(400, "advertisersToAdd and advertisersToRemove are both empty");
  if (instance.advertisers.length + body.advertisersToAdd.length > LIMIT_AN_INSTANCE)
    throw refuseAmc(400, `An instance has at most ${LIMIT_AN_INSTANCE} advertisers`);
  const unknown = ({ id, type }: AdvertiserRef) =>
    type === "DISPLAY"
      ? !world.advertisers.some(({ advertiserId }) => advertiserId === id)
      : !world.profiles.some(({ accountId }) => accountId === id);
  const held = new Set(instance.advertisers.map(({ id }) => id));
  const update: AdvertiserUpdate = {
    updateId: instance.updates.length,
    begun: beginning(clock),
    ...body,
    rejected: body.advertisersToAdd.some(unknown) || body.advertisersToRemove.some(({ id }) => !held.has(id)),
    applied: false,
  };
  instance.updates.push(update);
  amc.book.changed();
  return answer(request, { advertiserUpdate: wireUpdate(request, update) });
}

function listUpdates(request: ApiRequest): Reply {
  const { instance } = instanceOf(request);
  const { items, nextToken } = pageOf(request, [...instance.updates].reverse(), paging);
  const advertiserUpdates = items.map((update) => {
    const { updateId, status, creationDatetime } = wireUpdate(request, update);
    return { updateId, status, creationDatetime };
  });
  return answer(request, { advertiserUpdates, nextToken });
}

function getUpdate(request: ApiRequest): Reply {
  const { instance } = instanceOf(request);
  const id = request.params.updateId ?? "";
  const update = instance.updates.find(({ updateId }) => String(updateId) === id);
  if (!update) throw refuseAmc(404, `Update ${id} not found`);
  return answer(request, { advertiserUpdate: wireUpdate(request, update) });
}

function wireUpdate(request: ApiRequest, update: AdvertiserUpdate) {
  return {
    updateId: update.updateId,
    status: request.sandbox.amc.book.updateStatus(update),
    creationDatetime: wireMoment(update.begun.at),
    advertisersToAdd: update.advertisersToAdd,
    advertisersToRemove: update.advertisersToRemove,
  };
}

/** A DSP advertiser has no marketplace here. */
function wireAdvertiser(request: ApiRequest, { id, type, marketplaceId }: AdvertiserRef) {
  const { advertisers, profiles } = request.sandbox.world;
  const display = advertisers.find(({ advertiserId }) => advertiserId === id);
  const profile = profiles.find(({ accountId }) => accountId === id);
  return {
    id,
    name: display?.name ?? profile?.name ?? id,
    type,
    marketplaceId: type === "DISPLAY" ? null : (marketplaceId ?? profile?.marketplaceStringId ?? null),
    configuredAdvertiserTypes: type === "SPONSORED_ADS" ? ["SPONSORED_BRANDS", "SPONSORED_PRODUCTS"] : [type],
  };
}
