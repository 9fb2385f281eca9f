// Money of several currencies seen as one: each day by its own rate, and never as if whole where a rate is missing.
import { expect, test } from "vitest";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { reportedAccount } from "../../tests/support/reported-account";
import { getBrandDashboard } from "./brand-dashboard";
import { getCampaignInsights } from "./campaign-insights";
import type { Section } from "./contract";
import { readHome } from "./home-overview";
import { removeRate, setRate } from "./rates";

const { db } = testDatabase();
const range = "2026-10-05..2026-10-06";
const kpi = (section: Section | undefined, id: string) => section?.kpis.find((one) => one.id === id);

async function aBrandOfTwo() {
  const clock = aClock("2026-10-07T12:00:00Z");
  const agencyId = await anAgency(db);
  const brandId = await aBrand(db, agencyId);
  const ctx = aCtx(aSource(db, { clock }), agencyId, { memberships: asOwner });
  const euro = await reportedAccount(ctx, { brandId, currency: "EUR", name: "Hafen" });
  const dollar = await reportedAccount(ctx, { brandId, currency: "USD", name: "Harbor" });
  const days = ["2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06"];
  await euro.answer(
    "2026-10-03",
    "2026-10-06",
    days.map((day) => ({ day, clicks: 1, cost: 10, sales: 30 })),
  );
  await dollar.answer(
    "2026-10-03",
    "2026-10-06",
    days.map((day) => ({ day, clicks: 2, cost: 100, sales: 500 })),
  );
  const seen = (inCurrency?: string) => ctx.tx((tx) => getBrandDashboard(tx, brandId, { range, inCurrency }));
  return { ctx, brandId, euro, seen };
}

test("each day is converted by its rate, or the last before it, to the micro; ratios come from converted sums", async () => {
  const { ctx, seen, euro } = await aBrandOfTwo();
  await setRate(ctx, { base: "EUR", quote: "USD", day: "2026-10-01", rate: "1.1" });
  await setRate(ctx, { base: "eur", quote: "USD", day: "2026-10-06", rate: "1.123456789012" });
  const { sections } = await seen("USD");
  expect(sections).toHaveLength(1);
  // 10 x 1.1 + 10 x 1.123456789012 + 200
  expect(kpi(sections[0], "spend")).toMatchObject({ value: "222234568", previous: "222000000" });
  expect(kpi(sections[0], "clicks")?.value).toBe(6);
  expect(kpi(sections[0], "roas")?.value).toBeCloseTo(1_066_703_704 / 222_234_568, 9);
  expect(sections[0]?.conversion).toEqual({
    ...{ to: "USD", from: ["EUR"], missingDays: 0, missing: null, oldestAge: 4 },
    rates: { from: "2026-10-01", to: "2026-10-06" },
  });
  expect((await seen()).sections.map(({ currency, conversion }) => [currency, conversion])).toEqual([
    ["USD", undefined],
    ["EUR", undefined],
  ]);
  const page = await ctx.tx((tx) => getCampaignInsights(tx, `${euro.accountId}:58`, { range, inCurrency: "USD" }));
  expect(kpi(page.section, "spend")?.value).toBe("22234568");
  const home = await ctx.tx((tx) => readHome(tx, "USD"));
  expect(home.brands[0]?.sections.map(({ currency }) => currency)).toEqual(["USD"]);
});

test("a pair that is kept the other way round only is used upside down", async () => {
  const { ctx, seen } = await aBrandOfTwo();
  await setRate(ctx, { base: "USD", quote: "EUR", day: "2026-10-01", rate: "0.8" });
  expect(kpi((await seen("USD")).sections[0], "spend")?.value).toBe("225000000");
});

test("where a day has no rate its money is not shown, nor any sum that it would be missing in", async () => {
  const { ctx, seen } = await aBrandOfTwo();
  await setRate(ctx, { base: "EUR", quote: "USD", day: "2026-10-06", rate: "1.1" });
  const [section] = (await seen("USD")).sections;
  expect(section?.conversion).toMatchObject({
    missingDays: 1,
    missing: { day: "2026-10-05", until: "2026-10-05", currency: "EUR" },
  });
  expect(kpi(section, "spend")).toMatchObject({ value: null, previous: null, maturity: { expected: null } });
  expect(kpi(section, "clicks")?.value).toBe(6);
  expect(section?.days.map(({ values }) => values?.spend)).toEqual([null, "111000000"]);
  await expect(seen("XXY")).rejects.toMatchObject({ fields: { inCurrency: "use an ISO 4217 code, such as EUR" } });
});

test("a rate is refused where it is none, and one that is deleted is used no longer", async () => {
  const { ctx, seen } = await aBrandOfTwo();
  const rate = (text: string) => setRate(ctx, { base: "EUR", quote: "USD", day: "2026-10-01", rate: text });
  for (const wrong of ["0", "0.000", "-1", "1,1", "1e3", ""])
    await expect(rate(wrong)).rejects.toMatchObject({ code: "invalid" });
  const { id } = await rate("1.10");
  expect(id).toBe("EUR:USD:2026-10-01");
  expect(kpi((await seen("USD")).sections[0], "spend")?.value).toBe("222000000");
  await removeRate(ctx, { id });
  expect(kpi((await seen("USD")).sections[0], "spend")?.value).toBeNull();
});
