import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { caught, gather, type SandboxAmazon, startSandboxAmazon } from "./sandbox-amazon";

let local: SandboxAmazon;
let ava: string;
let advertiserId: string;
beforeAll(async () => {
  local = await startSandboxAmazon({ brands: 1, campaigns: 130, adGroupsPerCampaign: 2, adsPerAdGroup: 1 });
  ava = await local.signIn("Ava");
  advertiserId = local.world.advertisers[0]?.advertiserId ?? "";
});
afterEach(() => local.sandbox.control.faults.clear());
afterAll(() => local.sandbox.close());

const input = () => ({ region: "NA", accessToken: ava, advertiserId }) as const;

test("profiles, entity and advertisers are found in the region that has them, and nothing elsewhere", async () => {
  const [entity] = local.world.advertisers;
  const profiles = await local.amazon.accounts.listProfiles({ region: "NA", accessToken: ava });
  const agency = profiles.find((profile) => profile.accountInfo.type === "agency");
  expect(agency).toMatchObject({ profileId: entity?.profileId, accountInfo: { id: entity?.entityId } });
  const profileId = agency?.profileId ?? "";
  const advertisers = await local.amazon.accounts.listAdvertisers({ region: "NA", accessToken: ava, profileId });
  expect(advertisers.map((advertiser) => advertiser.advertiserId)).toContain(advertiserId);
  expect(await local.amazon.accounts.listProfiles({ region: "FE", accessToken: ava })).toEqual([]);
});

test("more campaigns than a page are all read, each once", async () => {
  const campaigns = await gather(local.amazon.dsp.queryCampaigns(input()));
  expect(campaigns).toHaveLength(130);
  expect(new Set(campaigns.map((campaign) => campaign.campaignId)).size).toBe(130);
  expect(campaigns[0]).toMatchObject({ adProduct: "AMAZON_DSP", status: { deliveryStatus: expect.any(String) } });
  expect(campaigns[0]?.flights?.[0]).toMatchObject({
    startDateTime: expect.any(String),
    endDateTime: expect.any(String),
  });
});

test("filters by id and state reach across request limits", async () => {
  const campaigns = await gather(local.amazon.dsp.queryCampaigns(input()));
  const campaignIds = campaigns.map((campaign) => campaign.campaignId);
  const groups = await gather(local.amazon.dsp.queryAdGroups({ ...input(), campaignIds }));
  expect(groups).toHaveLength(260);
  expect(groups[0]).toMatchObject({ bid: { baseBid: expect.any(Number), currencyCode: "USD" } });
  const paused = await gather(local.amazon.dsp.queryCampaigns({ ...input(), states: ["PAUSED"] }));
  expect(paused.length).toBeGreaterThan(0);
  expect(paused.every((campaign) => campaign.state === "PAUSED")).toBe(true);
  const one = campaignIds.slice(0, 1);
  expect(await gather(local.amazon.dsp.queryCampaigns({ ...input(), campaignIds: one }))).toHaveLength(1);
});

test("all ads are read, and by id", async () => {
  const ads = await gather(local.amazon.dsp.queryAds(input()));
  expect(ads.length).toBeGreaterThan(100);
  const adIds = ads.map((ad) => ad.adId);
  expect(await gather(local.amazon.dsp.queryAds({ ...input(), adIds }))).toHaveLength(ads.length);
});

test("updates land, an unknown id is told by index, and the entity reads back changed", async () => {
  const [first, second] = await gather(local.amazon.dsp.queryAdGroups(input()));
  const changes = [
    { adGroupId: first?.adGroupId ?? "", name: "Renamed by the test", bid: { baseBid: 3.25, maxAverageBid: 6.5 } },
    { adGroupId: "999999999999999999", state: "PAUSED" as const },
    { adGroupId: second?.adGroupId ?? "", state: "PAUSED" as const },
  ];
  const outcome = await local.amazon.dsp.updateAdGroups({ ...input(), changes });
  expect(outcome.success.map(({ index, item }) => [index, item.adGroupId])).toEqual([
    [0, first?.adGroupId],
    [2, second?.adGroupId],
  ]);
  expect(outcome.error).toMatchObject([{ index: 1, errors: [{ code: "RESOURCE_ID_NOT_FOUND" }] }]);
  expect(outcome.unanswered).toEqual([]);
  const adGroupIds = [first?.adGroupId ?? ""];
  const [read] = await gather(local.amazon.dsp.queryAdGroups({ ...input(), adGroupIds }));
  expect(read).toMatchObject({ name: "Renamed by the test", bid: { baseBid: 3.25, maxAverageBid: 6.5 } });
});

test("more campaigns than one write takes are all paused, and ads can be renamed", async () => {
  const campaigns = (await gather(local.amazon.dsp.queryCampaigns({ ...input(), states: ["ENABLED"] }))).slice(0, 12);
  const changes = campaigns.map(({ campaignId }) => ({ campaignId, state: "PAUSED" as const }));
  const outcome = await local.amazon.dsp.updateCampaigns({ ...input(), changes });
  expect(outcome.error).toEqual([]);
  expect(outcome.success.map(({ item }) => item.state)).toEqual(campaigns.map(() => "PAUSED"));

  const [ad] = await gather(local.amazon.dsp.queryAds(input()));
  const renamed = await local.amazon.dsp.updateAds({
    ...input(),
    changes: [{ adId: ad?.adId ?? "", name: "New name" }],
  });
  expect(renamed.success).toMatchObject([{ index: 0, item: { name: "New name" } }]);
});

test("an advertiser that the user may not see is unauthorized, and so is a wrong token", async () => {
  const error = await caught(gather(local.amazon.dsp.queryCampaigns({ ...input(), advertiserId: "123" })));
  expect(["unauthorized", "rejected"]).toContain(error?.kind);
  const bad = gather(local.amazon.dsp.queryCampaigns({ ...input(), accessToken: "Atza|none" }));
  expect((await caught(bad))?.kind).toBe("unauthorized");
});

test("after a bare 429 the operation is held here while others go on", async () => {
  const client = local.clientWith({});
  local.sandbox.control.faults.add({ path: "/adsApi/v1/query/campaigns", status: 429, times: 1 });
  const first = await caught(gather(client.dsp.queryCampaigns(input())));
  const second = await caught(gather(client.dsp.queryCampaigns(input())));
  expect(first).toMatchObject({ kind: "throttled", held: false, retryAfterMs: undefined });
  expect(second).toMatchObject({ kind: "throttled", held: true });
  expect(await gather(client.dsp.queryAdGroups(input()))).toHaveLength(260);
});

test("the request id of a call is in the ledger and in the sandbox's own log", async () => {
  local.records.length = 0;
  await local.amazon.accounts.listProfiles({ region: "NA", accessToken: ava });
  const { calls } = (await (await fetch(`${local.sandbox.urls.NA}/_sandbox/calls?path=/v2/profiles`)).json()) as {
    calls: { requestId: string; status: number }[];
  };
  expect(local.records).toMatchObject([{ operation: "accounts.listProfiles", status: 200, path: "/v2/profiles" }]);
  expect(calls.map((call) => call.requestId)).toContain(local.records[0]?.requestId);
});
