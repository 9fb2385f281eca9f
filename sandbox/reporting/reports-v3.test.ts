import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningSandbox } from "../index";
import { aClient, aSandbox, CREATE_TYPE, NOW, reportBody, type TestClient } from "../test-client";

let sandbox: RunningSandbox;
let ava: TestClient;
let advertiserId: string;
let headers: Record<string, string>;
beforeAll(async () => {
  sandbox = await aSandbox();
  // Days pass in these tests; the token is to outlive them.
  sandbox.control.settings.set({ accessTokenSeconds: 1e7 });
  ava = await aClient(sandbox);
  const advertiser = sandbox.control.world().advertisers[0];
  advertiserId = advertiser?.advertiserId ?? "";
  headers = { "amazon-advertising-api-scope": advertiser?.profileId ?? "", "content-type": CREATE_TYPE };
});
afterAll(() => sandbox.close());

const ask = (change: object = {}) => ({
  advertiserId,
  startDate: "2026-07-01",
  endDate: "2026-07-07",
  groupBy: ["campaign"],
  columns: ["date", "orderId", "impressions", "totalCost"],
  ...change,
});

const create = (body: unknown, more: Record<string, string> = {}) =>
  ava.post("/reporting/reports", body, { ...headers, ...more });

function bodyWith(configuration: object, change: object = {}) {
  const body = reportBody(ask());
  return { ...body, ...change, configuration: { ...body.configuration, ...configuration } };
}

