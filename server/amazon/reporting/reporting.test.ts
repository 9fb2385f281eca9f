import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { asAnswer, json, scriptedAmazon } from "../../../tests/support/scripted-amazon";
import { createLog } from "../../core/log";
import { type AmazonError, createAmazon, type ReportOwner } from "../index";

const access = { region: "NA", accessToken: "Atza|x" } as const;
const advertiser: ReportOwner = { kind: "advertiser", advertiserId: "428" };
const entity: ReportOwner = { kind: "entity", profileId: "77", entityId: "ENTITY1", advertiserIds: ["428", "429"] };
const question = {
  type: "dspCampaign",
  groupBy: ["campaign"],
  columns: ["date", "orderId", "impressions"],
  startDate: "2026-06-01",
  endDate: "2026-06-30",
  timeUnit: "DAILY",
  name: "tidemark",
} as const;
const ask = { ...access, question: { ...question, groupBy: ["campaign"], columns: [...question.columns] } };
const caught = (work: Promise<unknown>) => work.then(() => undefined).catch((error: AmazonError) => error);

async function rowsOf(rows: AsyncIterable<{ rows: unknown[] }>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const batch of rows) all.push(...batch.rows);
  return all;
}

test("v3 asks with the report media type, exactly one of scope and account, and an advertiser filter", async () => {
  const { amazon, sent } = scriptedAmazon(json({ reportId: "r-1", status: "PENDING", url: null }));
  expect(await amazon.reporting.v3.request({ ...ask, owner: advertiser })).toEqual({
    reportId: "r-1",
    duplicate: false,
  });
  await amazon.reporting.v3.request({ ...ask, owner: entity });
  const [one, many] = sent;
  expect(one?.url.href).toBe("https://api.na.example/reporting/reports");
  expect(one?.headers.get("content-type")).toBe("application/vnd.createasyncreportrequest.v3+json");
  expect(one?.headers.get("amazon-ads-accountid")).toBe("428");
  expect(one?.headers.has("amazon-advertising-api-scope")).toBe(false);
  expect(many?.headers.get("amazon-advertising-api-scope")).toBe("77");
  expect(many?.headers.has("amazon-ads-accountid")).toBe(false);
  expect(JSON.parse(many?.body ?? "")).toEqual({
    name: "tidemark",
    startDate: "2026-06-01",
    endDate: "2026-06-30",
    configuration: {
      adProduct: "DEMAND_SIDE_PLATFORM",
      reportTypeId: "dspCampaign",
      groupBy: ["campaign"],
      columns: ["date", "orderId", "impressions"],
      timeUnit: "DAILY",
      format: "GZIP_JSON",
      filters: [{ field: "advertiserId", values: ["428", "429"] }],
    },
  });
});

test("a duplicate request gives the id of the report that is already being made", async () => {
  const { amazon } = scriptedAmazon(
    json({ code: "425", detail: "The Request is a duplicate of : 0f7d-11aa_b" }, 425),
    json({ code: "425", detail: "try later" }, 425),
  );
  const request = { ...ask, owner: advertiser };
  expect(await amazon.reporting.v3.request(request)).toEqual({ reportId: "0f7d-11aa_b", duplicate: true });
  expect(await caught(amazon.reporting.v3.request(request))).toMatchObject({ kind: "rejected", amazonCode: "425" });
});

