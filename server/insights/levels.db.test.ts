// Every level adds up to the same, and every number to its rows, now and as of a moment.
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { aWorld } from "../../tests/api/samples";
import { aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import type { Row, RowBatch } from "../amazon";
import { planFile } from "../api/lists/plan-file";
import { accounts } from "../connections/tables";
import type { Ctx } from "../core/context";
import { type ListQuery, wholeList } from "../core/query";
import type { Membership } from "../workspace";
import { getAgencyDashboard } from "./agency-dashboard";
import { getBrandDashboard } from "./brand-dashboard";
import { getCampaignInsights } from "./campaign-insights";
import type { Section } from "./contract";
import { markListed, upsertCampaigns } from "./entity-store";
import { ensureMonths } from "./fact-store";
import { readHome } from "./home-overview";
import { factRowsResource, levelRowsResource } from "./level-api";
import { levels } from "./level-contract";
import { listCampaigns } from "./list-campaigns";
import { listFactRows, listFactTotals } from "./list-fact-rows";
import { listLevels } from "./list-levels";
import { listSyncRuns } from "./list-sync-runs";
import { getAdGroupInsights, getCreativeInsights } from "./part-insights";
import { reportTypes } from "./report-types";
import { storeReportRows } from "./store-report-rows";
import { campaigns } from "./tables";

const { db } = testDatabase();
const range = "2026-11-11..2026-11-14";
const view = { range };
const [listed, other] = ["590000000000000001", "9007199254740993123"];
const [group, creative] = ["590000000000000002", "590000000000000003"];

const asked = (values: Record<string, string>, more: Partial<ListQuery> = {}): ListQuery => ({
  ...wholeList(),
  ...more,
  filters: Object.entries({ range, ...values }).map(([field, value]) => ({
    field,
    operator: "eq" as const,
    values: [value],
  })),
});

async function* oneBatch(rows: Row[]): AsyncGenerator<RowBatch> {
  yield { rows, rejected: [] };
}

const row = (day: number, ids: [campaign: string, adGroup: string, creative: string], values: Row): Row => ({
  date: `2026-11-${String(day).padStart(2, "0")}`,
  orderId: ids[0],
  lineItemId: ids[1],
  creativeId: ids[2],
  creativeName: `Creative ${ids[2]}`,
  orderCurrency: "USD",
  ...values,
});

/** Two brands of one agency; the first with two campaigns, three ad groups and two creatives over eight days. */
async function anOffice() {
  const clock = aClock("2026-11-20T17:00:00Z");
  const source = aSource(db, { clock });
  const agencyId = await anAgency(db);
  const [own, foreign] = [
    await aWorld(db, agencyId, `a${randomUUID().slice(0, 8)}`),
    await aWorld(db, agencyId, `b${randomUUID().slice(0, 8)}`),
  ];
  const owner = aCtx(source, agencyId, { memberships: asOwner });
  const store = async (accountId: string, rows: Row[]) => {
    const days = { from: "2026-11-07", to: "2026-11-14" };
    const run = { id: randomUUID(), accountId, range: days, currency: "USD", dialect: "v3" as const };
    await owner.tx((tx) => ensureMonths(tx, days.from, days.to));
    await owner.tx((tx) =>
      storeReportRows(tx, { type: reportTypes.campaign, run: { ...run, observedAt: clock() } }, oneBatch(rows)),
    );
  };
  const rows = (extra: number) => [
    row(8, [listed, group, creative], { totalCost: 5, impressions: 100, clicks: 1 }),
    row(11, [listed, group, creative], { totalCost: 10 + extra, impressions: 1000, clicks: 10, sales: 40 }),
    row(12, [listed, group, "7"], { totalCost: 20, impressions: 3000, clicks: 6, sales: 10, newToBrandPurchases: 2 }),
    row(13, [listed, "8", creative], { totalCost: 30, impressions: 500, clicks: 5 }),
    row(14, [other, "9", creative], { totalCost: 40.5, impressions: 100, clicks: 4, purchases: 4 }),
  ];
  const [accountId = "", foreignAccount = ""] = [own.accounts, foreign.accounts];
  await store(accountId, rows(0));
  await store(foreignAccount, [row(11, [other, "1", "1"], { totalCost: 7, impressions: 10 })]);
  const as = (memberships: readonly Membership[]) => aCtx(source, agencyId, { memberships });
  const restate = () => store(accountId, rows(1));
  return { clock, owner, as, accountId, brandId: own.brands ?? "", foreignBrand: foreign.brands ?? "", restate };
}

const kpi = (section: Section | undefined, id: string) => section?.kpis.find((one) => one.id === id)?.value;
const spendOf = (rows: readonly { values: Record<string, unknown> }[]): string =>
  rows.reduce((sum, { values }) => sum + BigInt(String(values.spend)), 0n).toString();
const split = (ctx: Ctx, values: Record<string, string>, more?: Partial<ListQuery>) =>
  ctx.tx((tx) => listLevels(tx, asked(values, more)));

test("each level of the agency, a brand, a campaign, an ad group and a creative adds up to its tile, and so do the rows behind it", async () => {
  const { owner, brandId, accountId } = await anOffice();
  const of = (id: string) => `${accountId}:${id}`;
  const boards = await owner.tx(async (tx) => ({
    agency: (await getAgencyDashboard(tx, view)).sections[0],
    brand: (await getBrandDashboard(tx, brandId, view)).sections[0],
    campaign: (await getCampaignInsights(tx, of(listed), view)).section,
    adGroup: (await getAdGroupInsights(tx, of(group), view)).section,
    creative: (await getCreativeInsights(tx, of(creative), view)).section,
  }));
  const scopes = {
    agency: {},
    brand: { brandId },
    campaign: { campaignId: of(listed) },
    adGroup: { adGroupId: of(group) },
    creative: { creativeId: of(creative) },
  } as const;
  const spends = {
    agency: "107500000",
    brand: "100500000",
    campaign: "60000000",
    adGroup: "30000000",
    creative: "80500000",
  };
  for (const [name, values] of Object.entries(scopes) as [keyof typeof scopes, Record<string, string>][]) {
    const section = boards[name];
    expect([name, kpi(section, "spend")]).toEqual([name, spends[name]]);
    // A brand is made of accounts: below it the other levels have parts of their own.
    for (const level of name === "agency" || name === "brand" ? levels : levels.slice(1)) {
      const { items } = await split(owner, { ...values, level });
      expect([name, level, spendOf(items)]).toEqual([name, level, spends[name]]);
    }
    const { items } = await owner.tx((tx) => listFactRows(tx, asked(values)));
    const [total] = (await owner.tx((tx) => listFactTotals(tx, asked(values)))).items;
    expect([name, spendOf(items), total?.values.spend, total?.rows]).toEqual([
      name,
      spends[name],
      spends[name],
      items.length,
    ]);
    expect([name, total?.values.ctr]).toEqual([name, kpi(section, "ctr")]);
  }
  expect(boards.brand?.funnel.map(({ value }) => value)).toEqual([4600, 25, 0, 0, 4, 2]);
});

test("rows of a level are sorted, searched, paged and drawn by day, and compared where the days before are all known", async () => {
  const { owner, brandId } = await anOffice();
  const byCtr = await split(owner, { brandId, level: "campaigns" }, { sort: { field: "ctr", order: "desc" } });
  expect(byCtr.items.map(({ entityId }) => entityId.split(":")[1])).toEqual([other, listed]);
  const [first] = (await split(owner, { brandId, level: "adGroups", metric: "clicks" }, { limit: 1 })).items;
  expect([first?.entityId.split(":")[1], first?.trend.map(({ value }) => value)]).toEqual(["9", [0, 0, 0, 4]]);
  // A page past the end has no rows, and says how many there are.
  expect(await split(owner, { brandId, level: "adGroups" }, { start: 50 })).toEqual({ items: [], total: 3 });
  const found = await split(owner, { brandId, level: "creatives" }, { search: "creative 59" });
  expect(found).toMatchObject({ total: 1, items: [{ values: { spend: "80500000" }, previous: { spend: "5000000" } }] });
});

test("a restated row keeps its number as of then, and says how often it was restated", async () => {
  const { owner, clock, brandId, restate } = await anOffice();
  const then = clock().toISOString();
  clock.advance({ hours: 1 });
  await restate();
  const rows = (asOf?: string) =>
    owner.tx((tx) => listFactRows(tx, asked({ brandId, range: "2026-11-11..2026-11-11", ...(asOf ? { asOf } : {}) })));
  expect((await rows()).items).toMatchObject([{ values: { spend: "11000000" }, revisions: 1 }]);
  expect((await rows(then)).items).toMatchObject([{ values: { spend: "10000000" }, revisions: 0, knownAt: then }]);
  const campaigns = await split(owner, { brandId, level: "campaigns", asOf: then });
  expect(spendOf(campaigns.items)).toBe("100500000");
});

test("no level and no row tells of another brand, or of money that is hidden", async () => {
  const { as, brandId, foreignBrand, accountId } = await anOffice();
  const stranger = as([{ brandId: foreignBrand, role: "client" }]);
  for (const level of levels) {
    expect([level, spendOf((await split(stranger, { level })).items)]).toEqual([level, "7000000"]);
    expect((await split(stranger, { level, campaignId: `${accountId}:${listed}` })).total).toBe(0);
  }
  expect((await stranger.tx((tx) => listFactTotals(tx, asked({})))).items).toMatchObject([
    { values: { spend: "7000000" } },
  ]);
  const poor = as([{ brandId, role: "custom", permissions: ["brands.read", "campaigns.read", "insights.read"] }]);
  const { items } = await split(poor, { level: "campaigns", metric: "roas" });
  for (const { values, trend, hidden } of items) {
    expect([values.spend, values.roas, hidden, trend.every(({ value }) => value === null)]).toEqual([
      null,
      null,
      ["money"],
      true,
    ]);
  }
  await expect(split(poor, { level: "campaigns" }, { sort: { field: "roas", order: "desc" } })).rejects.toMatchObject({
    code: "forbidden",
  });
  const [row] = (await poor.tx((tx) => listFactRows(tx, asked({})))).items;
  expect([row?.values.spend, row?.values.cpm, row?.hidden]).toEqual([null, null, ["money"]]);
});

test("where one currency's accounts are a day ahead, the other's days are its own and add up to its tile", async () => {
  const { owner, foreignBrand } = await anOffice();
  await owner.tx((tx) =>
    tx.db
      .update(accounts)
      .set({ currency: "EUR", timeZone: "Pacific/Kiritimati" })
      .where(eq(accounts.brandId, foreignBrand)),
  );
  const { sections } = await owner.tx((tx) => getAgencyDashboard(tx, { range: "last-7-days" }));
  const spans = Object.fromEntries(sections.map(({ currency, days }) => [currency, [days[0]?.day, days.at(-1)?.day]]));
  expect(spans).toEqual({ USD: ["2026-11-13", "2026-11-19"], EUR: ["2026-11-14", "2026-11-20"] });
  const usd = sections.find(({ currency }) => currency === "USD");
  const known = usd?.days.flatMap(({ values }) => (values ? [{ values }] : [])) ?? [];
  expect([kpi(usd, "spend"), spendOf(known), known.length]).toEqual(["70500000", "70500000", 2]);
});

test("who is a member of a brand without the right to its numbers sees none of them, campaign lists by their own right", async () => {
  const { as, brandId, foreignBrand, accountId } = await anOffice();
  const limited = as([
    { brandId: foreignBrand, role: "analyst" },
    { brandId, role: "custom", permissions: ["brands.read", "campaigns.read"] },
  ]);
  for (const level of levels) expect(spendOf((await split(limited, { level })).items)).toBe("7000000");
  await limited.tx(async (tx) => {
    expect(await getAgencyDashboard(tx, view)).toMatchObject({ brands: 1, accounts: 1 });
    expect((await listFactRows(tx, asked({ brandId }))).total).toBe(0);
    expect((await readHome(tx)).brands.map(({ id }) => id)).toEqual([foreignBrand]);
    expect((await listSyncRuns(tx, wholeList())).items.some((run) => run.accountId === accountId)).toBe(false);
    await expect(getCampaignInsights(tx, `${accountId}:${listed}`, view)).rejects.toMatchObject({ code: "not_found" });
    expect((await listCampaigns(tx, asked({ brandId }))).items.map(({ campaignId }) => campaignId)).toContain(listed);
  });
  const unlisted = as([
    { brandId: foreignBrand, role: "analyst" },
    { brandId, role: "custom", permissions: ["brands.read", "insights.read"] },
  ]);
  expect((await unlisted.tx((tx) => listCampaigns(tx, asked({ brandId })))).total).toBe(0);
});

test("a file of levels or rows says what its numbers are of", async () => {
  const { owner, accountId } = await anOffice();
  const all = [levelRowsResource, factRowsResource];
  for (const resource of all) {
    const params = new URLSearchParams({ range, adGroupId: `${accountId}:${group}`, _columns: "spend" });
    if (resource === levelRowsResource) params.set("level", "creatives");
    const { note, columns } = await planFile(owner, { resource, all, params });
    expect(note).toMatchObject({ range: { from: "2026-11-11", to: "2026-11-14" }, zones: ["America/New_York"] });
    expect(columns.map(({ key }) => key)).toEqual(["spend", "currency", "settledTraffic"]);
  }
});

test("what was worked out is told again until a sync commits, and to each reader as they may see it", async () => {
  const { owner, as, brandId, accountId, restate } = await anOffice();
  const look = async (ctx: Ctx) =>
    ctx.tx(async (tx) => ({
      tile: kpi((await getBrandDashboard(tx, brandId, view)).sections[0], "spend"),
      rows: (await listLevels(tx, asked({ brandId, level: "campaigns" }))).items.map(({ values }) => values.spend),
    }));
  const before = { tile: "100500000", rows: ["60000000", "40500000"] };
  expect(await look(owner)).toEqual(before);
  // Behind the product's back: nobody said that the numbers are others.
  await owner.tx(({ sql }) => sql`update rollup_campaign_day set total_cost = 0 where account_id = ${accountId}`);
  expect((await look(owner)).rows).toEqual(before.rows);
  await restate();
  expect((await look(owner)).tile).toBe("101500000");
  const permissions = ["brands.read", "insights.read", "campaigns.read"];
  const poor = as([{ brandId, role: "custom", permissions }]);
  expect(await look(poor)).toEqual({ tile: null, rows: [null, null] });
  const stranger = as([{ brandId: randomUUID(), role: "custom", permissions }]);
  await expect(look(stranger)).rejects.toThrow("This brand was not found");
});

test("a campaign that is renamed, or changed at Amazon, is told as it is now", async () => {
  const { clock, owner, brandId, accountId } = await anOffice();
  const listing = { accountId, startedAt: clock() };
  await owner.tx((tx) => markListed(tx, listing));
  const names = async () => {
    const { items } = await split(owner, { brandId, level: "campaigns" });
    return items.map(({ name }) => name);
  };
  const [, other] = await names();
  const [row] = await owner.tx((tx) => tx.db.select().from(campaigns).where(eq(campaigns.campaignId, listed)));
  if (!row) throw new Error("the campaign is listed");
  await owner.tx((tx) => upsertCampaigns(tx, listing, [{ ...row, name: "Renamed" }]));
  expect(await names()).toEqual(["Renamed", other]);
});
