import { getTableColumns } from "drizzle-orm";
import { expect, test } from "vitest";
import { metricColumns } from "./fact-tables";
import { sourceColumns } from "./metric";
import { addSums, isMetricId, metricIds, metricOf, metricValue, noSums } from "./metrics";
import { facts, rollupAccountDay, rollupCampaignDay } from "./tables";

const sums = (over: Partial<ReturnType<typeof noSums>>) => ({ ...noSums(), ...over });

test("a ratio over two days is the ratio of the sums, not the mean of the days", () => {
  const quiet = sums({ clicks: 1n, impressions: 10n });
  const busy = sums({ clicks: 1n, impressions: 990n });
  expect(metricValue("ctr", addSums(quiet, busy))).toBe(2 / 1000);
});

test("money ratios are rounded to the micro, half away from zero", () => {
  expect(metricValue("cpm", sums({ totalCost: 1n, impressions: 2000n }))).toBe("1");
  expect(metricValue("cpc", sums({ totalCost: 10_000_000n, clicks: 3n }))).toBe("3333333");
  expect(metricValue("cpc", sums({ totalCost: -5n, clicks: 2n }))).toBe("-3");
});

test("money beyond 2^53 micros keeps its last micro", () => {
  expect(metricValue("spend", sums({ totalCost: 9_007_199_254_740_993n }))).toBe("9007199254740993");
});

test("a ratio without a base is nothing, not zero", () => {
  expect(metricValue("roas", noSums())).toBeNull();
  expect(metricValue("impressions", noSums())).toBe(0);
});

test("every metric says what it is and reads a column that is stored", () => {
  for (const id of metricIds) {
    const { definition, label, source } = metricOf(id);
    expect(definition.endsWith("."), id).toBe(true);
    expect(label, id).not.toBe("");
    for (const column of typeof source === "string" ? [source] : [source.over, source.under]) {
      expect(sourceColumns, id).toContain(column);
    }
  }
});

test("the stored columns and the dictionary's are the same, in the same order", () => {
  expect(Object.keys(metricColumns())).toEqual([...sourceColumns]);
  for (const table of [facts, rollupCampaignDay, rollupAccountDay]) {
    expect(Object.keys(getTableColumns(table))).toEqual(expect.arrayContaining([...sourceColumns]));
  }
});

test("only ids of the dictionary are metrics", () => {
  expect(["roas", "constructor", "toString", ""].map(isMetricId)).toEqual([true, false, false, false]);
});
