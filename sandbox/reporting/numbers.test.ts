import { afterAll, beforeAll, expect, test } from "vitest";
import type { TruthSums } from "../control/truth";
import type { RunningSandbox } from "../index";
import { aClient, aSandbox, type TestClient } from "../test-client";
import { columnsOf, columnType, REPORT_TYPES, type ReportType } from "./catalog";

let sandbox: RunningSandbox;
let ava: TestClient;
let advertiserId: string;
beforeAll(async () => {
  sandbox = await aSandbox();
  // Days pass in these tests; the token is to outlive them.
  sandbox.control.settings.set({ accessTokenSeconds: 1e7 });
  ava = await aClient(sandbox);
  advertiserId = sandbox.control.world().advertisers[0]?.advertiserId ?? "";
});
afterAll(() => sandbox.close());

const range = { startDate: "2026-07-01", endDate: "2026-07-10" };

function combinationsOf(type: ReportType): string[][] {
  if (type.combinations) return type.combinations.map((keys) => [...keys]);
  const keys = Object.keys(type.groupBy);
  const single = keys.map((key) => [...new Set([...(type.needsOneOf?.slice(0, 1) ?? []), key])]);
  return keys.length > 1 ? [...single, keys] : single;
}

const CASES = Object.values(REPORT_TYPES).flatMap((type) =>
  combinationsOf(type).flatMap((groupBy) =>
    type.timeUnits.map((timeUnit): [string, string, string[]] => [type.id, timeUnit, groupBy]),
  ),
);

test.each(CASES)(
  "%s %s grouped by %j answers with every column in its documented type",
  async (id, timeUnit, groupBy) => {
    const type = REPORT_TYPES[id] as ReportType;
    const refused = timeUnit === "DAILY" ? /^(interval|startDate|endDate)/ : /^date$/;
    const columns = [...columnsOf(type, groupBy)].filter((column) => !refused.test(column));
    const rows = await ava.report({ advertiserId, ...range, type: id, groupBy, columns, timeUnit });
    expect(rows.length).toBeGreaterThan(0);
    const wrong = new Set<string>();
    for (const row of rows) {
      if (Object.keys(row).length !== columns.length) wrong.add("columns");
      for (const column of columns) if (!fits(columnType(column), row[column])) wrong.add(`${column}=${row[column]}`);
    }
    expect([...wrong]).toEqual([]);
  },
);

function fits(type: ReturnType<typeof columnType>, value: unknown): boolean {
  if (type === "String") return typeof value === "string";
  if (type === null) return typeof value === "string" || typeof value === "number";
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  return type === "Decimal" || Number.isInteger(value);
}

const MONEY = ["totalCost", "supplyCost", "totalFee", "sales", "totalSales", "offAmazonProductSales"];
const COUNTS = [
  "impressions",
  "clicks",
  "viewableImpressions",
  "purchases",
  "totalPurchases",
  "detailPageViews",
  "unitsSold",
];

function sumsOf(rows: Record<string, string | number>[]): TruthSums {
  const sums: Record<string, bigint> = {};
  for (const row of rows) {
    for (const column of COUNTS) sums[column] = (sums[column] ?? 0n) + BigInt(row[column] ?? 0);
    for (const column of MONEY) {
      const micros = BigInt(Math.round(Number(row[column] ?? 0) * 1_000_000));
      sums[`${column}Micros`] = (sums[`${column}Micros`] ?? 0n) + micros;
    }
  }
  return Object.fromEntries(Object.entries(sums).map(([name, value]) => [name, String(value)]));
}

const GROUPINGS: [string, string[]][] = [
  ["dspCampaign", ["campaign"]],
  ["dspCampaign", ["ad"]],
  ["dspCampaign", ["creative"]],
  ["dspCampaign", ["campaign", "ad", "creative"]],
  ["dspInventory", ["site"]],
  ["dspInventory", ["supplySource", "campaign", "creative"]],
  ["dspGeo", ["country"]],
  ["dspGeo", ["order", "lineItem", "postalCode"]],
  ["dspTech", ["browserType"]],
  ["dspAudience", ["lineItem"]],
];

test.each(GROUPINGS)("%s grouped by %j sums to the truth, to the last micro", async (type, groupBy) => {
  const truth = sandbox.control.truth({ advertiserId, ...range });
  for (const timeUnit of ["DAILY", "SUMMARY"]) {
    const allowed = columnsOf(REPORT_TYPES[type] as ReportType, groupBy);
    const columns = [...COUNTS, ...MONEY].filter((column) => allowed.has(column));
    const rows = await ava.report({ advertiserId, ...range, type, groupBy, columns, timeUnit });
    const sums = sumsOf(rows);
    for (const column of columns) {
      const name = MONEY.includes(column) ? `${column}Micros` : column;
      expect([name, sums[name]]).toEqual([name, truth?.total[name]]);
    }
  }
});

test("each row of a campaign report equals the truth of its campaign and day", async () => {
  const columns = ["date", "orderId", ...COUNTS, ...MONEY];
  const rows = await ava.report({ advertiserId, ...range, groupBy: ["campaign"], columns: [...columns, "orderName"] });
  const campaignId = String(rows[0]?.orderId);
  const truth = sandbox.control.truth({ advertiserId, ...range, by: "day", campaignId });
  const own = rows.filter((row) => row.orderId === campaignId);
  expect(own).toHaveLength(10);
  for (const row of own) expect(truth?.by[String(row.date)]).toMatchObject(sumsOf([row]));
});

test("a report asked for later shows restated numbers, up to the truth 28 days on", async () => {
  const day = { startDate: "2026-07-08", endDate: "2026-07-08" };
  const sales = async () => {
    const rows = await ava.report({ advertiserId, ...day, groupBy: ["campaign"], columns: ["sales", "purchases"] });
    return rows.reduce((sum, row) => sum + Number(row.sales), 0);
  };
  sandbox.control.clock.set({ now: "2026-07-09T16:00:00Z" });
  const early = await sales();
  sandbox.control.clock.set({ advanceDays: 28 });
  const final = await sales();
  sandbox.control.clock.set({ advanceDays: 20 });
  expect(early).toBeLessThan(final);
  expect(await sales()).toBe(final);
});

test("rates and returns are computed from the sums of the row", async () => {
  const columns = ["impressions", "clicks", "totalCost", "sales", "ROAS", "eCPM", "eCPC", "clickThroughRate"];
  const now = sandbox.control.clock.read().now.slice(0, 10);
  const [row] = await ava.report({
    advertiserId,
    startDate: now.replace(/..$/, "01"),
    endDate: now,
    groupBy: ["campaign"],
    columns,
    timeUnit: "SUMMARY",
  });
  const { impressions = 0, clicks = 0, totalCost = 0, sales = 0 } = row as Record<string, number>;
  expect(row?.ROAS).toBeCloseTo(sales / totalCost, 3);
  expect(row?.eCPM).toBeCloseTo((totalCost / impressions) * 1000, 2);
  expect(row?.eCPC).toBeCloseTo(totalCost / clicks, 2);
  expect(row?.clickThroughRate).toBeCloseTo(clicks / impressions, 5);
});