test.each([
  [{ status: "PENDING" }, { state: "waiting" }],
  [{ status: "PROCESSING" }, { state: "waiting" }],
  [{ status: "SOMETHING_NEW" }, { state: "waiting" }],
  [
    { status: "FAILED", failureReason: "too big" },
    { state: "failed", failureReason: "too big" },
  ],
  [
    { status: "FAILED", failureReason: null },
    { state: "failed", failureReason: "no reason given" },
  ],
  [
    { status: "COMPLETED", url: "https://s3.example/f", urlExpiresAt: "2026-07-01T01:00:00Z", fileSize: 12 },
    { state: "ready", url: "https://s3.example/f", urlExpiresAt: new Date("2026-07-01T01:00:00Z"), fileSize: 12 },
  ],
  [
    { status: "COMPLETED", url: "https://s3.example/f", createdAt: "2026-06-30T23:00:00.000Z" },
    { state: "ready", url: "https://s3.example/f", askedAt: new Date("2026-06-30T23:00:00Z") },
  ],
  [
    { status: "COMPLETED", url: "https://s3.example/f", urlExpiresAt: "later", fileSize: null },
    { state: "ready", url: "https://s3.example/f", urlExpiresAt: undefined, fileSize: undefined },
  ],
])("v3 status %j", async (body, expected) => {
  const { amazon, sent } = scriptedAmazon(json({ reportId: "r/1", ...body }));
  expect(await amazon.reporting.v3.status({ ...access, owner: entity, reportId: "r/1" })).toEqual(expected);
  expect(sent[0]?.url.href).toBe("https://api.na.example/reporting/reports/r%2F1");
  expect(sent[0]?.headers.get("amazon-advertising-api-scope")).toBe("77");
});

test("a finished report without an address is an unexpected shape in both dialects", async () => {
  const { amazon } = scriptedAmazon(
    json({ reportId: "r", status: "COMPLETED" }),
    json({ reportId: "r", status: "SUCCESS" }),
  );
  const reference = { ...access, owner: advertiser, reportId: "r" };
  expect((await caught(amazon.reporting.v3.status(reference)))?.kind).toBe("unexpected_shape");
  expect((await caught(amazon.reporting.legacy.status(reference)))?.kind).toBe("unexpected_shape");
});

test("the legacy dialect asks by account path and media type, without scope", async () => {
  const { amazon, sent } = scriptedAmazon(json({ reportId: "l-1", status: "IN_PROGRESS", location: null }, 202));
  const legacy = {
    ...ask,
    question: { ...ask.question, type: "CAMPAIGN", groupBy: ["ORDER"], columns: ["impressions"] },
  };
  expect(await amazon.reporting.legacy.request({ ...legacy, owner: entity })).toEqual({
    reportId: "l-1",
    duplicate: false,
  });
  await amazon.reporting.legacy.request({ ...legacy, owner: advertiser });
  expect(sent.map(({ url }) => url.pathname)).toEqual(["/accounts/ENTITY1/dsp/reports", "/accounts/428/dsp/reports"]);
  expect(sent[0]?.headers.get("accept")).toBe("application/vnd.dspcreatereports.v3+json");
  expect(sent[0]?.headers.has("amazon-advertising-api-scope")).toBe(false);
  expect(sent[0]?.headers.has("amazon-ads-accountid")).toBe(false);
  expect(JSON.parse(sent[0]?.body ?? "")).toEqual({
    type: "CAMPAIGN",
    dimensions: ["ORDER"],
    metrics: ["impressions"],
    startDate: "2026-06-01",
    endDate: "2026-06-30",
    timeUnit: "DAILY",
    format: "JSON",
    advertiserIds: ["428", "429"],
  });
});

test("legacy status speaks of the same three states", async () => {
  const expiration = Date.parse("2026-07-01T01:00:00Z");
  const { amazon, sent } = scriptedAmazon(
    json({ reportId: "l", status: "IN_PROGRESS", location: null, expiration: null }),
    json({ reportId: "l", status: "SUCCESS", location: "https://s3.example/f", expiration }),
    json({ reportId: "l", status: "FAILURE", statusDetails: "Report size too large" }),
  );
  const look = () => amazon.reporting.legacy.status({ ...access, owner: advertiser, reportId: "l" });
  expect(await look()).toEqual({ state: "waiting" });
  expect(await look()).toEqual({ state: "ready", url: "https://s3.example/f", urlExpiresAt: new Date(expiration) });
  expect(await look()).toEqual({ state: "failed", failureReason: "Report size too large" });
  expect(sent[0]?.headers.get("accept")).toBe("application/vnd.dspgetreports.v3+json");
});

const file = "https://reports.s3.amazonaws.com/f.json.gz?X-Amz-Signature=canary";
const rows = [{ orderId: "1", impressions: 5 }];

