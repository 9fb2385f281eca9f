import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ReportOwner, ReportQuestion, ReportStatus, ReportTransport, RowBatch } from "../../server/amazon";
import { caught, type SandboxAmazon, startSandboxAmazon } from "./sandbox-amazon";

let local: SandboxAmazon;
let accessToken: string;
let owner: ReportOwner & { kind: "advertiser" };
let entity: ReportOwner;
beforeAll(async () => {
  local = await startSandboxAmazon({ anchor: "2026-07-01" });
  local.sandbox.control.clock.set({ now: "2026-07-15T12:10:00Z", frozen: true });
  accessToken = await local.signIn("Ava");
  const [first, second] = local.world.advertisers;
  const advertiserId = first?.advertiserId ?? "";
  owner = { kind: "advertiser", advertiserId };
  entity = {
    kind: "entity",
    profileId: first?.profileId ?? "",
    entityId: first?.entityId ?? "",
    advertiserIds: [advertiserId, second?.advertiserId ?? ""],
  };
});
afterEach(() => local.sandbox.control.faults.clear());
afterAll(() => local.sandbox.close());

const range = { startDate: "2026-06-10", endDate: "2026-07-09" };
const question: ReportQuestion = {
  type: "dspCampaign",
  groupBy: ["campaign"],
  columns: [
    "date",
    "orderId",
    "orderName",
    "orderCurrency",
    "impressions",
    "clicks",
    "totalCost",
    "sales",
    "purchases",
  ],
  timeUnit: "DAILY",
  ...range,
};
const legacyQuestion: ReportQuestion = {
  type: "CAMPAIGN",
  groupBy: ["ORDER"],
  columns: ["impressions", "clickThroughs", "totalCost", "sales14d"],
  timeUnit: "DAILY",
  ...range,
};

type Ready = ReportStatus & { state: "ready" };

async function ready(transport: ReportTransport, reportOwner: ReportOwner, reportId: string): Promise<Ready> {
  for (let polls = 0; polls < 50; polls++) {
    const status = await transport.status({ region: "NA", accessToken, owner: reportOwner, reportId });
    if (status.state === "ready") return status;
    if (status.state === "failed") throw new Error(status.failureReason);
  }
  throw new Error("the report was not ready after 50 polls");
}

async function rowsOf(batches: AsyncIterable<RowBatch>) {
  const rows = [];
  for await (const batch of batches) {
    expect(batch.rejected).toEqual([]);
    rows.push(...batch.rows);
  }
  return rows;
}

const sum = (rows: Record<string, unknown>[], column: string) =>
  rows.reduce((total, row) => total + Number(row[column]), 0);
const micros = (rows: Record<string, unknown>[], column: string) =>
  rows.reduce((total, row) => total + BigInt(Math.round(Number(row[column]) * 1e6)), 0n);

async function truth(advertiserId: string): Promise<Record<string, string>> {
  const query = new URLSearchParams({ advertiserId, by: "total", ...range });
  const answer = (await (await fetch(`${local.sandbox.urls.NA}/_sandbox/truth?${query}`)).json()) as {
    total: Record<string, string>;
  };
  return answer.total;
}

test("a v3 report goes from request to rows, and its sums are the truth", async () => {
  const { v3 } = local.amazon.reporting;
  const { reportId, duplicate } = await v3.request({ region: "NA", accessToken, owner, question });
  expect(duplicate).toBe(false);
  const { url, urlExpiresAt } = await ready(v3, owner, reportId);
  expect(urlExpiresAt).toBeInstanceOf(Date);
  const rows = await rowsOf(v3.download({ region: "NA", url }));
  const total = await truth(owner.advertiserId);
  expect(sum(rows, "impressions")).toBe(Number(total.impressions));
  expect(sum(rows, "clicks")).toBe(Number(total.clicks));
  expect(micros(rows, "totalCost")).toBe(BigInt(total.totalCostMicros ?? ""));
  expect(micros(rows, "sales")).toBe(BigInt(total.salesMicros ?? ""));
  expect(rows[0]).toMatchObject({ date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), orderCurrency: "USD" });
});

test("the same request again is a duplicate of the same report", async () => {
  const { v3 } = local.amazon.reporting;
  const asked = { ...question, name: "twice" };
  const first = await v3.request({ region: "NA", accessToken, owner, question: asked });
  const second = await v3.request({ region: "NA", accessToken, owner, question: asked });
  expect(second).toEqual({ reportId: first.reportId, duplicate: true });
});

