import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { RunningSandbox } from "../index";
import { answerOf, aSandbox, NOW } from "../test-client";
import { anInstance, readCsv, SMALL, type TestInstance } from "./test-instance";

// The first query on an instance makes its events: long on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let sandbox: RunningSandbox;
let amc: TestInstance;
beforeAll(async () => {
  sandbox = await aSandbox({ campaigns: 6, months: 5, ...SMALL });
  amc = await anInstance(sandbox);
}, 60_000);
afterAll(() => sandbox.close());
afterEach(() => {
  sandbox.control.clock.set({ now: NOW, frozen: true });
  sandbox.control.settings.set({ amcRunSeconds: 0, amcSameInputLimit: 500 });
});

const SQL = "SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign";
const later = (seconds: number) => sandbox.control.clock.set({ advanceSeconds: seconds });
const statusOf = async (id: string) => (await amc.get(`/workflowExecutions/${id}`)).json.status;

test("an execution is flat, is pending, runs, succeeds, and says what it put out", async () => {
  sandbox.control.settings.set({ amcRunSeconds: 1000 });
  const created = await amc.start({ workflow: { sqlQuery: SQL } });
  expect(created.json).toEqual({
    workflowExecutionId: expect.any(String),
    workflowId: expect.stringMatching(/^transient_/),
    status: "PENDING",
    executionCategory: "AD_HOC",
    createTime: "2026-07-10T15:00:00Z",
    lastUpdatedTime: "2026-07-10T15:00:00Z",
    waitUntil: expect.any(String),
    expireTime: "2026-07-11T15:00:00Z",
    timeWindowStart: "2026-05-01T04:00:00Z",
    timeWindowEnd: "2026-06-01T04:00:00Z",
    timeWindowStartOriginal: "2026-05-01T00:00:00",
    timeWindowEndOriginal: "2026-06-01T00:00:00",
    timeWindowTimeZoneOriginal: "America/New_York",
    dataGaps: [],
    ignoreDataGaps: false,
    disableAggregationControls: false,
    parameterValues: {},
    workflowExecutionTimeoutSeconds: 21600,
  });
  const id = created.json.workflowExecutionId;
  expect(await statusOf(id)).toBe("PENDING");
  later(300);
  expect(await statusOf(id)).toBe("RUNNING");
  const early = await amc.get(`/workflowExecutions/${id}/downloadUrls`);
  expect([early.status, early.json.details]).toEqual([400, `Execution with ID ${id} is unavailable for download.`]);
  later(800);
  expect((await amc.ended(id)).json).toMatchObject({
    status: "SUCCEEDED",
    outputS3URI: "N/A",
    invalidationOffsetSecs: 266400,
    outputColumns: [
      { name: "campaign", dataType: "STRING", columnType: "DIMENSION" },
      { name: "impressions", dataType: "LONG", columnType: "METRIC" },
    ],
  });
});

test("download URLs live ten minutes, then S3 refuses; the execution gives new ones", async () => {
  const { json } = await amc.start({ workflow: { sqlQuery: SQL } });
  await amc.ended(json.workflowExecutionId);
  const urls = () => amc.get(`/workflowExecutions/${json.workflowExecutionId}/downloadUrls`);
  const { downloadUrls, metadataDownloadUrls, nextToken } = (await urls()).json;
  expect([downloadUrls.length, metadataDownloadUrls.length, nextToken]).toEqual([1, 1, null]);
  expect((await readCsv(metadataDownloadUrls[0]))[0]).toEqual({
    name: "campaign",
    dataType: "STRING",
    columnType: "DIMENSION",
  });
  later(599);
  expect((await readCsv(downloadUrls[0])).length).toBeGreaterThan(0);
  later(2);
  const expired = await answerOf(await fetch(downloadUrls[0]));
  expect([expired.status, expired.text.includes("Request has expired")]).toEqual([403, true]);
  expect((await fetch((await urls()).json.downloadUrls[0])).status).toBe(200);
  expect((await fetch(downloadUrls[0].replace("/data/", "/metadata/"))).status).toBe(403);
});

test("rows below the threshold are left out, or told by the column that was asked for", async () => {
  const byCity = "SELECT postal_code, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY postal_code";
  const short = { timeWindowStart: "2026-05-01T00:00:00", timeWindowEnd: "2026-05-02T00:00:00" };
  expect(await amc.rows(byCity, { execution: short })).toEqual([]);
  const told = await amc.rows(byCity, {
    workflow: { filteredMetricsDiscriminatorColumn: "filtered", distinctUserCountColumn: "users" },
    execution: short,
  });
  expect(told).toEqual([
    expect.objectContaining({ postal_code: "", filtered: "true", impressions: expect.stringMatching(/^\d+$/) }),
  ]);
});

