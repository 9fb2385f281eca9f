// Tables in another currency: each account's day by its own rate, so that their totals are those of the dashboard to the micro; what no rate
// is known for is said and in no sum; as it was paid is always there.
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { reportedAccount } from "../../tests/support/reported-account";
import { planFile } from "../api/lists/plan-file";
import { resources } from "../api/resources";
import type { ListQuery } from "../core/query";
import { wholeList } from "../core/query";
import { getBrandDashboard } from "./brand-dashboard";
import { listBreakdownRows } from "./breakdown-rows";
import { getCampaignInsights } from "./campaign-insights";
import { makeMetric } from "./change-custom-metrics";
import { listComparisons } from "./compare-campaigns";
import type { Section } from "./contract";
import { ensureMonths } from "./fact-store";
import { listBreakdowns } from "./list-breakdowns";
import { listCampaigns, listCampaignTotals } from "./list-campaigns";
import { listLevels } from "./list-levels";
import { removeRate, setRate } from "./rates";
import { reportTypes } from "./report-types";
import { storeReportRows } from "./store-report-rows";

const { db } = testDatabase();
const range = "2026-10-05..2026-10-06";
const days = ["2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06"];
const kpi = (section: Section | undefined, id: string) => section?.kpis.find((one) => one.id === id)?.value;

const asking = (values: Record<string, string | string[]>, more: Partial<ListQuery> = {}): ListQuery => ({
  ...wholeList(),
  filters: Object.entries({ range, ...values }).map(([field, value]) => ({
    field,
    operator: "eq" as const,
    values: [value].flat(),
  })),
  ...more,
});

/** Euros in three campaigns, whose thirds of a cent must not be lost, beside dollars in one. */
async function twoCurrencies() {
  const clock = aClock("2026-10-07T12:00:00Z");
  const agencyId = await anAgency(db);
  const brandId = await aBrand(db, agencyId);
  const source = aSource(db, { clock });
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const euro = await reportedAccount(ctx, { brandId, currency: "EUR", name: "Hafen" });
  const dollar = await reportedAccount(ctx, { brandId, currency: "USD", name: "Harbor" });
  const euros = days.flatMap((day) =>
    ["58", "59", "60"].map((campaign) => ({ day, campaign, clicks: 1, impressions: 10, cost: 10.000001, sales: 30.5 })),
  );
  await euro.answer("2026-10-03", "2026-10-06", euros);
  const dollars = days.map((day) => ({ day, campaign: "61", clicks: 2, impressions: 50, cost: 15, sales: 500 }));
  await dollar.answer("2026-10-03", "2026-10-06", dollars);
  const rate = (day: string, text: string) => setRate(ctx, { base: "EUR", quote: "USD", day, rate: text });
  const board = async (inCurrency?: string) =>
    (await ctx.tx((tx) => getBrandDashboard(tx, brandId, { range, inCurrency }))).sections;
  return { ctx, source, agencyId, brandId, euro, dollar, rate, board };
}

const twoRates = async ({ rate }: Pick<Awaited<ReturnType<typeof twoCurrencies>>, "rate">) => {
  await rate("2026-10-01", "1.0833333");
  await rate("2026-10-06", "1.123456789012");
};

