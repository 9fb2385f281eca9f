import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningSandbox } from "../index";
import { aClient, aSandbox, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let ava: TestClient;
let account: Record<string, string>;
beforeAll(async () => {
  sandbox = await aSandbox();
  ava = await aClient(sandbox);
  account = { "Amazon-Ads-AccountId": sandbox.control.world().advertisers[0]?.advertiserId ?? "" };
});
afterAll(() => sandbox.close());

const DSP = { adProductFilter: { include: ["AMAZON_DSP"] } };
const query = (what: string, body: object = DSP) => ava.post(`/adsApi/v1/query/${what}`, body, account);
const update = (what: string, items: object[]) => ava.post(`/adsApi/v1/update/${what}`, { [what]: items }, account);
const money = (value: number, currencyCode?: string) => ({
  budgetType: "MONETARY",
  recurrenceTimePeriod: "DAILY",
  budgetValue: { monetaryBudgetValue: { monetaryBudget: { value, ...(currencyCode ? { currencyCode } : {}) } } },
});

const REQUIRED = {
  campaigns: "campaignId adProduct name state creationDateTime lastUpdatedDateTime flights optimizations",
  adGroups:
    "adGroupId campaignId adProduct name inventoryType bid startDateTime endDateTime creationDateTime lastUpdatedDateTime advertisedProductCategoryIds creativeRotationType optimization pacing targetingSettings",
  ads: "adId adProduct adType name state creative creationDateTime lastUpdatedDateTime",
};

test.each(Object.entries(REQUIRED))("every object of query %s has all required fields", async (what, fields) => {
  const answer = await query(what);
  expect(answer.status).toBe(200);
  expect(answer.json[what].length).toBeGreaterThan(0);
  for (const item of answer.json[what]) expect(Object.keys(item)).toEqual(expect.arrayContaining(fields.split(" ")));
});

test("associations tie ads to ad groups of the same account", async () => {
  const associations = (await query("adAssociations", {})).json.adAssociations;
  const adGroups = (await query("adGroups")).json.adGroups.map((item: { adGroupId: string }) => item.adGroupId);
  const ads = (await query("ads")).json.ads.map((item: { adId: string }) => item.adId);
  for (const { adGroupId, adId } of associations) {
    expect(adGroups).toContain(adGroupId);
    expect(ads).toContain(adId);
  }
  const one = await query("adAssociations", { adGroupIdFilter: { include: [adGroups[0]] } });
  expect(one.json.adAssociations.length).toBeLessThan(associations.length);
});

test("pages join without gap or overlap", async () => {
  const all = (await query("adGroups")).json.adGroups.map((item: { adGroupId: string }) => item.adGroupId);
  const paged: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await query("adGroups", { ...DSP, maxResults: 3, ...(nextToken ? { nextToken } : {}) });
    paged.push(...page.json.adGroups.map((item: { adGroupId: string }) => item.adGroupId));
    nextToken = page.json.nextToken;
  } while (nextToken);
  expect(paged).toEqual(all);
});

test("filters narrow, and wrong requests are refused with the API's codes", async () => {
  const paused = await query("campaigns", { ...DSP, stateFilter: { include: ["PAUSED"] } });
  expect(paused.json.campaigns).toHaveLength(1);
  expect(paused.json.campaigns[0].status).toEqual({
    deliveryStatus: "NOT_DELIVERING",
    deliveryReasons: ["CAMPAIGN_PAUSED"],
  });
  const wrong: object[] = [
    {},
    { adProductFilter: { include: ["SPONSORED_PRODUCTS"] } },
    { ...DSP, stateFilter: { include: ["LIVE"] } },
    { ...DSP, maxResults: 101 },
    { ...DSP, nextToken: "nonsense" },
    { ...DSP, campaignIdFilters: { include: ["1"] } },
  ];
  for (const body of wrong) {
    const answer = await query("campaigns", body);
    expect([answer.status, answer.json.code]).toEqual([400, "BAD_REQUEST"]);
  }
});

test("the account header is required, and must be an account of the caller and the host", async () => {
  const path = "/adsApi/v1/query/campaigns";
  expect((await ava.post(path, DSP)).json).toMatchObject({ code: "BAD_REQUEST" });
  expect((await ava.post(path, DSP, { "amazon-ads-accountid": "42" })).json.code).toBe("UNAUTHORIZED");
  const german = sandbox.control.world().advertisers[2]?.advertiserId ?? "";
  expect((await ava.post(path, DSP, { "amazon-ads-accountid": german })).json.code).toBe("FORBIDDEN");
});

