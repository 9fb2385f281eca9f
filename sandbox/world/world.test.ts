import { expect, test } from "vitest";
import { evaluate, sumOf } from "../reporting/sums";
import { buildWorld } from "./build-world";
import { addDays, DAY_MS, dayNumber, localDay, startOfDay } from "./calendar";
import { leafDay, seenAt } from "./leaf-day";
import { emptyValues, M, MEASURES, type Measure } from "./measures";
import type { Leaf, World } from "./types";

const options = { seed: 7, brands: 3, campaigns: 12, months: 13, anchor: "2026-07-01" };
const world = buildWorld(options);
const leaves = [...world.leaves.values()].flat();

function valueOn(leaf: Leaf, day: string, asOf: number): Float64Array {
  const values = emptyValues();
  leafDay(leaf, seenAt(day, leaf.adGroup.campaign.advertiser.timezone, asOf), values);
  return values;
}

const numbers = (of: World, day: string, asOf: number) =>
  [...of.leaves.values()].flat().map((leaf) => [...valueOn(leaf, day, asOf)]);

test("the same seed makes the same world and numbers, another seed another", () => {
  const asOf = Date.parse("2026-06-20T10:00:00Z");
  expect(buildWorld(options)).toEqual(world);
  expect(numbers(buildWorld(options), "2026-06-11", asOf)).toEqual(numbers(world, "2026-06-11", asOf));
  expect(numbers(buildWorld({ ...options, seed: 8 }), "2026-06-11", asOf)).not.toEqual(
    numbers(world, "2026-06-11", asOf),
  );
});

test("the default world has 3 brands in two regions, 12 campaigns, and 13 months behind it", () => {
  expect(world.advertisers.map(({ region, currency, timezone }) => [region, currency, timezone])).toEqual([
    ["NA", "USD", "America/New_York"],
    ["NA", "USD", "America/Los_Angeles"],
    ["EU", "EUR", "Europe/Berlin"],
  ]);
  expect(world.campaigns).toHaveLength(12);
  expect(world.campaigns.map((campaign) => campaign.startDay).sort()[0]).toBe("2025-06-01");
  const ids = [
    ...world.campaigns.map((c) => c.campaignId),
    ...world.adGroups.map((g) => g.adGroupId),
    ...world.ads.map((a) => a.adId),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});

test("a world of 50 brands has 50 advertisers with ids of their own", () => {
  const large = buildWorld({ ...options, brands: 50, campaigns: 400 });
  expect(new Set(large.advertisers.map((advertiser) => advertiser.advertiserId)).size).toBe(50);
  expect(large.campaigns).toHaveLength(400);
});

test("a day's numbers only grow, are not final on the day after, and are final after 28 days", () => {
  const day = "2026-05-20";
  const shrunk: string[] = [];
  for (const leaf of leaves) {
    const start = startOfDay(day, leaf.adGroup.campaign.advertiser.timezone);
    let before = emptyValues();
    for (let hours = 0; hours <= 28 * 24; hours += 6) {
      const now = valueOn(leaf, day, start + hours * 3_600_000);
      shrunk.push(...MEASURES.filter((measure) => (now[M[measure]] ?? 0) < (before[M[measure]] ?? 0)));
      before = now;
    }
    expect([...valueOn(leaf, day, start + 400 * DAY_MS)]).toEqual([...before]);
  }
  expect(shrunk).toEqual([]);
  const total = (measure: Measure, days: number) =>
    leaves.reduce((sum, leaf) => {
      const start = startOfDay(day, leaf.adGroup.campaign.advertiser.timezone);
      return sum + (valueOn(leaf, day, start + days * DAY_MS)[M[measure]] ?? 0);
    }, 0);
  expect(total("purchasesViews", 1)).toBeLessThan(total("purchasesViews", 27));
  expect(total("sales", 1)).toBeLessThan(total("sales", 28));
  expect(total("impressions", 1)).toBeLessThan(total("impressions", 3));
  expect(total("impressions", 3)).toBe(total("impressions", 28));
});

test("numbers fit together at every age", () => {
  const get = (values: Float64Array, column: string) => {
    const sum = sumOf(column);
    return sum ? evaluate(sum, values) : Number.NaN;
  };
  const wrong: string[] = [];
  const check = (holds: boolean, what: string) => {
    if (!holds) wrong.push(what);
  };
  for (let day = "2026-05-25"; day <= "2026-06-20"; day = addDays(day, 1)) {
    for (const leaf of leaves) {
      const values = valueOn(leaf, day, Date.parse("2026-06-20T14:00:00Z"));
      check(get(values, "clicks") <= get(values, "impressions"), `clicks ${day}`);
      check(get(values, "viewableImpressions") <= get(values, "measurableImpressions"), `viewable ${day}`);
      check(get(values, "measurableImpressions") <= get(values, "impressions"), `measurable ${day}`);
      check(get(values, "newToBrandPurchases") <= get(values, "purchases"), `new to brand ${day}`);
      check(get(values, "newToBrandProductSales") * 100 <= get(values, "sales"), `new to brand sales ${day}`);
      check(get(values, "supplyCost") + get(values, "totalFee") === get(values, "totalCost"), `cost ${day}`);
      check(
        values.every((value) => Number.isInteger(value) && value >= 0),
        `whole ${day}`,
      );
    }
  }
  expect(wrong).toEqual([]);
});

test("weekends, the year, July's event and planted anomalies show", () => {
  const sum = (day: string, only = leaves) =>
    only.reduce(
      (total, leaf) => total + (valueOn(leaf, day, Date.parse("2027-06-01T00:00:00Z"))[M.impressions] ?? 0),
      0,
    );
  const alwaysOn = leaves.filter((leaf) => leaf.adGroup.campaign.name.includes("Always On"));
  expect(sum("2026-07-09", alwaysOn)).toBeGreaterThan(1.7 * sum("2026-07-16", alwaysOn));
  expect(sum("2026-12-13", alwaysOn)).toBeGreaterThan(1.2 * sum("2026-06-14", alwaysOn));
  const campaign = alwaysOn[0]?.adGroup.campaign;
  const spike = campaign?.anomalies.find((anomaly) => anomaly.kind === "spend_spike");
  const own = alwaysOn.filter((leaf) => leaf.adGroup.campaign === campaign);
  expect(sum(spike?.day ?? "", own)).toBeGreaterThan(1.6 * sum(addDays(spike?.day ?? "2026-01-01", 7), own));
});

test("days are the zone's, also where the clock changes", () => {
  expect(new Date(startOfDay("2026-03-08", "America/New_York")).toISOString()).toBe("2026-03-08T05:00:00.000Z");
  expect(new Date(startOfDay("2026-03-09", "America/New_York")).toISOString()).toBe("2026-03-09T04:00:00.000Z");
  expect(new Date(startOfDay("2026-10-25", "Europe/Berlin")).toISOString()).toBe("2026-10-24T22:00:00.000Z");
  expect(localDay(Date.parse("2026-07-01T03:59:59Z"), "America/New_York")).toBe("2026-06-30");
  expect(dayNumber(addDays("2026-02-27", 3))).toBe(dayNumber("2026-03-02"));
});
