import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningSandbox } from "../index";
import { aClient, aSandbox, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let ava: TestClient;
let ben: TestClient;
beforeAll(async () => {
  sandbox = await aSandbox({ brands: 6, campaigns: 6 });
  [ava, ben] = [await aClient(sandbox), await aClient(sandbox, "Ben")];
});
afterAll(() => sandbox.close());

const amc = () => sandbox.control.world().amc;
const account = (index: number) => {
  const found = amc()[index];
  if (!found) throw new Error("no such AMC account");
  return found;
};
const headersOf = (index: number) => ({
  "Amazon-Advertising-API-AdvertiserId": account(index).accountId,
  "Amazon-Advertising-API-MarketplaceId": account(index).marketplaceId,
});

test.each(["NA", "EU", "FE"] as const)("AMC accounts are listed on the %s host, page by page", async (region) => {
  const all = await ava.get("/amc/accounts", {}, region);
  expect(all.json.amcAccounts).toEqual(
    amc().map(({ accountId, accountName, marketplaceId }) => ({ accountId, accountName, marketplaceId })),
  );
  expect(all.json.nextToken).toBeNull();
  const first = await ava.get("/amc/accounts?limit=1", {}, region);
  const rest = await ava.get(`/amc/accounts?limit=1&nextToken=${first.json.nextToken}`, {}, region);
  expect([first, rest].map((page) => page.json.amcAccounts[0].accountId)).toEqual([
    account(0).accountId,
    account(1).accountId,
  ]);
});

test("a user without AMC rights sees no account, and is refused one that is named", async () => {
  expect((await ben.get("/amc/accounts")).json).toEqual({ amcAccounts: [], nextToken: null });
  const refused = await ben.get("/amc/instances", headersOf(0));
  expect([refused.status, refused.json]).toEqual([401, { code: "401", details: expect.any(String) }]);
});

test("instances are flat, and say which advertisers they hold", async () => {
  const { json } = await ava.get("/amc/instances", headersOf(0), "EU");
  expect(json.instances[0]).toMatchObject({
    instanceId: sandbox.control.credentials().amcInstanceId,
    instanceName: "Harbor Pine Coffee",
    instanceType: "STANDARD",
    creationStatus: "COMPLETED",
    apiEndpoint: null,
  });
  const path = `/amc/instances/${json.instances[0].instanceId}`;
  expect((await ava.get(path, headersOf(0))).json.instance).toEqual(json.instances[0]);
  const held = await ava.get(`${path}/advertisers?type=DISPLAY&limit=1`, headersOf(0));
  expect(held.json).toEqual({
    advertisers: [
      {
        id: sandbox.control.world().advertisers[0]?.advertiserId,
        name: "Harbor & Pine Coffee",
        type: "DISPLAY",
        marketplaceId: null,
        configuredAdvertiserTypes: ["DISPLAY"],
      },
    ],
    nextToken: null,
    totalCount: 1,
  });
  expect((await ava.get(`${path}/advertisers?type=SAS`, headersOf(0))).json.totalCount).toBe(0);
  expect((await ava.get("/amc/instances/amcnone/advertisers", headersOf(0))).status).toBe(404);
});

test("one brand is in no instance", () => {
  const held = new Set(amc().flatMap(({ instances }) => instances.flatMap((instance) => instance.advertiserIds)));
  const outside = sandbox.control.world().advertisers.filter((advertiser) => !held.has(advertiser.advertiserId));
  expect(outside.map((advertiser) => advertiser.name)).toEqual(["Lumen Trail Outdoor"]);
});

test("where the terms are not accepted every call for the account is 403", async () => {
  expect(amc().filter(({ termsAccepted }) => !termsAccepted)).toHaveLength(1);
  const refused = await ava.get("/amc/instances", headersOf(1));
  expect([refused.status, refused.json]).toEqual([
    403,
    { code: "403", details: "Terms and conditions must be accepted to continue" },
  ]);
});

test("headers, limits and media types are checked", async () => {
  const { "Amazon-Advertising-API-MarketplaceId": _, ...without } = headersOf(0);
  expect((await ava.get("/amc/instances")).status).toBe(400);
  expect((await ava.get("/amc/instances", without)).status).toBe(400);
  expect((await ava.get("/amc/instances?limit=101", headersOf(0))).status).toBe(400);
  expect((await ava.get("/amc/accounts?nextToken=x")).status).toBe(400);
  const type = "application/vnd.amcinstances.v1+json";
  const typed = await ava.get("/amc/instances", { ...headersOf(0), accept: type });
  expect([typed.status, typed.headers.get("content-type")]).toEqual([200, type]);
  expect((await ava.get("/amc/instances", { ...headersOf(0), accept: "text/csv" })).status).toBe(406);
  const foreign = await ava.get("/amc/accounts", { authorization: "Bearer Atza|no" });
  expect([foreign.status, Object.keys(foreign.json)]).toEqual([401, ["message", "requestId"]]);
});

test("the audiences of an instance are listed for those who may use it", async () => {
  const header = (index: number) => ({
    "Amazon-Marketing-Cloud-Audience-InstanceId": account(index).instances[0]?.instanceId ?? "",
  });
  const accept = "application/vnd.amcquerybasedaudience.v1.2+json";
  const list = await ava.get("/amc/audiences/query?maxResults=1", { ...header(0), accept });
  expect([list.status, list.json]).toEqual([200, { executionDataList: [], nextToken: null }]);
  const refused = await ben.get("/amc/audiences/query", header(0));
  expect([refused.status, Object.keys(refused.json)]).toEqual([401, ["code", "details", "requestId"]]);
  expect((await ava.get("/amc/audiences/query", header(1))).status).toBe(403);
  expect((await ava.get("/amc/audiences/query")).status).toBe(400);
});
