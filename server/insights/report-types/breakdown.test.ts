import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sourceColumns } from "../metric";
import { BadRow, breakdownTypes, type ReportType, reportTypes } from "./index";

interface Documented {
  base: string[];
  groupBy: Record<string, string[]>;
}
const documented = JSON.parse(
  readFileSync(new URL("../../../sandbox/data/dsp-report-columns.json", import.meta.url), "utf8"),
) as { reportTypes: Record<string, Documented> };

test.each(breakdownTypes.map((type) => [type.id, type] as const))(
  "%s asks for documented columns only, each once",
  (_id, type) => {
    const { type: name, groupBy, columns } = type.dialects.v3;
    const { base, groupBy: added } = documented.reportTypes[name] as Documented;
    const allowed = new Set([...base, ...groupBy.flatMap((key) => added[key] ?? [])]);
    expect(columns.filter((column) => !allowed.has(column))).toEqual([]);
    expect(new Set(columns).size).toBe(columns.length);
    expect(groupBy.filter((key) => !(key in added))).toEqual([]);
  },
);

const factOf = (type: ReportType, row: Record<string, unknown>) => type.toFacts(type.read(row), "USD")[0];
const value = (type: ReportType, row: Record<string, unknown>, column: (typeof sourceColumns)[number]) =>
  factOf(type, row)?.values[sourceColumns.indexOf(column)];
const order = { date: "2026-11-01", orderId: "9007199254740993123", orderCurrency: "USD" };

test("a place is known by all its parts, and an id beyond a double stays itself", () => {
  const row = {
    ...order,
    country: "US",
    region: "New York",
    city: "New York",
    postalCode: 10001,
    totalCost: "12.000001",
  };
  const fact = factOf(reportTypes.geo, row);
  expect(fact).toMatchObject({
    campaignId: "9007199254740993123",
    segment: '["US","New York","New York","10001",""]',
    extra: { city: "New York", postalCode: "10001", dmaName: "" },
  });
  expect(value(reportTypes.geo, row, "totalCost")).toBe(12_000_001);
});

test("two rows whose texts only look alike when joined have segments of their own", () => {
  const segment = (supplySource: string, site: string) =>
    factOf(reportTypes.inventory, { ...order, supplySource, site })?.segment;
  expect(segment('a","b', "c")).not.toBe(segment("a", 'b","c'));
  expect(segment("a|b", "")).not.toBe(segment("a", "b"));
});

test("a name that changes does not make another row, and what is not said is empty", () => {
  const first = factOf(reportTypes.audience, { ...order, segmentId: 400000000071, segmentName: "IM - Coffee" });
  const later = factOf(reportTypes.audience, { ...order, segmentId: "400000000071", segmentName: null });
  expect(first?.segment).toBe(later?.segment);
  expect(later?.extra).toMatchObject({ segmentName: "", segmentType: "" });
});

test("a type answers only what Amazon reports for it", () => {
  expect(reportTypes.product.metrics).not.toContain("spend");
  expect(reportTypes.product.metrics).not.toContain("roas");
  expect(reportTypes.product.metrics).toEqual(expect.arrayContaining(["sales", "ctr", "newToBrandShare"]));
  expect(reportTypes.audience.metrics).not.toContain("sales");
  expect(reportTypes.tech.metrics).not.toContain("viewability");
  expect(reportTypes.reachFrequency.metrics).toEqual([]);
});

test("reach is kept beside the columns that are added, never in them", () => {
  const fact = factOf(reportTypes.reachFrequency, {
    intervalStart: "2026-11-01",
    reach: 120_000,
    frequencyAverage: 3.41,
  });
  expect(fact).toMatchObject({
    day: "2026-11-01",
    campaignId: "",
    segment: "",
    extra: { reach: 120_000, frequencyAverage: 3.41 },
  });
  expect(new Set(fact?.values)).toEqual(new Set([0]));
});

test("sales to new customers of a path have a name of their own there", () => {
  const row = {
    startDate: "2026-11-01",
    brandName: "Harbor",
    simplifiedPath: "ADSP Display > SP",
    newToBrandSales: 8.5,
  };
  expect(value(reportTypes.conversionPath, row, "newToBrandSales")).toBe(8_500_000);
});

test.each([
  [reportTypes.geo, { ...order, date: "soon" }, "date"],
  [reportTypes.geo, { date: "2026-11-01" }, "orderId"],
  [reportTypes.geo, { ...order, orderCurrency: "EUR" }, "orderCurrency: EUR is not the account's USD"],
  [reportTypes.geo, { ...order, impressions: 1.5 }, "impressions: not a whole number"],
  [reportTypes.geo, { ...order, city: { name: "x" } }, "city: neither text nor a number"],
  [reportTypes.reachFrequency, { intervalStart: "2026-11-01", reach: "many" }, "reach: not a whole number"],
  [
    reportTypes.reachFrequency,
    { intervalStart: "2026-11-01", frequencyAverage: "often" },
    "frequencyAverage: not a number",
  ],
] as const)("%# a row that does not fit is refused by the name of its column", (type, row, reason) => {
  expect(() => factOf(type, row)).toThrow(BadRow);
  expect(() => factOf(type, row)).toThrow(reason);
});