test("a report file is fetched without our token, gzip or plain, and its signature stays out of log and ledger", async () => {
  const gzip = new Response(gzipSync(JSON.stringify(rows)));
  const { amazon, sent, records, logged } = scriptedAmazon(gzip, json(rows));
  expect(await rowsOf(amazon.reporting.v3.download({ region: "NA", url: file }))).toEqual(rows);
  expect(await rowsOf(amazon.reporting.legacy.download({ region: "NA", url: file }))).toEqual(rows);
  expect(sent.map(({ headers }) => [...headers])).toEqual([[], []]);
  expect(JSON.stringify(records) + logged()).not.toContain("canary");
});

test("an expired address is told apart from a refusal", async () => {
  const expired = `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>`;
  const { amazon } = scriptedAmazon(new Response(expired, { status: 403 }), json({ message: "Forbidden" }, 403));
  const download = () => caught(rowsOf(amazon.reporting.v3.download({ region: "NA", url: file })));
  expect((await download())?.kind).toBe("url_expired");
  expect((await download())?.kind).toBe("rejected");
});

test("a gzip file that is cut short or damaged is refused", async () => {
  const whole = gzipSync(JSON.stringify(Array.from({ length: 5000 }, (_, index) => ({ index }))));
  const damaged = Buffer.from(whole);
  damaged.fill(0x55, 200, 260);
  for (const bytes of [whole.subarray(0, -20), whole.subarray(0, 1), damaged]) {
    const { amazon } = scriptedAmazon(new Response(bytes));
    const error = await caught(rowsOf(amazon.reporting.v3.download({ region: "NA", url: file })));
    expect(error?.kind).toBe("unexpected_shape");
  }
});

test("against real Amazon a report is fetched from Amazon's hosts over https only", async () => {
  const { amazon, sent } = scriptedAmazon(json(rows));
  const others = [
    "http://reports.s3.amazonaws.com/f",
    "https://169.254.169.254/f",
    "https://amazonaws.com.evil.example/f",
    "https://ec2-198-51-100-1.compute-1.amazonaws.com/f",
    "https://s3.evil.example/f",
    "https://evils3.amazonaws.com/f",
    "not an address",
  ];
  for (const url of others) {
    const error = await caught(rowsOf(amazon.reporting.v3.download({ region: "NA", url })));
    expect(error).toMatchObject({ kind: "rejected" });
  }
  expect(sent).toHaveLength(0);
  for (const host of ["r.s3.amazonaws.com", "r.s3.eu-west-1.amazonaws.com", "s3-eu-west-1.amazonaws.com"]) {
    expect(await rowsOf(amazon.reporting.v3.download({ region: "NA", url: `https://${host}/f` }))).toEqual(rows);
  }
});

test("a redirected report is followed to Amazon's hosts, and to no other", async () => {
  const to = (location: string) => new Response(null, { status: 307, headers: { location } });
  const { amazon, sent } = scriptedAmazon(to("https://r.s3.amazonaws.com/g"), json(rows), to("https://127.0.0.1/g"));
  const download = () => rowsOf(amazon.reporting.legacy.download({ region: "NA", url: file }));
  expect(await download()).toEqual(rows);
  expect(await caught(download())).toMatchObject({ kind: "rejected" });
  expect(sent.map(({ url }) => url.hostname)).toEqual([
    "reports.s3.amazonaws.com",
    "r.s3.amazonaws.com",
    "reports.s3.amazonaws.com",
  ]);
});

test("against a sandbox on plain http a report is fetched from where it says", async () => {
  const hosts = { authorizeUrl: "http://localhost/a", tokenUrl: "http://localhost/t", apiUrl: "http://localhost" };
  const amazon = createAmazon({
    clientId: "c",
    clientSecret: "s",
    hosts: { NA: hosts, EU: hosts, FE: hosts },
    clock: () => new Date(),
    log: createLog("silent"),
    send: async () => asAnswer(json(rows)),
  });
  expect(await rowsOf(amazon.reporting.v3.download({ region: "NA", url: "http://127.0.0.1:4000/f" }))).toEqual(rows);
});
