// Numbers as they stood: any dashboard, table and campaign page can be opened again as of a moment.
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import type { RowBatch } from "../amazon";
import { accounts } from "../connections/tables";
import type { AppError } from "../core/errors";
import { wholeList } from "../core/query";
import { getBrandDashboard } from "./brand-dashboard";
import { getCampaignInsights } from "./campaign-insights";
import type { Section } from "./contract";
import { addDays } from "./date-range";
import { learnMaturity } from "./learn-maturity";
import { listCampaigns, listCampaignTotals } from "./list-campaigns";
import { listRestatements } from "./list-restatements";
import { reportTypes } from "./report-types";
import { storeReportRows } from "./store-report-rows";
import type { View } from "./view";

const { db } = testDatabase();
const type = reportTypes.campaign;
const day0 = "2026-10-01";

interface Line {
  day: number;
  campaign: string;
  clicks: number;
  cents: number;
}

const rowOf = ({ day, campaign, clicks, cents }: Line) => ({
  date: addDays(day0, day),
  orderId: campaign,
  lineItemId: `${campaign}1`,
  creativeId: "9",
  creativeName: "Creative 9",
  orderCurrency: "USD",
  impressions: clicks * 100,
  clicks,
  totalCost: cents / 100,
  sales: cents / 25,
});

async function* batchOf(rows: object[]): AsyncGenerator<RowBatch> {
  yield { rows: rows as RowBatch["rows"], rejected: [] };
}

/** A brand with one account, whose reports a test writes itself. */
async function anAccount(start: string) {
  const clock = aClock(start);
  const agencyId = await anAgency(db);
  const brandId = await aBrand(db, agencyId);
  const ctx = aCtx(aSource(db, { clock }), agencyId, { memberships: asOwner });
  const accountId = randomUUID();
  await ctx.tx((tx) =>
    tx.db.insert(accounts).values({
      agencyId,
      id: accountId,
      kind: "dsp_advertiser",
      region: "NA",
      amazonId: "77",
      name: "Harbor",
      countryCode: "US",
      currency: "USD",
      timeZone: "UTC",
      brandId,
      capabilities: {} as never,
      createdAt: clock(),
      seenAt: clock(),
    }),
  );
  const answer = (from: number, to: number, lines: Line[]) => {
    const run = {
      id: randomUUID(),
      accountId,
      range: { from: addDays(day0, from), to: addDays(day0, to) },
      currency: "USD",
      dialect: "v3" as const,
      observedAt: clock(),
    };
    return ctx.tx((tx) => storeReportRows(tx, { type, run }, batchOf(lines.map(rowOf))));
  };
  return { ctx, clock, brandId, accountId, answer };
}

type Account = Awaited<ReturnType<typeof anAccount>>;

const kpi = (section: Section | undefined, id: string) => section?.kpis.find((one) => one.id === id);

/** Clicks and spend as each page of the product shows them. */
async function shown({ ctx, brandId, accountId }: Account, view: View) {
  const filters = Object.entries(view).map(([field, value]) => ({
    field,
    operator: "eq" as const,
    values: [String(value)],
  }));
  return ctx.tx(async (tx) => {
    const board = await getBrandDashboard(tx, brandId, view);
    const { items } = await listCampaigns(tx, { ...wholeList(), filters });
    const { items: totals } = await listCampaignTotals(tx, { ...wholeList(), filters });
    const page = items.some(({ campaignId }) => campaignId === "58")
      ? await getCampaignInsights(tx, `${accountId}:58`, view)
      : null;
    const clicksOf = (one: { values: Record<string, unknown> } | undefined) => Number(one?.values.clicks ?? 0);
    return {
      board: Number(kpi(board.sections[0], "clicks")?.value ?? 0),
      spend: String(kpi(board.sections[0], "spend")?.value ?? "0"),
      table: items.reduce((sum, one) => sum + clicksOf(one), 0),
      total: clicksOf(totals[0]),
      page: Number(page?.section.kpis.find(({ id }) => id === "clicks")?.value ?? 0),
      adGroups: page?.adGroups.reduce((sum, one) => sum + clicksOf(one), 0) ?? 0,
    };
  });
}

