import { openV1 } from "../dsp/v1-request";
import { json, type Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import type { Advertiser } from "../world/types";

// Ads API v1 query/advertiserAccounts (contracts.md 2.5).

export const advertiserAccountRoutes: Route[] = [
  {
    method: "POST",
    path: "/adsApi/v1/query/advertiserAccounts",
    operation: "v1.query.advertiserAccounts",
    handle: (request) => queryAdvertiserAccounts(request),
  },
];

function queryAdvertiserAccounts(request: ApiRequest): Reply {
  const call = openV1(request);
  const { offset, size } = call.page({ least: 10, most: 100 });
  const mine = request.sandbox.world.advertisers.filter(
    (advertiser) =>
      advertiser.region === request.region && call.caller.user.access[advertiser.advertiserId] !== undefined,
  );
  const next = call.nextToken(offset + size, mine.length);
  return json(200, { advertiserAccounts: mine.slice(offset, offset + size).map(wireAccount), ...next });
}

function wireAccount(advertiser: Advertiser) {
  return {
    advertiserAccountId: advertiser.advertiserId,
    displayName: advertiser.name,
    status: "ACTIVE",
    isGlobalAccount: false,
    currencyCode: advertiser.currency,
    timeZoneIana: advertiser.timezone,
    alternateIds: [
      {
        countryCode: advertiser.country,
        profileId: advertiser.profileId,
        entityId: advertiser.entityId,
        dspAdvertiserId: advertiser.advertiserId,
        region: advertiser.region,
      },
    ],
  };
}