test("a saved workflow runs with its parameters, arrays and defaults", async () => {
  const workflow = {
    workflowId: "by_size",
    sqlQuery: `SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions
      WHERE ARRAY_CONTAINS(CUSTOM_PARAMETER('sizes'), creative_size) AND device_type <> CUSTOM_PARAMETER('device') GROUP BY campaign`,
    inputParameters: [
      { name: "sizes", dataType: { type: "ARRAY", elementDataType: "STRING", elementNullable: false } },
      { name: "device", dataType: "STRING", defaultValue: "Tablet" },
    ],
  };
  expect((await amc.send("POST", "/workflows", workflow)).json).toEqual({});
  const run = async (parameterValues: object) => {
    const { json } = await amc.start({ workflowId: "by_size", parameterValues });
    await amc.ended(json.workflowExecutionId);
    return readCsv(
      (await amc.get(`/workflowExecutions/${json.workflowExecutionId}/downloadUrls`)).json.downloadUrls[0],
    );
  };
  const sum = (rows: Record<string, string>[]) => rows.reduce((total, row) => total + Number(row.impressions), 0);
  const one = sum(await run({ sizes: ["300x250"] }));
  expect(one).toBeGreaterThan(0);
  expect(sum(await run({ sizes: ["300x250", "728x90"] }))).toBeGreaterThan(one);
  expect(sum(await run({ sizes: ["none"] }))).toBe(0);
  expect((await amc.start({ workflowId: "by_size" })).json.details).toBe("Parameter sizes has no value and no default");
  expect((await amc.start({ workflowId: "by_size", parameterValues: { colour: "red" } })).status).toBe(400);
});

test("what AMC would refuse is refused before it runs, with its place", async () => {
  for (const sqlQuery of [
    "SELECT * FROM dsp_impressions",
    "SELECT campaign, user_id FROM dsp_clicks",
    "SELEC 1",
    "DROP TABLE x",
  ]) {
    const refused = await amc.start({ workflow: { sqlQuery } });
    expect([refused.status, refused.json.code]).toEqual([400, "400"]);
    expect(refused.json.details).toMatch(/^SQL query is invalid: line 1, column \d+: /);
  }
});

test("a dry run checks the SQL and is not kept", async () => {
  const { json, status } = await amc.start({ workflow: { sqlQuery: SQL }, dryRun: true });
  expect(status).toBe(200);
  expect((await amc.get(`/workflowExecutions/${json.workflowExecutionId}`)).status).toBe(404);
  expect((await amc.start({ workflow: { sqlQuery: "SELECT 1 LIMIT 3" }, dryRun: true })).status).toBe(400);
});

test.each([
  ["MOST_RECENT_DAY", "2026-07-07T00:00:00", "2026-07-08T00:00:00"],
  ["MOST_RECENT_WEEK", "2026-07-01T00:00:00", "2026-07-08T00:00:00"],
  ["CURRENT_MONTH", "2026-07-01T00:00:00", "2026-07-08T00:00:00"],
  ["PREVIOUS_MONTH", "2026-06-01T00:00:00", "2026-07-01T00:00:00"],
  ["ALL", "2025-06-01T00:00:00", "2026-07-08T00:00:00"],
])("a window %s ends 48 hours ago or earlier", async (timeWindowType, start, end) => {
  const body = { workflow: { sqlQuery: SQL }, timeWindowType, dryRun: true, timeWindowTimeZone: "Europe/Berlin" };
  const { json } = await amc.send("POST", "/workflowExecutions", body);
  expect([json.timeWindowStartOriginal, json.timeWindowEndOriginal]).toEqual([start, end]);
});

test("windows, time limits and fields outside the contract are refused", async () => {
  const workflow = { sqlQuery: SQL };
  for (const wrong of [
    { workflow, timeWindowEnd: "2026-04-01T00:00:00" },
    { workflow, timeWindowEnd: undefined },
    { workflow, timeWindowTimeZone: "Mars/Olympus" },
    { workflow, timeWindowType: "ALL" },
    { workflow, workflowExecutionTimeoutSeconds: 60 },
    { workflow, colour: "red" },
    { workflow, workflowId: "both" },
    { workflow, requireSyntheticData: true },
    {},
  ]) {
    expect([wrong, (await amc.start(wrong)).status]).toEqual([wrong, 400]);
  }
  expect((await amc.start({ workflowId: "nowhere" })).status).toBe(404);
});

test("ten run at once in an instance, the others wait; what is cancelled never runs", async () => {
  sandbox.control.settings.set({ amcRunSeconds: 1000 });
  const ids: string[] = [];
  for (let i = 0; i < 12; i += 1) {
    ids.push((await amc.start({ workflow: { sqlQuery: SQL } })).json.workflowExecutionId);
  }
  later(300);
  const statuses = await Promise.all(ids.map(statusOf));
  expect(statuses.map((status) => status[0]).join("")).toBe("RRRRRRRRRRPP");
  for (const id of ids) {
    const cancelled = await amc.send("PUT", `/workflowExecutions/${id}`, { status: "CANCELLED" });
    expect([cancelled.status, cancelled.json]).toEqual([200, {}]);
  }
  expect(new Set(await Promise.all(ids.map(statusOf)))).toEqual(new Set(["CANCELLED"]));
  expect((await amc.send("PUT", `/workflowExecutions/${ids[0]}`, { status: "CANCELLED" })).status).toBe(400);
  const since = "minCreationTime=2026-07-10T00:00:00";
  const list = (query: string) => amc.get(`/workflowExecutions?${since}&${query}`);
  expect((await list("")).json.executions.some(({ status }: { status: string }) => status === "CANCELLED")).toBe(false);
  const all = (await list("includeCancelled=true")).json.executions;
  expect(all.filter(({ status }: { status: string }) => status === "CANCELLED")).toHaveLength(12);
});

