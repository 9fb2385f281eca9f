import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningSandbox } from "../index";
import { aClient, aSandbox, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let ava: TestClient;
beforeAll(async () => {
  sandbox = await aSandbox();
  ava = await aClient(sandbox);
});
afterAll(() => sandbox.close());

const advertiser = (index: number) => {
  const found = sandbox.control.world().advertisers[index];
  if (!found) throw new Error("no such advertiser");
  return found;
};

test("profiles are regional, with ids as bare numbers beyond 2^53", async () => {
  const na = await ava.get("/v2/profiles");
  const eu = await ava.get("/v2/profiles", {}, "EU");
  const fe = await ava.get("/v2/profiles", {}, "FE");
  expect(na.text).toContain(`"profileId":${advertiser(0).profileId},`);
  expect(BigInt(advertiser(0).profileId)).toBeGreaterThan(2n ** 53n);
  expect(String(na.json[0].profileId)).not.toBe(advertiser(0).profileId);
  expect(na.json.map((profile: { accountInfo: { type: string } }) => profile.accountInfo.type)).toEqual([
    "agency",
    "seller",
  ]);
  expect(eu.json[0]).toMatchObject({ countryCode: "DE", currencyCode: "EUR", timezone: "Europe/Berlin" });
  expect(fe.json).toEqual([]);
});

test("profiles filter by type, and a wrong filter is refused", async () => {
  expect((await ava.get("/v2/profiles?profileTypeFilter=seller,vendor")).json).toHaveLength(1);
  expect((await ava.get("/v2/profiles?profileTypeFilter=shop")).status).toBe(400);
  expect((await ava.get(`/v2/profiles/${advertiser(0).profileId}`)).json.accountInfo.id).toBe(advertiser(0).entityId);
  expect((await ava.get("/v2/profiles/12")).status).toBe(404);
});

test("calls without a good token, or under another client, are 401", async () => {
  expect((await ava.get("/v2/profiles", { authorization: "Bearer Atza|no" })).json.code).toBe("UNAUTHORIZED");
  expect((await ava.get("/v2/profiles", { "amazon-advertising-api-clientid": "other" })).status).toBe(401);
});

test("header names are case-insensitive", async () => {
  const headers = { AUTHORIZATION: `Bearer ${ava.accessToken}`, "AMAZON-advertising-api-CLIENTID": sandbox.clientId };
  expect((await fetch(`${sandbox.urls.NA}/v2/profiles`, { headers })).status).toBe(200);
});

test("advertisers of an entity are paged and filtered", async () => {
  const scope = { "amazon-advertising-api-scope": advertiser(0).profileId };
  const all = await ava.get("/dsp/advertisers", scope);
  expect(all.json.totalResults).toBe(2);
  expect(all.json.response[0]).toEqual({
    advertiserId: advertiser(0).advertiserId,
    name: "Harbor & Pine Coffee",
    currency: "USD",
    url: "harborpinecoffee.example",
    country: "US",
    timezone: "America/New_York",
  });
  const second = await ava.get("/dsp/advertisers?startIndex=1&count=1", scope);
  expect(second.json.response.map((item: { name: string }) => item.name)).toEqual(["Lumen Trail Outdoor"]);
  const filtered = await ava.get(`/dsp/advertisers?advertiserIdFilter=${advertiser(1).advertiserId}`, scope);
  expect(filtered.json.totalResults).toBe(1);
  expect((await ava.get(`/dsp/advertisers/${advertiser(1).advertiserId}`, scope)).json.name).toBe(
    "Lumen Trail Outdoor",
  );
  const missing = await ava.get("/dsp/advertisers/999", scope);
  expect([missing.status, Object.keys(missing.json)]).toEqual([404, ["message", "requestId", "errors"]]);
});

test("wrong paging and missing or foreign scopes are refused in the DSP shape", async () => {
  const scope = { "amazon-advertising-api-scope": advertiser(0).profileId };
  const wrong = await ava.get("/dsp/advertisers?count=101", scope);
  expect(wrong.status).toBe(400);
  expect(wrong.json.errors[0]).toMatchObject({ field: "count" });
  const unscoped = await ava.get("/dsp/advertisers");
  expect([unscoped.status, unscoped.json.message]).toEqual([401, "Scope header is missing"]);
  const unknown = await ava.get("/dsp/advertisers", { "amazon-advertising-api-scope": "123" });
  expect([unknown.status, unknown.json.message]).toEqual([401, "Not authorized to access scope 123"]);
  const abroad = await ava.get("/dsp/advertisers", { "amazon-advertising-api-scope": advertiser(2).profileId });
  expect(abroad.status).toBe(403);
});

test("users see different accounts, and one account is seen by two", async () => {
  const ben = await aClient(sandbox, "Ben");
  const chloe = await aClient(sandbox, "Chloe");
  const names = async (client: TestClient) => {
    const scope = { "amazon-advertising-api-scope": advertiser(0).profileId };
    const answer = await client.get("/dsp/advertisers", scope);
    return answer.json.response.map((item: { name: string }) => item.name);
  };
  expect(await names(ben)).toEqual(["Harbor & Pine Coffee"]);
  expect(await names(chloe)).toEqual(["Lumen Trail Outdoor"]);
  expect((await chloe.get("/v2/profiles", {}, "EU")).json).toHaveLength(1);
  expect((await ben.get("/v2/profiles", {}, "EU")).json).toEqual([]);
});

test("advertiser accounts of the Ads API carry every alternate id", async () => {
  const answer = await ava.post("/adsApi/v1/query/advertiserAccounts", { maxResults: 10 });
  expect(answer.json.advertiserAccounts[0]).toMatchObject({
    advertiserAccountId: advertiser(0).advertiserId,
    currencyCode: "USD",
    timeZoneIana: "America/New_York",
    alternateIds: [{ entityId: advertiser(0).entityId, dspAdvertiserId: advertiser(0).advertiserId, region: "NA" }],
  });
});