test("an update is done item by item, and each failure says where", async () => {
  const [first, second] = (await query("adGroups")).json.adGroups;
  const answer = await update("adGroups", [
    { adGroupId: first.adGroupId, bid: { baseBid: 3.25, maxAverageBid: 6.5 }, budgets: [money(150)] },
    { adGroupId: "590000000000000002", state: "PAUSED" },
    { adGroupId: second.adGroupId, bid: { baseBid: 400 }, inventoryType: "AUDIO" },
    { adGroupId: first.adGroupId, name: "twice" },
  ]);
  expect(answer.status).toBe(207);
  expect(answer.json.success).toHaveLength(1);
  expect(answer.json.success[0]).toMatchObject({
    index: 0,
    adGroup: {
      adGroupId: first.adGroupId,
      name: first.name,
      bid: { baseBid: 3.25, currencyCode: "USD", maxAverageBid: 6.5 },
    },
  });
  expect(answer.json.success[0].adGroup.budgets).toEqual([money(150, "USD")]);
  const codes = answer.json.error.map((item: { index: number; errors: { code: string; fieldLocation: string }[] }) => [
    item.index,
    ...item.errors.flatMap(({ code, fieldLocation }) => [code, fieldLocation]),
  ]);
  expect(codes).toEqual([
    [1, "RESOURCE_ID_NOT_FOUND", "adGroups[1].adGroupId"],
    [
      2,
      "FIELD_VALUE_IS_OUT_OF_RANGE",
      "adGroups[2].bid.baseBid",
      "FIELD_VALUE_CANNOT_EDIT",
      "adGroups[2].inventoryType",
    ],
    [3, "DUPLICATE_RESOURCE_ID_FOUND", "adGroups[3].adGroupId"],
  ]);
  const read = (await query("adGroups", { ...DSP, adGroupIdFilter: { include: [first.adGroupId] } })).json.adGroups[0];
  expect(read).toEqual(answer.json.success[0].adGroup);
});

test("campaign updates check names, states, flights and money", async () => {
  const campaign = (await query("campaigns")).json.campaigns[0];
  const { campaignId } = campaign;
  const code = async (change: object) => {
    const answer = await update("campaigns", [{ campaignId, ...change }]);
    return answer.json.error[0]?.errors[0]?.code;
  };
  expect(await code({ state: "ARCHIVED" })).toBe("FIELD_VALUE_IS_INVALID");
  expect(await code({ name: " " })).toBe("FIELD_VALUE_IS_EMPTY");
  expect(await code({ flights: [] })).toBe("FIELD_SIZE_IS_OUT_OF_RANGE");
  expect(await code({ budgets: [money(100, "USD")] })).toBe("FIELD_VALUE_CANNOT_EDIT");
  expect(await code({ budgets: [money(-1)] })).toBe("FIELD_VALUE_IS_OUT_OF_RANGE");
  const { recurrenceTimePeriod: _period, ...budget } = money(5000);
  const flights = [{ startDateTime: "2026-07-01T00:00:00Z", endDateTime: "2026-08-01T00:00:00Z", budget }];
  const done = await update("campaigns", [{ campaignId, state: "PAUSED", flights, purchaseOrderNumber: null }]);
  expect(done.json.success[0].campaign).toMatchObject({
    state: "PAUSED",
    startDateTime: "2026-07-01T00:00:00Z",
    endDateTime: "2026-08-01T00:00:00Z",
    purchaseOrderNumber: null,
    status: { deliveryReasons: ["CAMPAIGN_PAUSED"] },
  });
  expect(done.json.success[0].campaign.flights).toHaveLength(1);
});

test("too many items are 413, and a view-only user may not write", async () => {
  const ads = Array.from({ length: 11 }, () => ({ adId: "1" }));
  const answer = await update("ads", ads);
  expect([answer.status, answer.json.code]).toEqual([413, "CONTENT_TOO_LARGE"]);
  const chloe = await aClient(sandbox, "Chloe");
  const second = { "amazon-ads-accountid": sandbox.control.world().advertisers[1]?.advertiserId ?? "" };
  const refused = await chloe.post("/adsApi/v1/update/campaigns", { campaigns: [{ campaignId: "1" }] }, second);
  expect([refused.status, refused.json.code]).toEqual([401, "UNAUTHORIZED"]);
  expect((await chloe.post("/adsApi/v1/query/campaigns", DSP, second)).status).toBe(200);
});
