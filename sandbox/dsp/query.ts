import { json, type Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import type { Sandbox } from "../sandbox";
import type { Advertiser } from "../world/types";
import { adEntity, adGroupEntity, associationEntity, campaignEntity, type Entity } from "./entities";
import { type FilterRule, openV1Account, readFilters } from "./v1-request";

// Ads API v1 queries of one DSP advertiser.

const adProductFilter: FilterRule = { most: 1, allowed: ["AMAZON_DSP"], required: true };
const stateFilter: FilterRule = { most: 3, allowed: ["ENABLED", "PAUSED", "ARCHIVED"] };

interface Collection {
  name: "campaigns" | "adGroups" | "ads" | "adAssociations";
  filters: Record<string, FilterRule>;
  all(sandbox: Sandbox, advertiser: Advertiser): Entity[];
}

const COLLECTIONS: Collection[] = [
  {
    name: "campaigns",
    filters: { adProductFilter, campaignIdFilter: { most: 1000 }, stateFilter },
    all: (sandbox, advertiser) =>
      sandbox.world.campaigns
        .filter((campaign) => campaign.advertiser === advertiser)
        .map((campaign) => campaignEntity(sandbox, campaign)),
  },
  {
    name: "adGroups",
    filters: { adProductFilter, adGroupIdFilter: { most: 1000 }, campaignIdFilter: { most: 100 }, stateFilter },
    all: (sandbox, advertiser) =>
      sandbox.world.adGroups
        .filter((adGroup) => adGroup.campaign.advertiser === advertiser)
        .map((adGroup) => adGroupEntity(sandbox, adGroup)),
  },
  {
    name: "ads",
    filters: { adProductFilter, adIdFilter: { most: 1000 } },
    all: (sandbox, advertiser) =>
      sandbox.world.ads.filter((ad) => ad.campaign.advertiser === advertiser).map((ad) => adEntity(sandbox, ad)),
  },
  {
    name: "adAssociations",
    filters: { adAssociationIdFilter: { most: 1000 }, adGroupIdFilter: { most: 1000 }, adIdFilter: { most: 1000 } },
    all: (sandbox, advertiser) => (sandbox.world.leaves.get(advertiser.advertiserId) ?? []).map(associationEntity),
  },
];

export const queryRoutes: Route[] = COLLECTIONS.map((collection) => ({
  method: "POST",
  path: `/adsApi/v1/query/${collection.name}`,
  operation: `v1.query.${collection.name}`,
  handle: (request: ApiRequest) => answerQuery(request, collection),
}));

const PAGE = 100;

function answerQuery(request: ApiRequest, collection: Collection): Reply {
  const call = openV1Account(request);
  const filters = readFilters(call.body, collection.filters);
  const { offset, size } = call.page({ least: 1, most: PAGE });
  const found = collection.all(request.sandbox, call.advertiser).filter((entity) => passes(entity, filters));
  const next = call.nextToken(offset + size, found.length);
  return json(200, { [collection.name]: found.slice(offset, offset + size), ...next });
}

/** `campaignIdFilter` looks at `campaignId`, `stateFilter` at `state`; the product is the same for all. */
function passes(entity: Entity, filters: Record<string, string[] | undefined>): boolean {
  return Object.entries(filters).every(
    ([name, include]) =>
      include === undefined ||
      name === "adProductFilter" ||
      include.includes(String(entity[name.replace("Filter", "")])),
  );
}