test("one that does not end within its time limit has failed", async () => {
  sandbox.control.settings.set({ amcRunSeconds: 5000 });
  const { json } = await amc.start({ workflow: { sqlQuery: SQL }, workflowExecutionTimeoutSeconds: 900 });
  later(901);
  const failed = (await amc.get(`/workflowExecutions/${json.workflowExecutionId}`)).json;
  expect([failed.status, failed.statusReason]).toEqual(["FAILED", "The execution did not end within its time limit."]);
});

test("inputs that were read too often in overlapping windows are not read again", async () => {
  const sql = "SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign";
  sandbox.control.settings.set({ amcSameInputLimit: 2 });
  const ends = [];
  for (let i = 0; i < 3; i += 1) {
    const { json } = await amc.start({ workflow: { sqlQuery: sql } });
    ends.push((await amc.ended(json.workflowExecutionId)).json);
  }
  expect(ends.map(({ status }) => status)).toEqual(["SUCCEEDED", "SUCCEEDED", "FAILED"]);
  expect(ends[2].statusReason).toContain("Too many workflows have already been run against the same inputs");
  const elsewhere = { timeWindowStart: "2026-03-01T00:00:00", timeWindowEnd: "2026-03-08T00:00:00" };
  const { json } = await amc.start({ workflow: { sqlQuery: sql }, ...elsewhere });
  expect((await amc.ended(json.workflowExecutionId)).json.status).toBe("SUCCEEDED");
});

test("lists need a workflow or a time, page newest first, and can be turned round", async () => {
  expect((await amc.get("/workflowExecutions")).status).toBe(400);
  later(60);
  const { json } = await amc.start({ workflow: { sqlQuery: SQL } });
  const first = (await amc.get("/workflowExecutions?minCreationTime=2026-07-10T00:00:00&limit=1")).json;
  expect(first.executions[0].workflowExecutionId).toBe(json.workflowExecutionId);
  const next = `/workflowExecutions?minCreationTime=2026-07-10T00:00:00&limit=1&nextToken=${first.nextToken}`;
  expect((await amc.get(next)).json.executions[0].workflowExecutionId).not.toBe(json.workflowExecutionId);
  const turned = await amc.get(
    "/workflowExecutions?minCreationTime=2026-07-10T15:00:30&sortAscending=true&includeWorkflow=true",
  );
  expect(turned.json.executions[0]).toMatchObject({
    workflowExecutionId: json.workflowExecutionId,
    workflow: { sqlQuery: SQL },
  });
  expect((await amc.get("/workflowExecutions?workflowId=nobody")).json.executions).toEqual([]);
});

test("a sandbox instance runs synthetic data only, and may show it all", async () => {
  const at = (sandbox.control.world().amc[0]?.instances.length ?? 1) - 1;
  const trial = await anInstance(sandbox, at);
  expect((await trial.start({ workflow: { sqlQuery: SQL } })).status).toBe(400);
  const day = { timeWindowEnd: "2026-05-02T00:00:00", requireSyntheticData: true };
  const execution = { ...day, disableAggregationControls: true };
  const byHour = "SELECT impression_dt, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY impression_dt";
  expect(await trial.rows(byHour, { execution: day })).toEqual([]);
  expect((await trial.rows(byHour, { execution })).length).toBeGreaterThan(10);
  const absent = { workflow: { sqlQuery: "SELECT SUM(dwell_time) AS t FROM amazon_brand_store_page_views" } };
  expect((await trial.start({ ...absent, requireSyntheticData: true })).status).toBe(400);
  expect((await trial.get("/dataSources")).json.dataSources).toHaveLength(10);
});

test("a creation that was not answered is counted among the runs all the same", async () => {
  const body = { workflow: { sqlQuery: SQL }, timeWindowEnd: "2026-05-03T00:00:00" };
  sandbox.control.faults.add({ path: "amc.executions.create", status: 504, times: 1, afterEffect: true });
  expect((await amc.start(body)).status).toBe(504);
  const counted = () =>
    Object.entries(sandbox.control.amc.runs()).find(([asked]) => asked.includes("2026-05-03T00:00:00"))?.[1];
  expect(counted()).toBe(1);
  await amc.start(body);
  expect(counted()).toBe(2);
});