test("campaigns, levels and their totals say what the dashboard says, to the micro, and each row what its own page says", async () => {
  const office = await twoCurrencies();
  const { ctx, board, euro } = office;
  await twoRates(office);
  const { info } = await makeMetric(ctx, { name: "Profit", formula: "sales - spend", unit: "money" });
  const [section] = await board("USD");
  const whole = ["spend", "sales", "roas", "cpm", "clicks", info.id].map((id) => kpi(section, id));
  const seen = asking({ inCurrency: "USD" });
  const totals = (await ctx.tx((tx) => listCampaignTotals(tx, seen))).items;
  expect(totals).toHaveLength(1);
  expect(totals[0]).toMatchObject({ currency: "USD", campaigns: 4, conversion: section?.conversion });
  expect(["spend", "sales", "roas", "cpm", "clicks", info.id].map((id) => totals[0]?.values[id])).toEqual(whole);
  const [brand, ...others] = (await ctx.tx((tx) => listLevels(tx, seen))).items;
  expect(others).toEqual([]);
  expect(brand?.conversion).toEqual(section?.conversion);
  expect(["spend", "sales", "roas", "cpm", "clicks", info.id].map((id) => brand?.values[id])).toEqual(whole);
  expect(brand?.previous?.spend).toBe(section?.kpis.find(({ id }) => id === "spend")?.previous);
  const trend = brand?.trend.map(({ value }) => value);
  expect(trend).toEqual(section?.days.map(({ values }) => values?.spend));

  const bySpend = { sort: { field: "spend", order: "desc" as const } };
  const { items: rows } = await ctx.tx((tx) => listCampaigns(tx, asking({ inCurrency: "USD" }, bySpend)));
  // 15 dollars of a day are more than 10 euros of any of these.
  expect(rows.map(({ campaignId }) => campaignId)).toEqual(["61", "58", "59", "60"]);
  expect(rows.map(({ currency, valuesCurrency }) => `${currency} ${valuesCurrency}`)).toEqual([
    "USD USD",
    "EUR USD",
    "EUR USD",
    "EUR USD",
  ]);
  const id = `${euro.accountId}:58`;
  const page = await ctx.tx((tx) => getCampaignInsights(tx, id, { range, inCurrency: "USD" }));
  expect(rows.find((row) => row.id === id)?.values.spend).toBe(kpi(page.section, "spend"));
  const levels = (await ctx.tx((tx) => listLevels(tx, asking({ inCurrency: "USD", level: "campaigns" })))).items;
  expect(levels.map(({ entityId, values }) => [entityId, values.spend])).toEqual(
    rows.map((row) => [row.id, row.values.spend]),
  );
});

test("as it was paid is there all the time, and what was paid in one currency can be seen in the other", async () => {
  const office = await twoCurrencies();
  const { ctx } = office;
  await twoRates(office);
  const spends = async (values: Record<string, string>) => {
    const { items } = await ctx.tx((tx) => listLevels(tx, asking(values)));
    return items.map(({ currency, values: { spend } }) => `${currency} ${spend}`).sort();
  };
  expect(await spends({})).toEqual(["EUR 60000006", "USD 30000000"]);
  expect(await spends({ currency: "EUR" })).toEqual(["EUR 60000006"]);
  // 30.000003 x 1.0833333 + 30.000003 x 1.123456789012
  expect(await spends({ currency: "EUR", inCurrency: "USD" })).toEqual(["USD 66203709"]);
  const native = await ctx.tx((tx) => listCampaignTotals(tx, asking({})));
  expect(native.items.map(({ currency, conversion }) => [currency, conversion])).toEqual([
    ["EUR", undefined],
    ["USD", undefined],
  ]);
});

test("a row with a day without a rate tells no money and why, comes last in every order of money, and keeps its counts", async () => {
  const { ctx, rate, euro } = await twoCurrencies();
  await rate("2026-10-06", "1.1");
  for (const order of ["asc", "desc"] as const) {
    const query = asking({ inCurrency: "USD" }, { sort: { field: "spend", order } });
    const { items } = await ctx.tx((tx) => listCampaigns(tx, query));
    expect(items.map(({ values }) => values.spend)).toEqual(["30000000", null, null, null]);
    const levels = (await ctx.tx((tx) => listLevels(tx, { ...query, filters: [...query.filters, level] }))).items;
    expect(levels.map(({ values }) => values.spend)).toEqual(["30000000", null, null, null]);
    expect(levels.at(-1)).toMatchObject({
      values: { spend: null, roas: null, clicks: 2 },
      conversion: { missingDays: 1, missing: { day: "2026-10-05", until: "2026-10-05", currency: "EUR" } },
      trend: [{ value: null }, { value: "11000001" }],
    });
  }
  const [total] = (await ctx.tx((tx) => listCampaignTotals(tx, asking({ inCurrency: "USD" })))).items;
  expect(total).toMatchObject({ values: { spend: null, clicks: 10 }, conversion: { missingDays: 1 } });
  // A rate that comes is used at once, and one that goes no longer, whatever was remembered.
  const { id } = await rate("2026-10-01", "1");
  const spend = async () =>
    (await ctx.tx((tx) => listLevels(tx, asking({ inCurrency: "USD" })))).items[0]?.values.spend;
  expect(await spend()).not.toBeNull();
  await removeRate(ctx, { id });
  expect(await spend()).toBeNull();
  const page = await ctx.tx((tx) => getCampaignInsights(tx, `${euro.accountId}:58`, { range, inCurrency: "USD" }));
  expect(page.adGroups.map(({ values }) => values.spend)).toEqual([null]);
});
const level = { field: "level", operator: "eq" as const, values: ["campaigns"] };

