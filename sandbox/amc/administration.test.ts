import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { RunningSandbox } from "../index";
import { aSandbox, NOW } from "../test-client";
import { anInstance, SMALL, type TestInstance } from "./test-instance";

// The first query on an instance makes its events: long on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let sandbox: RunningSandbox;
let amc: TestInstance;
beforeAll(async () => {
  sandbox = await aSandbox({ brands: 6, campaigns: 6, months: 3, ...SMALL });
  sandbox.control.settings.set({ accessTokenSeconds: 400 * 86_400 });
  amc = await anInstance(sandbox);
  sandbox.control.settings.set({ amcSetupSeconds: 1000 });
});
afterAll(() => sandbox.close());
afterEach(() => {
  sandbox.control.clock.set({ now: NOW, frozen: true });
});

const later = (seconds: number) => sandbox.control.clock.set({ advanceSeconds: seconds });
const send = (method: string, path: string, body?: unknown) =>
  amc.client.send(method, path, { body, headers: amc.headers });
const get = (path: string) => amc.client.get(path, amc.headers);
const create = async (body: object) => (await send("POST", "/amc/instances", body)).json.instance;

test("a new instance goes through its states until it is complete, and can then be changed and deleted", async () => {
  const made = await create({ instanceName: "Spring Launch", advertiserName: "Harbor" });
  expect(made).toMatchObject({
    instanceId: expect.stringMatching(/^amc[a-z]{8}$/),
    creationStatus: "REQUESTED",
    customerCanonicalName: "Harbor",
    instanceType: "STANDARD",
  });
  const path = `/amc/instances/${made.instanceId}`;
  expect((await send("PUT", path, { instanceName: "Too early" })).status).toBe(400);
  later(500);
  expect((await get(path)).json.instance.creationStatus).toBe("IN_PROGRESS");
  expect((await get(`/amc/reporting/${made.instanceId}/workflows`)).status).toBe(400);
  later(600);
  expect((await get(path)).json.instance.creationStatus).toBe("COMPLETED");
  expect((await send("PUT", path, { instanceName: "Autumn Launch" })).json.instance.instanceName).toBe("Autumn Launch");
  expect((await send("DELETE", path)).status).toBe(204);
  expect((await get(path)).status).toBe(404);
});

test("an idempotency token makes one instance in ten minutes; a name is taken once", async () => {
  const body = { instanceName: "Only Once", idempotencyToken: "t-1" };
  const first = await create(body);
  later(599);
  expect((await create(body)).instanceId).toBe(first.instanceId);
  later(2);
  const late = await send("POST", "/amc/instances", body);
  expect([late.status, late.json.details]).toEqual([400, "Instance with name Only Once already exists."]);
  expect((await send("POST", "/amc/instances", { instanceName: "a&b" })).status).toBe(400);
  expect((await send("POST", "/amc/instances", {})).status).toBe(400);
});

test("advertisers change by one update at a time, which takes a while", async () => {
  const other = sandbox.control.world().advertisers[3]?.advertiserId ?? "";
  const path = `/amc/instances/${amc.instanceId}/advertisers`;
  const ids = async () => (await get(path)).json.advertisers.map(({ id }: { id: string }) => id);
  const before = await ids();
  const made = (await send("POST", `${path}/updates`, { advertisersToAdd: [{ id: other, type: "DISPLAY" }] })).json;
  expect(made.advertiserUpdate).toMatchObject({ updateId: 0, status: "PENDING" });
  expect(
    (await send("POST", `${path}/updates`, { advertisersToRemove: [{ id: other, type: "DISPLAY" }] })).status,
  ).toBe(400);
  later(500);
  expect((await get(`${path}/updates/0`)).json.advertiserUpdate.status).toBe("UPDATING");
  expect(await ids()).toEqual(before);
  later(600);
  expect((await get(`${path}/updates`)).json.advertiserUpdates).toMatchObject([{ updateId: 0, status: "COMPLETED" }]);
  expect(await ids()).toEqual([...before, other]);
  await send("POST", `${path}/updates`, { advertisersToAdd: [{ id: "404", type: "DISPLAY" }] });
  later(600);
  expect((await get(`${path}/updates/1`)).json.advertiserUpdate.status).toBe("REJECTED");
  expect((await get(`${path}/updates/9`)).status).toBe(404);
});

test("terms can be accepted and taken back", async () => {
  const account = sandbox.control.world().amc[1];
  if (!account) throw new Error("no second account");
  const headers = {
    "Amazon-Advertising-API-AdvertiserId": account.accountId,
    "Amazon-Advertising-API-MarketplaceId": account.marketplaceId,
  };
  const accept = (accepted: boolean) =>
    fetch(`${sandbox.urls.NA}/_sandbox/amc/terms`, {
      method: "POST",
      body: JSON.stringify({ accountId: account.accountId, accepted }),
    });
  expect((await amc.client.get("/amc/instances", headers)).status).toBe(403);
  await accept(true);
  expect((await amc.client.get("/amc/instances", headers)).status).toBe(200);
  await accept(false);
  expect((await amc.client.get("/amc/instances", headers)).status).toBe(403);
});