test("an entity's report over its profile holds all the advertisers that were asked for", async () => {
  const { v3 } = local.amazon.reporting;
  const asked = { ...question, columns: ["advertiserId", "impressions", "date"] };
  const { reportId } = await v3.request({ region: "NA", accessToken, owner: entity, question: asked });
  const { url } = await ready(v3, entity, reportId);
  const rows = await rowsOf(v3.download({ region: "NA", url }));
  const ids = entity.kind === "entity" ? entity.advertiserIds : [];
  expect(new Set(rows.map((row) => row.advertiserId))).toEqual(new Set(ids));
});

test("a malformed question is rejected with what Amazon says about it", async () => {
  const { v3 } = local.amazon.reporting;
  const wrong = { ...question, columns: ["noSuchColumn"] };
  const error = await caught(v3.request({ region: "NA", accessToken, owner, question: wrong }));
  expect(error).toMatchObject({ kind: "rejected", status: expect.any(Number), details: expect.stringMatching(/.+/) });
});

test("an expired address is told, and asking again gives a good one", async () => {
  const { v3 } = local.amazon.reporting;
  const { reportId } = await v3.request({ region: "NA", accessToken, owner, question: { ...question, name: "old" } });
  const before = await ready(v3, owner, reportId);
  local.sandbox.control.clock.set({ advanceSeconds: 3700 });
  expect((await caught(rowsOf(v3.download({ region: "NA", url: before.url }))))?.kind).toBe("url_expired");
  accessToken = await local.signIn("Ava");
  const after = await ready(v3, owner, reportId);
  expect((await rowsOf(v3.download({ region: "NA", url: after.url }))).length).toBeGreaterThan(0);
});

test.each([
  [{ status: 429, retryAfter: 3 }, "throttled"],
  [{ status: 504 }, "unavailable"],
  [{ drop: true }, "unavailable"],
  [{ malformed: true }, "unexpected_shape"],
])("a download under the fault %j gives no rows that are not there", async (fault, kind) => {
  const { v3 } = local.amazon.reporting;
  const asked = { ...question, name: `fault ${JSON.stringify(fault)}` };
  const { reportId } = await v3.request({ region: "NA", accessToken, owner, question: asked });
  const { url } = await ready(v3, owner, reportId);
  local.sandbox.control.faults.add({ path: new URL(url).pathname, times: 1, ...fault });
  const error = await caught(rowsOf(local.clientWith({}).reporting.v3.download({ region: "NA", url })));
  expect(error?.kind).toBe(kind);
});

test("a user without the right to reports is unauthorized", async () => {
  const forbidden = local.world.advertisers[2];
  const token = await local.signIn("Chloe", "EU");
  const notHers: ReportOwner = { kind: "advertiser", advertiserId: forbidden?.advertiserId ?? "" };
  const request = { region: "EU", accessToken: token, owner: notHers, question } as const;
  expect((await caught(local.amazon.reporting.v3.request(request)))?.kind).toBe("unauthorized");
});

test("the legacy report gives the same numbers for advertiser and entity", async () => {
  const { legacy } = local.amazon.reporting;
  const total = await truth(owner.advertiserId);
  const only: ReportOwner = entity.kind === "entity" ? { ...entity, advertiserIds: [owner.advertiserId] } : entity;
  for (const who of [owner, only]) {
    const request = { region: "NA", accessToken, owner: who, question: legacyQuestion } as const;
    const { reportId, duplicate } = await legacy.request(request);
    expect(duplicate).toBe(false);
    const { url } = await ready(legacy, who, reportId);
    const rows = await rowsOf(legacy.download({ region: "NA", url }));
    expect(sum(rows, "impressions")).toBe(Number(total.impressions));
    expect(micros(rows, "totalCost")).toBe(BigInt(total.totalCostMicros ?? ""));
  }
});

test("a legacy question with an unknown metric is rejected, naming the field", async () => {
  const { legacy } = local.amazon.reporting;
  const wrong = { ...legacyQuestion, columns: ["noSuchMetric"] };
  const error = await caught(legacy.request({ region: "NA", accessToken, owner, question: wrong }));
  expect(error).toMatchObject({ kind: "rejected", problems: [{ field: "metrics" }] });
});