/** Of one account's days, what was delivered at two places. */
async function splitByPlace({ ctx, euro }: Awaited<ReturnType<typeof twoCurrencies>>) {
  const type = reportTypes.geo;
  const run = { id: randomUUID(), accountId: euro.accountId, range: { from: "2026-10-03", to: "2026-10-06" } };
  const place = (city: string) => ({ country: "DE", region: "Hamburg", city, postalCode: null, dmaCode: "" });
  const rows = days.flatMap((date) =>
    ["Altona", "Bergedorf"].map((city) => ({
      ...{ date, orderId: "58", orderCurrency: "EUR", totalCost: 15, impressions: 10, clicks: 1 },
      ...place(city),
    })),
  );
  await ctx.tx((tx) => ensureMonths(tx, "2026-10-03", "2026-10-06"));
  await ctx.tx((tx) =>
    storeReportRows(
      tx,
      { type, run: { ...run, currency: "EUR", dialect: "v3", observedAt: ctx.now() } },
      (async function* () {
        yield { rows, rejected: [] };
      })(),
    ),
  );
}

test("breakdowns are converted day by day; their weekdays add up to the dashboard; months are left as they were paid", async () => {
  const office = await twoCurrencies();
  const { ctx, brandId, board } = office;
  await twoRates(office);
  await splitByPlace(office);
  const split = async (dimension: string, more: Record<string, string> = { inCurrency: "USD" }) =>
    (await ctx.tx((tx) => listBreakdowns(tx, asking({ dimension, brandId, ...more })))).items;
  const [section] = await board("USD");
  const [weekdays, ...none] = await split("weekday");
  expect(none).toEqual([]);
  expect(weekdays).toMatchObject({ currency: "USD", covered: 1, total: { spend: kpi(section, "spend") } });
  expect(weekdays?.conversion).toEqual(section?.conversion);
  expect(weekdays?.rows.map(({ values }) => values.spend)).toEqual(section?.days.map(({ values }) => values?.spend));
  const [cities] = await split("city");
  // 15 x 1.0833333 + 15 x 1.123456789012
  expect(cities?.rows.map(({ values }) => values.spend)).toEqual(["33101852", "33101852"]);
  const months = await split("path");
  expect(months.map(({ currency, conversion }) => `${currency} ${conversion?.to}`).sort()).toEqual([
    "EUR undefined",
    "USD undefined",
  ]);
  const native = await split("city", {});
  expect(native.find(({ currency }) => currency === "EUR")?.total.spend).toBe("60000000");
});