const days = 6;
const line = fc.record({
  day: fc.integer({ min: 0, max: days - 1 }),
  campaign: fc.constantFrom("58", "59"),
  clicks: fc.integer({ min: 1, max: 50 }),
  cents: fc.integer({ min: 0, max: 10_000 }),
});
const answers = fc.array(
  fc.record({
    from: fc.integer({ min: 0, max: days - 1 }),
    length: fc.integer({ min: 1, max: days }),
    lines: fc.uniqueArray(line, { maxLength: 8, selector: ({ day, campaign }) => `${day} ${campaign}` }),
    hoursLater: fc.integer({ min: 1, max: 30 }),
  }),
  { minLength: 1, maxLength: 6 },
);

test("whatever was answered in whatever order, every page shows as of a moment what it showed then", async () => {
  await fc.assert(
    fc.asyncProperty(answers, async (sequence) => {
      const account = await anAccount("2026-10-10T03:00:00Z");
      const range = `${day0}..${addDays(day0, days - 1)}`;
      const seen: { at: string; shown: Awaited<ReturnType<typeof shown>> }[] = [];
      for (const { from, length, lines, hoursLater } of sequence) {
        const to = Math.min(days - 1, from + length - 1);
        await account.answer(
          from,
          to,
          lines.filter(({ day }) => day >= from && day <= to),
        );
        account.clock.advance({ minutes: 30 });
        seen.push({ at: account.clock().toISOString(), shown: await shown(account, { range }) });
        account.clock.advance({ hours: hoursLater });
      }
      for (const one of seen) expect(await shown(account, { range, asOf: one.at })).toEqual(one.shown);
      const before = await shown(account, { range, asOf: "2026-10-09T00:00:00Z" });
      expect([before.board, before.table, before.total, before.page]).toEqual([0, 0, 0, 0]);
    }),
    { numRuns: 6 },
  );
});

test("a relative range means the days it meant then, and a moment to come is refused", async () => {
  const account = await anAccount("2026-10-05T12:00:00Z");
  await account.answer(0, 4, [{ day: 1, campaign: "58", clicks: 7, cents: 100 }]);
  account.clock.advance({ days: 30 });
  const { ctx, brandId } = account;
  const asOf = "2026-10-05T13:00:00Z";
  const board = await ctx.tx((tx) => getBrandDashboard(tx, brandId, { range: "last-7-days", asOf }));
  expect(board.range).toMatchObject({ from: "2026-09-28", to: "2026-10-04" });
  expect(kpi(board.sections[0], "clicks")?.value).toBe(7);
  expect(board.freshness).toMatchObject({ syncedAt: "2026-10-05T12:00:00.000Z", dataThrough: "2026-10-02" });
  for (const wrong of ["2027-01-01T00:00:00Z", "yesterday", "2026-10-05"]) {
    const refused = await ctx.tx((tx) => getBrandDashboard(tx, brandId, { asOf: wrong })).catch((error) => error);
    expect((refused as AppError).code, wrong).toBe("malformed");
    expect(Object.keys((refused as AppError).fields ?? {}), wrong).toEqual(["asOf"]);
  }
});

test("the days before are compared as they stood at the same age, or weekday upon weekday with the year before", async () => {
  const account = await anAccount("2026-10-04T06:00:00Z");
  const { ctx, clock, brandId, answer } = account;
  const clicks = (day: number, count: number): Line => ({ day, campaign: "58", clicks: count, cents: 100 });
  await answer(0, 2, [clicks(0, 10), clicks(1, 8), clicks(2, 5)]);
  clock.set("2026-10-07T06:00:00Z");
  await answer(0, 5, [clicks(0, 12), clicks(1, 12), clicks(2, 12), clicks(3, 9), clicks(4, 7), clicks(5, 4)]);
  const previous = (view: View) =>
    ctx.tx(async (tx) => kpi((await getBrandDashboard(tx, brandId, view)).sections[0], "clicks"));
  const range = `${addDays(day0, 3)}..${addDays(day0, 5)}`;
  expect(await previous({ range })).toMatchObject({ value: 20, previous: 36 });
  expect(await previous({ range, sameAge: true })).toMatchObject({ value: 20, previous: 23 });
  const { range: year } = await ctx.tx((tx) => getBrandDashboard(tx, brandId, { range, compare: "year" }));
  const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
  expect(year.previous).toEqual({ from: "2025-10-05", to: "2025-10-07" });
  expect(weekday(year.previous.from)).toBe(weekday(year.from));
});