test("a report goes from PENDING through PROCESSING to a file behind a signed URL", async () => {
  sandbox.control.settings.set({ reportDelaySeconds: 600 });
  const created = await create({ ...reportBody(ask()), name: "life" });
  expect(created.status).toBe(200);
  expect(created.json).toMatchObject({
    name: "life",
    status: "PENDING",
    startDate: "2026-07-01",
    configuration: { reportTypeId: "dspCampaign" },
    createdAt: NOW,
    generatedAt: null,
    fileSize: null,
    url: null,
    urlExpiresAt: null,
    failureReason: null,
  });
  const poll = () => ava.get(`/reporting/reports/${created.json.reportId}`);
  expect((await poll()).json.status).toBe("PENDING");
  sandbox.control.clock.set({ advanceSeconds: 300 });
  expect((await poll()).json.status).toBe("PROCESSING");
  sandbox.control.clock.set({ advanceSeconds: 300 });
  const done = await poll();
  sandbox.control.settings.set({ reportDelaySeconds: 0 });
  expect(done.json).toMatchObject({ status: "COMPLETED", generatedAt: "2026-07-10T15:10:00.000Z" });
  const file = await fetch(done.json.url);
  expect((await file.arrayBuffer()).byteLength).toBe(done.json.fileSize);
  sandbox.control.clock.set({ advanceSeconds: 3600 });
  const expired = await fetch(done.json.url);
  expect([expired.status, await expired.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
  expect((await fetch((await poll()).json.url)).status).toBe(200);
  expect((await fetch(done.json.url.replace("Signature=", "Signature=0"))).status).toBe(403);
  sandbox.control.clock.set({ now: NOW });
});

test("an identical request is answered 425 with the first report's id, until the window has passed", async () => {
  const body = reportBody(ask({ endDate: "2026-07-06" }));
  const first = await create(body);
  const again = await create({ ...body, name: "other name" });
  expect([again.status, again.json]).toEqual([
    425,
    { code: "425", detail: `The Request is a duplicate of : ${first.json.reportId}` },
  ]);
  expect((await create(reportBody(ask({ endDate: "2026-07-05" })))).status).toBe(200);
  sandbox.control.clock.set({ advanceSeconds: 901 });
  expect((await create(body)).status).toBe(200);
  sandbox.control.clock.set({ now: NOW });
  const creates = sandbox.control.calls.reportCreates();
  expect(creates[`${advertiserId} dspCampaign 2026-07-01..2026-07-06 campaign`]).toBe(2);
});

test("a pending report can be cancelled, a finished one cannot", async () => {
  sandbox.control.settings.set({ reportDelaySeconds: 600 });
  const created = await create(reportBody(ask({ startDate: "2026-06-30" })));
  const path = `/reporting/reports/${created.json.reportId}`;
  const remove = () =>
    fetch(sandbox.urls.NA + path, {
      method: "DELETE",
      headers: { authorization: `Bearer ${ava.accessToken}`, "amazon-advertising-api-clientid": sandbox.clientId },
    });
  expect((await remove()).status).toBe(200);
  expect((await ava.get(path)).status).toBe(404);
  sandbox.control.settings.set({ reportDelaySeconds: 0 });
  const finished = await create(reportBody(ask({ startDate: "2026-06-30" })));
  const done = await ava.get(`/reporting/reports/${finished.json.reportId}`);
  expect(done.json.status).toBe("COMPLETED");
});

const WRONG: [string, () => unknown][] = [
  ["not JSON", () => "{"],
  ["an unknown field", () => ({ ...reportBody(ask()), colour: "red" })],
  ["an unknown report type", () => bodyWith({ reportTypeId: "dspWeather" })],
  ["another ad product", () => bodyWith({ adProduct: "SPONSORED_PRODUCTS" })],
  ["a groupBy of another type", () => bodyWith({ groupBy: ["site"] })],
  ["no groupBy", () => bodyWith({ groupBy: [] })],
  ["a column in the wrong case", () => bodyWith({ columns: ["ecpm"] })],
  ["a column of another groupBy", () => bodyWith({ columns: ["creativeId"] })],
  ["no columns", () => bodyWith({ columns: [] })],
  ["a wrong time unit", () => bodyWith({ timeUnit: "HOURLY" })],
  ["date in a summary", () => bodyWith({ timeUnit: "SUMMARY" })],
  ["an interval in a daily report", () => bodyWith({ columns: ["intervalStart"] })],
  ["CSV", () => bodyWith({ format: "CSV" })],
  ["no filters", () => bodyWith({ filters: [] })],
  ["too many advertisers", () => bodyWith({ filters: [{ field: "advertiserId", values: Array(101).fill("1") }] })],
  ["a span of 32 days", () => bodyWith({}, { startDate: "2026-06-01", endDate: "2026-07-03" })],
  ["an end before the start", () => bodyWith({}, { startDate: "2026-07-03", endDate: "2026-07-02" })],
  ["a start 96 days back", () => bodyWith({}, { startDate: "2026-04-05", endDate: "2026-04-06" })],
  ["a date that does not exist", () => bodyWith({}, { startDate: "2026-06-31" })],
  ["inventory without supply source or site", () => bodyWith({ reportTypeId: "dspInventory", groupBy: ["deal"] })],
];

test.each(WRONG)("%s is refused with a code and a detail", async (_name, body) => {
  const answer = await create(body());
  expect([answer.status, answer.json]).toEqual([400, { code: "400", detail: expect.any(String) }]);
});

test("the oldest and longest range that is allowed is allowed", async () => {
  const answer = await create(bodyWith({}, { startDate: "2026-04-06", endDate: "2026-05-07" }));
  expect(answer.status).toBe(200);
});

test("exactly one of Scope and account must be sent, and the media type must be right", async () => {
  const body = bodyWith({ columns: ["date", "clicks"] });
  expect((await create(body, { "amazon-ads-accountid": advertiserId })).status).toBe(400);
  expect((await create(body, { "content-type": "application/json" })).status).toBe(415);
  const bare = await ava.post("/reporting/reports", body, { "content-type": CREATE_TYPE });
  expect([bare.status, bare.json]).toEqual([401, { code: "401", detail: "Scope header is missing" }]);
  const stranger = await create(bodyWith({ filters: [{ field: "advertiserId", values: ["1"] }] }));
  expect([stranger.status, stranger.json.detail]).toEqual([401, "No matching advertiser found for scope"]);
});

test("a user without report rights sees the advertiser and is refused its reports", async () => {
  const chloe = await aClient(sandbox, "Chloe");
  const german = sandbox.control.world().advertisers[2];
  const response = await fetch(`${sandbox.urls.EU}/reporting/reports`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${chloe.accessToken}`,
      "amazon-advertising-api-clientid": sandbox.clientId,
      "amazon-ads-accountid": german?.advertiserId ?? "",
      "content-type": CREATE_TYPE,
    },
    body: JSON.stringify(reportBody({ ...ask(), advertiserId: german?.advertiserId ?? "" })),
  });
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({
    code: "401",
    detail: `Not authorized to access reports of advertiser ${german?.advertiserId}`,
  });
});

test("another user's report, and a report of another region, are not found", async () => {
  const created = await create(reportBody(ask({ startDate: "2026-06-29" })));
  const path = `/reporting/reports/${created.json.reportId}`;
  const chloe = await aClient(sandbox, "Chloe");
  expect((await chloe.get(path)).status).toBe(404);
  expect((await ava.get(path, {}, "EU")).status).toBe(404);
});
