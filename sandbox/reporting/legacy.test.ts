import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningSandbox } from "../index";
import { type Answer, aClient, aSandbox, type TestClient } from "../test-client";
import { LEGACY_TYPES } from "./legacy-catalog";

let sandbox: RunningSandbox;
let ava: TestClient;
let advertiserId: string;
let entityId: string;
beforeAll(async () => {
  sandbox = await aSandbox();
  ava = await aClient(sandbox);
  const advertiser = sandbox.control.world().advertisers[0];
  advertiserId = advertiser?.advertiserId ?? "";
  entityId = advertiser?.entityId ?? "";
});
afterAll(() => sandbox.close());

const ACCEPT = "application/vnd.dspcreatereports.v3+json";
const range = { startDate: "2026-07-01", endDate: "2026-07-03" };

const create = (body: object, accountId = advertiserId, accept = ACCEPT): Promise<Answer> =>
  ava.post(`/accounts/${accountId}/dsp/reports`, body, { accept });

async function rowsOf(body: object, accountId = advertiserId): Promise<Record<string, string | number>[]> {
  const created = await create(body, accountId);
  const got = await ava.get(`/accounts/${accountId}/dsp/reports/${created.json.reportId}`, {
    accept: "application/vnd.dspgetreports.v3+json",
  });
  expect(got.json.status).toBe("SUCCESS");
  return (await (await fetch(got.json.location)).json()) as Record<string, string | number>[];
}

test("a report is taken with 202 and is a plain JSON file behind a location", async () => {
  const created = await create(range);
  expect([created.status, created.json]).toEqual([
    202,
    {
      reportId: expect.any(String),
      type: "CAMPAIGN",
      format: "JSON",
      status: "IN_PROGRESS",
      statusDetails: expect.any(String),
      location: null,
      expiration: null,
    },
  ]);
  const [row] = await rowsOf(range);
  expect(row).toMatchObject({ advertiserId, orderCurrency: "USD", intervalStart: Date.parse("2026-07-01T00:00:00Z") });
});

test("its sums are those of the truth, for an advertiser and for the entity above it", async () => {
  const sum = (rows: Record<string, string | number>[]) =>
    rows.reduce((total, row) => total + Math.round(Number(row.totalCost) * 1_000_000), 0);
  const body = { ...range, dimensions: ["ORDER", "LINE_ITEM", "CREATIVE"], metrics: ["totalCost"], timeUnit: "DAILY" };
  const truth = sandbox.control.truth({ advertiserId, ...range });
  expect(String(sum(await rowsOf(body)))).toBe(truth?.total.totalCostMicros);
  const filtered = await rowsOf({ ...body, advertiserIds: [advertiserId] }, entityId);
  expect(String(sum(filtered))).toBe(truth?.total.totalCostMicros);
  expect(sum(await rowsOf(body, entityId))).toBeGreaterThan(sum(filtered));
});

test.each(Object.keys(LEGACY_TYPES))("type %s answers with all its dimensions", async (type) => {
  const rows = await rowsOf({
    ...range,
    type,
    dimensions: LEGACY_TYPES[type]?.dimensions,
    metrics: ["impressions", "sales14d"],
  });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows[0]).toMatchObject({
    orderId: expect.any(String),
    lineItemId: expect.any(String),
    sales14d: expect.any(Number),
  });
});

test("CSV is a table with a header", async () => {
  const created = await create({ ...range, format: "CSV", metrics: ["impressions"] });
  const got = await ava.get(`/accounts/${advertiserId}/dsp/reports/${created.json.reportId}`, {
    accept: "application/vnd.dspgetreports.v3+json",
  });
  const text = await (await fetch(got.json.location)).text();
  expect(text.split("\n")[0]).toContain("orderId");
});

const WRONG: [number, string, object][] = [
  [400, "REQUEST_BODY_UNKNOWN_PROPERTY", { ...range, configuration: {} }],
  [422, "REQUEST_BODY_FIELD_INVALID_METRICS", { ...range, metrics: ["wins"] }],
  [422, "REQUEST_BODY_FIELD_INVALID_METRICS", { ...range, metrics: ["orderName"] }],
  [422, "REQUEST_BODY_FIELD_INVALID_DIMENSIONS", { ...range, dimensions: ["SITE"] }],
  [422, "REQUEST_BODY_FIELD_INVALID_TYPE", { ...range, type: "WEATHER" }],
  [422, "REQUEST_BODY_FIELD_INVALID_TIME_UNIT", { ...range, type: "AUDIENCE", timeUnit: "DAILY" }],
  [422, "REQUEST_BODY_FIELD_INVALID_START_DATE", { startDate: "2026-04-10", endDate: "2026-04-11" }],
  [422, "REQUEST_BODY_FIELD_INVALID_END_DATE", { startDate: "2026-06-01", endDate: "2026-07-09" }],
];

test.each(WRONG)("%i %s", async (status, errorType, body) => {
  const answer = await create(body);
  expect([answer.status, answer.json.errors[0].errorType]).toEqual([status, errorType]);
  expect(answer.headers.get("content-type")).toBe("application/vnd.dsperror.v1+json");
});

test("a wrong Accept is 406, a profile id as account 401, an unknown report 404", async () => {
  expect((await create(range, advertiserId, "application/json")).status).toBe(406);
  expect((await create(range, sandbox.control.world().advertisers[0]?.profileId)).status).toBe(401);
  const missing = await ava.get(`/accounts/${advertiserId}/dsp/reports/none`, {
    accept: "application/vnd.dspgetreports.v3+json",
  });
  expect(missing.status).toBe(404);
});
