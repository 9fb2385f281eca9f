// Metrics of the agency's own stand beside the dictionary's, and are as secret as what they are made of.
import { expect, test } from "vitest";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { reportedAccount } from "../../tests/support/reported-account";
import type { Ctx } from "../core/context";
import { wholeList } from "../core/query";
import { getBrandDashboard } from "./brand-dashboard";
import { changeMetric, makeMetric, removeMetric } from "./change-custom-metrics";
import { listMetrics } from "./describe-metrics";
import { listCampaigns, listCampaignTotals } from "./list-campaigns";
import { listLevels } from "./list-levels";
import { setRate } from "./rates";

const { db } = testDatabase();
const range = "2026-10-05..2026-10-06";

async function anOffice() {
  const clock = aClock("2026-10-07T12:00:00Z");
  const source = aSource(db, { clock });
  const agencyId = await anAgency(db);
  const brandId = await aBrand(db, agencyId);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const { answer } = await reportedAccount(ctx, { brandId });
  await answer("2026-10-05", "2026-10-06", [
    { day: "2026-10-05", campaign: "58", clicks: 1, impressions: 10, cost: 10, sales: 100 },
    { day: "2026-10-06", campaign: "59", clicks: 9, impressions: 90, cost: 90, sales: 100 },
  ]);
  const board = (as: Ctx, inCurrency?: string) =>
    as.tx(async (tx) => (await getBrandDashboard(tx, brandId, { range, inCurrency })).sections[0]);
  return { agencyId, brandId, source, ctx, board };
}

test("a metric shows in tiles, days, campaigns, totals and levels, each from its own sums", async () => {
  const { ctx, board } = await anOffice();
  const { info } = await makeMetric(ctx, { name: "Margin", formula: "(sales - spend) / spend", unit: "percent" });
  const section = await board(ctx);
  expect(section?.kpis.find(({ id }) => id === info.id)?.value).toBe(1);
  expect(section?.days.map(({ values }) => values?.[info.id])).toEqual([9, 1 / 9]);
  const [query, filters] = [wholeList(), [{ field: "range", operator: "eq" as const, values: [range] }]];
  const totals = await ctx.tx((tx) => listCampaignTotals(tx, { ...query, filters }));
  expect(totals.items[0]?.values[info.id]).toBe(1);
  const { items } = await ctx.tx((tx) => listCampaigns(tx, { ...query, filters }));
  expect(items.map(({ values }) => values[info.id]).sort()).toEqual([1 / 9, 9]);
  const levels = await ctx.tx((tx) => listLevels(tx, { ...query, filters }));
  expect(levels.items.map(({ values }) => values[info.id])).toEqual([1]);
  const known = await ctx.tx((tx) => listMetrics(tx, { ...query, search: "margin" }));
  expect(known.items).toMatchObject([{ id: info.id, money: true, settle: "conversions", settleDays: 42 }]);
});

test("who may not see money sees no metric with money in it, and those without", async () => {
  const { ctx, board, brandId, source, agencyId } = await anOffice();
  const profit = await makeMetric(ctx, { name: "Profit", formula: "sales - spend", unit: "money" });
  const share = await makeMetric(ctx, { name: "Click share", formula: "clicks / impressions", unit: "percent" });
  const permissions = ["insights.read", "brands.read", "campaigns.read"];
  const blind = aCtx(source, agencyId, { memberships: [{ brandId, role: "custom", permissions }] });
  const toldTo = async (as: Ctx) => {
    const section = await board(as);
    return [profit, share].map(({ info }) => section?.kpis.find(({ id }) => id === info.id)?.value);
  };
  expect(await toldTo(ctx)).toEqual(["100000000", 0.1]);
  expect(await toldTo(blind)).toEqual([null, 0.1]);
  const days = (await board(blind))?.days.map(({ values }) => values?.[profit.info.id]);
  expect(days).toEqual([null, null]);
  const { items } = await blind.tx((tx) => listCampaigns(tx, wholeList()));
  expect(items.map(({ values }) => values[profit.info.id])).toEqual(items.map(() => null));
  const levels = await blind.tx((tx) => listLevels(tx, wholeList()));
  expect(levels.items.map(({ values }) => [profit, share].map(({ info }) => values[info.id]))).toEqual([[null, 0.1]]);
});

test("money of one's own is converted like any other, and not told where a day has no rate", async () => {
  const { ctx, board } = await anOffice();
  const { info } = await makeMetric(ctx, { name: "Profit", formula: "sales - spend", unit: "money" });
  const value = async () => (await board(ctx, "EUR"))?.kpis.find(({ id }) => id === info.id)?.value;
  await setRate(ctx, { base: "USD", quote: "EUR", day: "2026-10-06", rate: "0.5" });
  expect(await value()).toBeNull();
  await setRate(ctx, { base: "USD", quote: "EUR", day: "2026-10-01", rate: "0.9" });
  expect(await value()).toBe("86000000");
});

test("a formula that does not give its unit is refused; a change must have seen the last one", async () => {
  const { ctx, board } = await anOffice();
  const wrong = makeMetric(ctx, { name: "Wrong", formula: "spend + clicks", unit: "money" });
  await expect(wrong).rejects.toMatchObject({
    fields: { formula: "money cannot be added to a count (at character 7)." },
  });
  const { id, info } = await makeMetric(ctx, { name: "Own", formula: "clicks", unit: "count" });
  await expect(makeMetric(ctx, { name: "own", formula: "clicks", unit: "count" })).rejects.toMatchObject({
    fields: { name: "There is a metric of this name already." },
  });
  await expect(changeMetric(ctx, { id, version: 1, unit: "money" })).rejects.toMatchObject({ code: "invalid" });
  await changeMetric(ctx, { id, version: 1, formula: "clicks * 2" });
  await expect(changeMetric(ctx, { id, version: 1, name: "Lost" })).rejects.toMatchObject({ code: "conflict" });
  const value = async () => (await board(ctx))?.kpis.find((one) => one.id === info.id)?.value;
  expect(await value()).toBe(20);
  await removeMetric(ctx, { id });
  expect(await value()).toBeUndefined();
});