test("how days grow is learnt from the daily answers; a tile then says what is settled and what it becomes", async () => {
  const account = await anAccount("2026-10-01T05:00:00Z");
  const { ctx, clock, brandId, accountId, answer } = account;
  /** Traffic as it is seen at an age: 80, 95, 99, 100 of 100. */
  const share = [0.5, 0.8, 0.95, 1];
  for (let today = 0; today < 24; today++) {
    clock.set(`${addDays(day0, today)}T05:00:00Z`);
    const from = Math.max(0, today - 10);
    const lines = Array.from({ length: today - from + 1 }, (_, index): Line => {
      const age = today - (from + index);
      const final = 1000 + ((from + index) % 7) * 100;
      return { day: from + index, campaign: "58", clicks: Math.round(final * (share[age] ?? 1)), cents: 100 };
    });
    await answer(from, today, lines);
  }
  const view = { range: `${addDays(day0, 20)}..${addDays(day0, 22)}` };
  const clicks = () => ctx.tx(async (tx) => kpi((await getBrandDashboard(tx, brandId, view)).sections[0], "clicks"));
  expect((await clicks())?.maturity).toMatchObject({ basis: "days", expected: null });
  await learnMaturity(ctx, { accountId });
  const learnt = await clicks();
  const final = [20, 21, 22].reduce((sum, day) => sum + 1000 + (day % 7) * 100, 0);
  const seen = 1600 + 1000 * 0.95 + 1100 * 0.8;
  expect(learnt?.maturity.basis).toBe("learnt");
  expect(learnt?.maturity.settled).toBeCloseTo(seen / final, 2);
  const [low, high] = (learnt?.maturity.band95 ?? []).map(Number);
  expect(Number(learnt?.maturity.expected)).toBeGreaterThan(Number(learnt?.value));
  expect(Math.abs(Number(learnt?.maturity.expected) / final - 1)).toBeLessThan(0.01);
  expect(low).toBeLessThanOrEqual(Number(learnt?.maturity.expected));
  expect(high).toBeGreaterThanOrEqual(Number(learnt?.maturity.expected));
});

test("what moved since a moment is told day by day, with when and why, and closes the sum", async () => {
  const account = await anAccount("2026-10-04T06:00:00Z");
  const { ctx, clock, brandId, answer } = account;
  const clicks = (day: number, count: number): Line => ({ day, campaign: "58", clicks: count, cents: count });
  await answer(0, 2, [clicks(0, 10), clicks(1, 8), clicks(2, 5)]);
  clock.set("2026-10-05T06:00:00Z");
  await answer(0, 2, [clicks(0, 10), clicks(1, 11), clicks(2, 9)]);
  const filters = [
    { field: "brandId", operator: "eq" as const, values: [brandId] },
    { field: "range", operator: "eq" as const, values: [`${day0}..${addDays(day0, 2)}`] },
    { field: "since", operator: "eq" as const, values: ["2026-10-04T12:00:00Z"] },
  ];
  const { items } = await ctx.tx((tx) => listRestatements(tx, { ...wholeList(), filters }));
  expect(items.map(({ day, before, after }) => [day, before?.clicks, after.clicks])).toEqual([
    ["2026-10-03", 5, 9],
    ["2026-10-02", 8, 11],
  ]);
  expect(items[0]).toMatchObject({
    accountName: "Harbor",
    currency: "USD",
    movedAt: "2026-10-05T06:00:00.000Z",
    age: 2,
  });
});