test("every instance begins with Amazon's own workflows, which run but cannot be changed", async () => {
  const { workflows } = (await amc.get("/workflows")).json;
  expect(workflows.map(({ workflowId }: { workflowId: string }) => workflowId)).toContain("standard_reach-frequency");
  const standard = (await amc.get("/workflows/standard_reach")).json;
  expect(standard).toMatchObject({ query: expect.any(String), outputColumns: expect.any(Array) });
  expect(standard.sqlQuery).toBeUndefined();
  expect((await amc.send("DELETE", "/workflows/standard_reach")).status).toBe(400);
  const { json } = await amc.start({ workflowId: "standard_reach" });
  expect((await amc.ended(json.workflowExecutionId)).json.status).toBe("SUCCEEDED");
});

test("workflows are created once, read flat, replaced whole and deleted", async () => {
  const workflow = {
    workflowId: "daily.clicks-1",
    sqlQuery: "SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign",
  };
  expect((await amc.send("POST", "/workflows", workflow)).json).toEqual({});
  const again = await amc.send("POST", "/workflows", workflow);
  expect([again.status, again.json.details]).toEqual([400, "Workflow with ID daily.clicks-1 already exists."]);
  const path = "/workflows/daily.clicks-1";
  expect((await amc.get(path)).json).toEqual({
    ...workflow,
    outputColumns: [
      { name: "campaign", dataType: "STRING", columnType: "DIMENSION" },
      { name: "clicks", dataType: "LONG", columnType: "METRIC" },
    ],
  });
  const replaced = { ...workflow, privacyFilteringBehavior: "REMOVE_VALUES" };
  expect((await amc.send("PUT", path, replaced)).json).toEqual({});
  expect((await amc.get(path)).json.privacyFilteringBehavior).toBe("REMOVE_VALUES");
  expect((await amc.send("PUT", path, { ...workflow, sqlQuery: "SELECT *" })).status).toBe(400);
  expect((await amc.send("POST", "/workflows", { ...workflow, workflowId: "a b" })).status).toBe(400);
  expect((await amc.send("DELETE", path)).json).toEqual({});
  expect((await amc.get(path)).status).toBe(404);
});

test("a schedule runs its workflow each day, and keeps it from being deleted", async () => {
  const workflow = { workflowId: "nightly", sqlQuery: "SELECT SUM(impressions) AS n FROM dsp_impressions" };
  await amc.send("POST", "/workflows", workflow);
  const schedule = {
    scheduleId: "every_night",
    workflowId: "nightly",
    aggregationPeriod: "Daily",
    aggregationHourUtc: 3,
    scheduleEnabled: true,
  };
  expect((await amc.send("POST", "/schedules", { ...schedule, workflowId: "nowhere" })).status).toBe(404);
  expect((await amc.send("POST", "/schedules", schedule)).json).toEqual({});
  expect((await amc.send("POST", "/schedules", schedule)).status).toBe(400);
  expect((await amc.get("/schedules/every_night")).json).toMatchObject(schedule);
  expect((await amc.send("DELETE", "/workflows/nightly")).status).toBe(400);
  sandbox.control.clock.set({ now: "2026-07-12T09:30:00Z" });
  const { executions } = (await amc.get("/workflowExecutions?workflowId=nightly")).json;
  expect(executions).toHaveLength(2);
  expect(executions[0]).toMatchObject({
    executionCategory: "SCHEDULED",
    timeWindowStartOriginal: "2026-07-11T03:00:00",
    timeWindowEndOriginal: "2026-07-12T03:00:00",
  });
  expect((await amc.send("DELETE", "/schedules/every_night")).json).toEqual({});
  expect((await amc.get("/schedules")).json.schedules).toEqual([]);
});

test("data sources tell the tables an instance may read, without types and thresholds", async () => {
  const { dataSources, nextToken } = (await amc.get("/dataSources")).json;
  const ids = dataSources.map(({ dataSourceId }: { dataSourceId: string }) => dataSourceId);
  expect(ids).toEqual(expect.arrayContaining(["dsp_impressions", "conversions_for_audiences", "conversions_all"]));
  expect(nextToken).toBeNull();
  const { columns, owner } = (await amc.get("/dataSources/dsp_clicks")).json;
  expect([owner, Object.keys(columns[0])]).toEqual(["AMAZON", ["name", "columnType", "description"]]);
  expect((await amc.get("/dataSources/crm_customers")).json).toMatchObject({
    owner: "CUSTOMER",
    provider: "ADVERTISER_DATA_UPLOAD",
  });
  const poor = await anInstance(sandbox, 1);
  const unpaid = await poor.start({ workflow: { sqlQuery: "SELECT SUM(conversions) AS n FROM conversions_all" } });
  expect(unpaid.status).toBe(400);
  expect((await poor.get("/dataSources/conversions_all")).status).toBe(404);
});
