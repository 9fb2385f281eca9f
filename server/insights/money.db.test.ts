import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aWorld } from "../../tests/api/samples";
import { aCtx, anAgency, aSource } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { wholeList } from "../core/query";
import type { Membership } from "../workspace";
import { getBrandDashboard } from "./brand-dashboard";
import { getCampaignInsights } from "./campaign-insights";
import { readHome } from "./home-overview";
import { listCampaigns, listCampaignTotals } from "./list-campaigns";
import { metricIds, metricOf } from "./metrics";
import { campaigns, rollupCampaignDay } from "./tables";

const { db } = testDatabase();
const source = aSource(db);
const withoutMoney = ["brands.read", "campaigns.read", "insights.read"];
const moneyIds = metricIds.filter((id) => metricOf(id).unit === "money" || ["roas", "totalRoas", "acos"].includes(id));

/** Two brands with a campaign each: 5 of budget, 3 of spend, 7 impressions. */
async function twoBrands() {
  const agencyId = await anAgency(db);
  const [open, closed] = [
    await aWorld(db, agencyId, `a${randomUUID()}`),
    await aWorld(db, agencyId, `b${randomUUID()}`),
  ];
  await db.withAgency(agencyId, async (scope) => {
    await scope.db.update(campaigns).set({ budget: 5_000_000n });
    await scope.db.update(rollupCampaignDay).set({ totalCost: 3_000_000n, sales: 9_000_000n });
  });
  const [openBrand = "", closedBrand = ""] = [open.brands, closed.brands];
  const memberships: Membership[] = [
    { brandId: openBrand, role: "client" },
    { brandId: closedBrand, role: "custom", permissions: withoutMoney },
  ];
  return { openBrand, closedBrand, closed, ctx: aCtx(source, agencyId, { memberships }) };
}

test("without money.read a brand's money is absent, and its other numbers are not", async () => {
  const { ctx, openBrand, closedBrand } = await twoBrands();
  const { items } = await ctx.tx((tx) => listCampaigns(tx, wholeList()));
  const [seen, unseen] = [openBrand, closedBrand].map((id) => items.find(({ brandId }) => brandId === id));
  expect([seen?.hidden, seen?.budget, seen?.values.spend]).toEqual([[], "5000000", "3000000"]);
  // A ratio with money in it tells of money too.
  expect([seen?.values.roas, seen?.values.acos, unseen?.values.roas]).toEqual([3, 1 / 3, null]);
  expect([unseen?.hidden, unseen?.budget, unseen?.values.impressions]).toEqual([["money"], null, 7]);
  expect(moneyIds.map((id) => unseen?.values[id])).toEqual(moneyIds.map(() => null));
});

test("a total that holds hidden money is hidden; the one of a brand whose money is shown is not", async () => {
  const { ctx, openBrand } = await twoBrands();
  const totals = (filters: ReturnType<typeof wholeList>["filters"]) =>
    ctx.tx((tx) => listCampaignTotals(tx, { ...wholeList(), filters }));
  const [all] = (await totals([])).items;
  expect([all?.hidden, all?.values.spend, all?.values.impressions]).toEqual([["money"], null, 14]);
  const [own] = (await totals([{ field: "brandId", operator: "eq", values: [openBrand] }])).items;
  expect([own?.hidden, own?.values.spend]).toEqual([[], "3000000"]);
});

test("no order tells of hidden money", async () => {
  const { ctx, openBrand } = await twoBrands();
  const by = (field: string, values?: string[]) =>
    ctx.tx((tx) =>
      listCampaigns(tx, {
        ...wholeList(),
        sort: { field, order: "desc" },
        filters: values ? [{ field: "brandId", operator: "eq", values }] : [],
      }),
    );
  for (const field of ["spend", "budget", "cpm", "roas"]) {
    await expect(by(field)).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining(field) });
  }
  await expect(by("impressions")).resolves.toMatchObject({ total: 2 });
  await expect(by("spend", [openBrand])).resolves.toMatchObject({ total: 1 });
});

test("dashboards and a campaign's own page hide it too", async () => {
  const { ctx, openBrand, closedBrand, closed } = await twoBrands();
  const board = await ctx.tx((tx) => getBrandDashboard(tx, closedBrand));
  const [section] = board.sections;
  expect(section?.hidden).toEqual(["money"]);
  const money = section?.kpis.filter(({ id }) => moneyIds.some((known) => known === id));
  expect(money?.map(({ value, previous }) => [value, previous])).toEqual(money?.map(() => [null, null]));
  const campaign = await ctx.tx((tx) => getCampaignInsights(tx, closed.campaigns ?? ""));
  expect([campaign.section.hidden, campaign.campaign.budget, campaign.adGroups[0]?.hidden]).toEqual([
    ["money"],
    null,
    ["money"],
  ]);
  const home = await ctx.tx(readHome);
  const hidden = new Map(home.brands.map(({ id, sections }) => [id, sections[0]?.hidden]));
  expect([hidden.get(openBrand), hidden.get(closedBrand)]).toEqual([[], ["money"]]);
});