test("who may not see money sees none in another currency either, and what is converted cannot be ordered by", async () => {
  const office = await twoCurrencies();
  await twoRates(office);
  await splitByPlace(office);
  const { agencyId, brandId, source } = office;
  const permissions = ["insights.read", "brands.read", "campaigns.read"];
  const blind = aCtx(source, agencyId, { memberships: [{ brandId, role: "custom", permissions }] });
  const seen = asking({ inCurrency: "USD" });
  const all = await blind.tx(async (tx) => [
    ...(await listCampaignTotals(tx, seen)).items,
    ...(await listCampaigns(tx, seen)).items,
    ...(await listLevels(tx, seen)).items,
    ...(await listBreakdowns(tx, asking({ inCurrency: "USD", dimension: "city", brandId }))).items.flatMap(
      ({ rows }) => rows,
    ),
  ]);
  expect(all).toHaveLength(1 + 4 + 1 + 2);
  expect(all.map(({ values, hidden }) => [values.spend, values.roas, hidden])).toEqual(
    all.map(() => [null, null, ["money"]]),
  );
  expect(all.every(({ values }) => Number(values.clicks) > 0)).toBe(true);
  const bySpend = { ...seen, sort: { field: "spend", order: "desc" as const } };
  await expect(blind.tx((tx) => listCampaigns(tx, bySpend))).rejects.toMatchObject({ code: "forbidden" });
});

test("metrics of the agency's own stand in every breakdown whose report has their parts, in comparisons, and in files with unit and formula", async () => {
  const office = await twoCurrencies();
  const { ctx, brandId, euro, dollar } = office;
  await twoRates(office);
  await splitByPlace(office);
  const dear = (await makeMetric(ctx, { name: "Dear clicks", formula: "spend / clicks * 2", unit: "money" })).info;
  const query = asking({ dimension: "city", brandId, inCurrency: "USD" });
  const [cities] = (await ctx.tx((tx) => listBreakdowns(tx, query))).items;
  // 33.101852 through 2 clicks, times 2
  expect(cities?.rows.map(({ values }) => values[dear.id])).toEqual(["33101852", "33101852"]);
  const [products] = (await ctx.tx((tx) => listBreakdowns(tx, asking({ dimension: "product", brandId })))).items;
  // Amazon does not tell by product what was spent.
  expect([cities, products].map((one) => one?.metrics.includes(dear.id))).toEqual([true, false]);
  const { items: lines } = await ctx.tx((tx) => listBreakdownRows(tx, query));
  expect(lines.map(({ values }) => values[dear.id])).toEqual(["33101852", "33101852"]);
  const ids = [`${euro.accountId}:58`, `${dollar.accountId}:61`];
  const [compared] = (await ctx.tx((tx) => listComparisons(tx, asking({ id: ids, metric: "cpm", inCurrency: "USD" }))))
    .items;
  expect(compared?.campaigns.map(({ currency }) => currency)).toEqual(["USD", "USD"]);
  expect(compared?.pairs?.map(({ verdict }) => verdict)).toEqual(["little"]);
  expect(compared?.campaigns[1]?.values[dear.id]).toBe("15000000");

  const resource = resources.find(({ name }) => name === "campaigns");
  if (!resource) throw new Error("campaigns are a resource");
  const params = new URLSearchParams({
    ...{ range, inCurrency: "USD", _sort: "spend", _order: "desc", _columns: `name,spend,${dear.id}` },
  });
  const file = await planFile(ctx, { resource, all: resources, params });
  expect(file.columns.map(({ key }) => key)).toEqual([
    ...["name", "spend", dear.id, "valuesCurrency", "settledTraffic"],
  ]);
  expect(file.columns[2]).toMatchObject({
    label: "Dear clicks",
    type: "money",
    measure: { unit: "money", formula: "spend / clicks * 2" },
  });
  const rows: unknown[][] = [];
  for await (const row of file.rows) rows.push([...row]);
  expect(rows[0]?.slice(1, 4)).toEqual(["30000000", "15000000", "USD"]);
  expect(file.note?.conversion).toMatchObject({ to: "USD", from: ["EUR"], rates: { to: "2026-10-06" } });
  expect(file.about.map(([label, words]) => `${label}: ${words}`)).toEqual(
    expect.arrayContaining([
      "Money: EUR in USD, each day by its rate; rates of 2026-10-01 to 2026-10-06, at most 4 days older than their day",
      "Formula, Dear clicks: spend / clicks * 2 (money)",
    ]),
  );
});
