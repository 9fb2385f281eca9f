import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aWorld } from "../../tests/api/samples";
import { aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import type { Row, RowBatch } from "../amazon";
import { type ListQuery, wholeList } from "../core/query";
import type { Membership } from "../workspace";
import { getAgencyDashboard } from "./agency-dashboard";
import { getBrandDashboard } from "./brand-dashboard";
import { listExplanations } from "./explain-change";
import { ensureMonths } from "./fact-store";
import { fillGap } from "./fill-gap";
import { listBreakdowns } from "./list-breakdowns";
import { listReach } from "./list-reach";
import { listReportCoverage } from "./report-coverage";
import { type ReportType, type ReportTypeId, reportTypes } from "./report-types";
import { storeReportRows } from "./store-report-rows";

const { db } = testDatabase();
const clock = aClock("2026-11-20T17:00:00Z");
const source = aSource(db, { clock });
const range = "2026-11-01..2026-11-10";
const campaign = "590000000000000001";
const other = "9007199254740993123";

const asked = (values: Record<string, string>): ListQuery => ({
  ...wholeList(),
  filters: Object.entries({ range, ...values }).map(([field, value]) => ({
    field,
    operator: "eq" as const,
    values: [value],
  })),
});

async function* oneBatch(rows: Row[]): AsyncGenerator<RowBatch> {
  yield { rows, rejected: [] };
}

async function aBrandWithReports(memberships?: (brandId: string) => Membership[]) {
  const agencyId = await anAgency(db);
  const records = await aWorld(db, agencyId, `w${randomUUID().slice(0, 8)}`);
  const { accounts: accountId = "", brands: brandId = "" } = records;
  const ctx = aCtx(source, agencyId, { memberships: memberships?.(brandId) ?? asOwner });
  const owner = aCtx(source, agencyId, { memberships: asOwner });
  /** Rows as Amazon sends them, for days of November unless said otherwise. */
  const store = async (id: ReportTypeId, rows: Row[], days = { from: "2026-11-01", to: "2026-11-10" }) => {
    const type: ReportType = reportTypes[id];
    const run = { id: randomUUID(), accountId, range: days, currency: "USD", dialect: "v3" as const };
    await owner.tx((tx) => ensureMonths(tx, days.from, days.to));
    return owner.tx((tx) => storeReportRows(tx, { type, run: { ...run, observedAt: clock() } }, oneBatch(rows)));
  };
  const split = async (dimension: string, values: Record<string, string> = { brandId }) =>
    (await ctx.tx((tx) => listBreakdowns(tx, asked({ dimension, ...values })))).items[0];
  return { ctx, agencyId, accountId, brandId, store, split };
}

const on = (day: number, orderId: string, values: Row): Row => ({
  date: `2026-11-${String(day).padStart(2, "0")}`,
  orderId,
  orderCurrency: "USD",
  ...values,
});

const delivered = (day: number, orderId: string, values: Row): Row =>
  on(day, orderId, { lineItemId: "1", creativeId: "1", ...values });

test("a brand's spend by city: the rows, their shares and ratios, and how much of the campaign's spend they cover", async () => {
  const { store, split } = await aBrandWithReports();
  await store("campaign", [
    delivered(1, campaign, { totalCost: 80, impressions: 1000 }),
    delivered(2, other, { totalCost: 20 }),
  ]);
  const place = (region: string, city: string) => ({ country: "US", region, city, postalCode: null, dmaCode: "" });
  const { rowsRejected } = (await store("geo", [
    on(1, campaign, { ...place("New York", "Springfield"), totalCost: "40.10", impressions: 400, clicks: 4 }),
    on(2, campaign, { ...place("New York", "Springfield"), totalCost: 9.9, impressions: 600, clicks: 16 }),
    on(2, other, { ...place("Illinois", "Springfield"), totalCost: 25, impressions: 100 }),
    on(3, campaign, { ...place("", ""), totalCost: 15, impressions: 50 }),
  ])) ?? { rowsRejected: -1 };
  expect(rowsRejected).toBe(0);
  const found = await split("city");
  expect(found?.rows.map(({ label, where, share }) => [label, where, share])).toEqual([
    ["Springfield", ["US", "New York"], 50 / 90],
    ["Springfield", ["US", "Illinois"], 25 / 90],
    ["", ["US"], 15 / 90],
  ]);
  expect(found?.rows[0]?.values).toMatchObject({ spend: "50000000", ctr: 20 / 1000, cpm: "50000000" });
  expect(found).toMatchObject({ covered: 0.9, rest: null, total: { spend: "90000000" }, known: { days: 10, of: 10 } });
  expect((await split("region"))?.rows.map(({ label }) => label)).toEqual(["New York", "Illinois", ""]);
});

test("a campaign's own breakdown has its rows alone, through its own spend; a huge id stays itself", async () => {
  const { store, split, accountId } = await aBrandWithReports();
  await store("campaign", [delivered(1, campaign, { totalCost: 50 }), delivered(1, other, { totalCost: 10 })]);
  await store("inventory", [
    on(1, campaign, { supplySource: "Twitch", site: "twitch.tv", totalCost: 50 }),
    on(1, other, { supplySource: "Twitch", site: "twitch.tv", totalCost: 10 }),
  ]);
  for (const [id, spend] of [
    [campaign, "50000000"],
    [other, "10000000"],
  ] as const) {
    const own = await split("supplySource", { campaignId: `${accountId}:${id}` });
    expect(own).toMatchObject({ covered: 1, total: { spend }, rows: [{ label: "Twitch", share: 1 }] });
  }
});

test("two hundred values are listed; the rest closes the sum", async () => {
  const { store, split } = await aBrandWithReports();
  const rows = Array.from({ length: 240 }, (_, index) =>
    on(1, campaign, { supplySource: "Open", site: `site-${index}.example`, totalCost: index + 1, impressions: 10 }),
  );
  await store("inventory", rows);
  const found = await split("site");
  expect(found?.rows).toHaveLength(200);
  expect(found?.rows[0]).toMatchObject({ label: "site-239.example", where: ["Open"] });
  expect(found?.rest).toMatchObject({ rows: 40, values: { spend: `${(40 * 41) / 2}000000`, impressions: 400 } });
  const listed = found?.rows.reduce((sum, { values }) => sum + BigInt(String(values.spend)), 0n) ?? 0n;
  expect(String(listed + BigInt(String(found?.rest?.values.spend)))).toBe(found?.total.spend);
});

test("a product has Amazon's name and its ASIN, and no cost: what is not reported is not zero", async () => {
  const { store, split } = await aBrandWithReports();
  const asin = { asin: "B0TMK00001", featuredAsin: "B0TMK00001", conversionType: "Promoted" };
  await store("campaign", [delivered(1, campaign, { sales: 100 })]);
  await store("product", [
    on(1, campaign, { ...asin, productName: "Classic, 1 kg", sales: 40.5, clicks: 3, impressions: 30 }),
  ]);
  const found = await split("product");
  expect(found?.rows).toMatchObject([
    { label: "Classic, 1 kg", code: "B0TMK00001", values: { sales: "40500000", ctr: 0.1 } },
  ]);
  expect(found).toMatchObject({ by: "sales", covered: 0.405 });
  expect(found?.rows[0]?.values).not.toHaveProperty("spend");
});

test("money is hidden from who may not see it, and orders nothing", async () => {
  const { store, split } = await aBrandWithReports((brandId) => [
    { brandId, role: "custom", permissions: ["brands.read", "campaigns.read", "insights.read"] },
  ]);
  await store("inventory", [
    on(1, campaign, { supplySource: "Dear", site: "a", totalCost: 99, impressions: 1 }),
    on(1, campaign, { supplySource: "Cheap", site: "b", totalCost: 1, impressions: 99 }),
  ]);
  const found = await split("supplySource");
  expect(found).toMatchObject({ by: "impressions", hidden: ["money"], total: { spend: null, impressions: 100 } });
  expect(found?.rows.map(({ label, share, values }) => [label, share, values.spend, values.cpm])).toEqual([
    ["Cheap", 0.99, null, null],
    ["Dear", 0.01, null, null],
  ]);
});

test("money stays hidden where the account's currency is another by now, alone and in a sum with others", async () => {
  const { agencyId, accountId, brandId, store } = await aBrandWithReports();
  const { brands: open = "" } = await aWorld(db, agencyId, `o${randomUUID().slice(0, 8)}`);
  await store("campaign", [delivered(1, campaign, { totalCost: 80, impressions: 1000 })]);
  await store("inventory", [on(1, campaign, { supplySource: "Dear", site: "a", totalCost: 99, impressions: 1 })]);
  const memberships: Membership[] = [
    { brandId, role: "custom", permissions: ["brands.read", "campaigns.read", "insights.read"] },
    { brandId: open, role: "client" },
  ];
  await aCtx(source, agencyId, { memberships }).tx(async (tx) => {
    await tx.sql`update accounts set currency = 'EUR' where id = ${accountId}`;
    for (const of of [{ brandId }, {}] as Record<string, string>[]) {
      const split = (await listBreakdowns(tx, asked({ dimension: "supplySource", ...of }))).items;
      expect(split.find(({ currency }) => currency === "USD")).toMatchObject({
        hidden: ["money"],
        total: { spend: null },
      });
      expect((await listExplanations(tx, asked({ metric: "spend", ...of }))).items).toEqual([]);
    }
    for (const { sections } of [
      await getAgencyDashboard(tx, { range }),
      await getBrandDashboard(tx, brandId, { range }),
    ]) {
      expect(sections.find(({ currency }) => currency === "USD")).toMatchObject({ hidden: ["money"] });
    }
    const seen = await getBrandDashboard(tx, open, { range });
    expect(seen.sections).toMatchObject([{ currency: "USD", hidden: [] }]);
  });
});

test("a dimension nobody knows, and a campaign where the report names none, are refused by their fields", async () => {
  const { split, accountId } = await aBrandWithReports();
  await expect(split("weather")).rejects.toMatchObject({ fields: { dimension: expect.stringContaining("city") } });
  await expect(split("path", { campaignId: `${accountId}:${campaign}` })).rejects.toMatchObject({
    fields: { campaignId: expect.stringContaining("leave it out") },
  });
});

test("content without days is of whole months, and a younger answer takes the older one's place", async () => {
  const { ctx, store, split, brandId } = await aBrandWithReports();
  const november = { from: "2026-11-01", to: "2026-11-19" };
  const film = (impressions: number) => ({
    intervalStart: "2026-11-01",
    orderId: campaign,
    supplySourceId: 103,
    contentTitle: "The Long Shore",
    contentType: "TV Show",
    impressions,
  });
  await store("audioAndVideo", [film(700)], november);
  await store("audioAndVideo", [film(900)], { from: "2026-11-01", to: "2026-11-20" });
  const found = await split("content");
  expect(found?.days).toEqual({ from: "2026-11-01", to: "2026-11-20" });
  expect(found?.rows).toMatchObject([{ label: "The Long Shore", where: ["TV Show"], values: { impressions: 900 } }]);
  await store("reachFrequency", [{ intervalStart: "2026-11-01", reach: "120000", frequencyAverage: 3.41 }], november);
  const { items } = await ctx.tx((tx) => listReach(tx, asked({ brandId })));
  expect(items).toMatchObject([{ from: "2026-11-01", to: "2026-11-20", reach: 120_000, frequency: 3.41 }]);
});

test("a path's sales come from the advertiser's own report, in whole months", async () => {
  const { store, split } = await aBrandWithReports();
  await store("conversionPath", [
    { startDate: "2026-11-01", brandName: "Harbor", simplifiedPath: "ADSP Display > SP", sales: 30, purchases: 2 },
    { startDate: "2026-11-01", brandName: "Harbor", simplifiedPath: "ADSP Display", sales: 70, purchases: 9 },
  ]);
  expect((await split("path"))?.rows.map(({ label, share }) => [label, share])).toEqual([
    ["ADSP Display", 0.7],
    ["ADSP Display > SP", 0.3],
  ]);
});

test("audiences, devices and bid rules are kept as they are sent, odd fields and all", async () => {
  const { ctx, store, split } = await aBrandWithReports();
  await store("audience", [
    on(1, campaign, {
      segmentId: 400000000071,
      targetingMethod: "Include",
      segmentName: 'IM - "Coffee"\t& Tea',
      impressions: "9",
    }),
    on(1, campaign, { segmentId: "400000000072", targetingMethod: "Include", impressions: 1 }),
  ]);
  expect((await split("audience"))?.rows.map(({ label, code }) => [label, code])).toEqual([
    ['IM - "Coffee"\t& Tea', "400000000071"],
    ["400000000072", null],
  ]);
  await store("tech", [
    on(2, other, { deviceName: "Phone", operatingSystemName: "iOS", impressions: 5, newColumn: {} }),
  ]);
  expect((await split("device"))?.rows).toMatchObject([{ label: "Phone", values: { impressions: 5 } }]);
  const rule = { lineItemId: other, bidAdjustmentRuleId: "BR-1", bidAdjustmentMatchedTerms: "hour=18..22" };
  const { date, orderId } = on(3, other, {}) as { date: string; orderId: string };
  const counts = await store("bidAdjustment", [
    { date, orderId, ...rule, bids: 12, winRate: 0.25, bidAdjustment: 1.25 },
    { date, orderId, ...rule, bids: 1.5 },
  ]);
  expect(counts).toMatchObject({ rowsRead: 2, rowsChanged: 1, rowsRejected: 1 });
  const [kept] = await ctx.tx((tx) => tx.sql`select ad_group_id, extra from facts where report_type = 'bidAdjustment'`);
  expect(kept).toMatchObject({ ad_group_id: other, extra: { bids: 12, winRate: 0.25 } });
});

test("the days of each report say what is final, what may change, what is missing and what cannot come any more", async () => {
  const { ctx, accountId, store } = await aBrandWithReports();
  const coverage = async (type: string) =>
    (await ctx.tx((tx) => listReportCoverage(tx, asked({ accountId, type })))).items[0];
  expect(await coverage("geo")).toMatchObject({ state: "waiting", days: { known: 0, kept: 94 } });
  await store("campaign", [], { from: "2026-08-10", to: "2026-11-19" });
  await store("geo", [on(1, campaign, { country: "US", impressions: 1 })], { from: "2026-09-01", to: "2026-11-17" });
  const found = await coverage("geo");
  expect(found?.spans.map(({ from, to, state }) => [from, to, state])).toEqual([
    ["2026-08-10", "2026-08-17", "lost"],
    ["2026-08-18", "2026-08-31", "missing"],
    ["2026-09-01", "2026-10-09", "final"],
    ["2026-10-10", "2026-11-17", "settling"],
    ["2026-11-18", "2026-11-19", "missing"],
  ]);
  expect(found).toMatchObject({ state: "gaps", days: { known: 78, kept: 94 } });
  const id = `${accountId}:geo`;
  expect(await fillGap(ctx, { id, from: "2026-08-01", to: "2026-08-31" })).toEqual({ started: 1 });
  expect(await fillGap(ctx, { id, from: "2026-08-01", to: "2026-08-31" })).toEqual({ started: 0 });
  expect((await coverage("geo"))?.spans[1]).toMatchObject({ from: "2026-08-18", to: "2026-08-31", state: "coming" });
  await expect(fillGap(ctx, { id, from: "2026-08-01", to: "2026-08-17" })).rejects.toMatchObject({
    code: "precondition",
    message: expect.stringContaining("Amazon keeps this report from 2026-08-18 on"),
  });
  await expect(fillGap(ctx, { id, from: "2026-11-05", to: "2026-11-01" })).rejects.toMatchObject({
    fields: { to: expect.any(String) },
  });
  expect((await ctx.tx((tx) => listReportCoverage(tx, asked({ accountId })))).total).toBe(
    Object.keys(reportTypes).length,
  );
});

test("by weekday: from Monday, with how many of each there were, and the week adds up to the whole", async () => {
  const { store, split } = await aBrandWithReports();
  await store("campaign", [
    delivered(1, campaign, { totalCost: 7, impressions: 100, clicks: 1 }),
    delivered(2, campaign, { totalCost: 10, impressions: 100, clicks: 3 }),
    delivered(9, other, { totalCost: 30, impressions: 300, clicks: 1 }),
    delivered(10, campaign, { totalCost: 3, impressions: 100 }),
  ]);
  const week = await split("weekday");
  expect(week?.rows.map(({ label, share, values: { spend, ctr } }) => [label, share, spend, ctr])).toEqual([
    ["Monday, 2 days", 0.8, "40000000", 0.01],
    ["Tuesday, 1 day", 0.06, "3000000", 0],
    ["Sunday, 1 day", 0.14, "7000000", 0.01],
  ]);
  expect([week?.covered, week?.total.spend]).toEqual([1, "50000000"]);
});
