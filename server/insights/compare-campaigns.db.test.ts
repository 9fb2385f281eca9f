// Campaigns side by side, and what is said of their differences, on stored report rows.
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aWorld } from "../../tests/api/samples";
import { aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import type { Row, RowBatch } from "../amazon";
import { wholeList } from "../core/query";
import { listComparisons } from "./compare-campaigns";
import { ensureMonths } from "./fact-store";
import { listPaces } from "./list-paces";
import { reportTypes } from "./report-types";
import { storeReportRows } from "./store-report-rows";
import { campaigns } from "./tables";

const { db } = testDatabase();
const clock = aClock("2026-11-20T17:00:00Z");
const source = aSource(db, { clock });
const days = { from: "2026-11-01", to: "2026-11-18" };
const [plain, better, alike] = ["590000000000000001", "11", "12"];

async function* oneBatch(rows: Row[]): AsyncGenerator<RowBatch> {
  yield { rows, rejected: [] };
}

/** Three campaigns over eighteen days: one with double the clicks of the two others, which wander alike. */
async function anAccount() {
  const agencyId = await anAgency(db);
  const { accounts: accountId = "" } = await aWorld(db, agencyId, `w${randomUUID().slice(0, 8)}`);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const rows = Array.from({ length: 18 }, (_, index) =>
    [plain, better, alike].map((orderId, which) => ({
      date: `2026-11-${String(index + 1).padStart(2, "0")}`,
      orderId,
      lineItemId: `${orderId}1`,
      creativeId: "9",
      orderCurrency: "USD",
      impressions: 10_000,
      clicks: (which === 1 ? 80 : 40) + ((index * 7 + which * 5) % 11),
      totalCost: 10,
    })),
  ).flat();
  const run = {
    id: randomUUID(),
    accountId,
    range: days,
    currency: "USD",
    dialect: "v3" as const,
    observedAt: clock(),
  };
  await ctx.tx((tx) => ensureMonths(tx, days.from, days.to));
  await ctx.tx((tx) => storeReportRows(tx, { type: reportTypes.campaign, run }, oneBatch(rows)));
  const compare = (ids: string[], metric: string, range = `${days.from}..${days.to}`) =>
    ctx.tx((tx) =>
      listComparisons(tx, {
        ...wholeList(),
        filters: [
          { field: "id", operator: "eq", values: ids.map((id) => `${accountId}:${id}`) },
          { field: "metric", operator: "eq", values: [metric] },
          { field: "range", operator: "eq", values: [range] },
        ],
      }),
    );
  return { ctx, accountId, compare };
}

test("a rate that is double differs, one that is alike stays open, and a week is not enough to say", async () => {
  const { compare } = await anAccount();
  const [found] = (await compare([plain, better, alike], "ctr")).items;
  expect(found?.campaigns.map(({ days: own }) => own.length)).toEqual([18, 18, 18]);
  expect(found?.pairs?.map(({ verdict, days: shared }) => [verdict, shared])).toEqual([
    ["differs", 18],
    ["open", 18],
    ["differs", 18],
  ]);
  const [pair] = found?.pairs ?? [];
  expect(pair?.low).toBeLessThan(pair?.difference ?? 0);
  expect(pair?.high).toBeLessThan(0);
  const [week] = (await compare([plain, better], "ctr", "2026-11-01..2026-11-07")).items;
  expect(week?.pairs).toMatchObject([{ verdict: "little", days: 7, p: null }]);
  expect((await compare([plain, better], "spend")).items[0]?.pairs).toBeNull();
});

test("one campaign, or seven, cannot be compared, and the answer says what can", async () => {
  const { compare } = await anAccount();
  const seven = Array.from({ length: 7 }, (_, index) => `${index}`);
  for (const ids of [[plain], seven]) {
    await expect(compare(ids, "ctr")).rejects.toMatchObject({
      code: "malformed",
      fields: { id: expect.stringContaining("2 to 6") },
    });
  }
});

test("a campaign is paced against the flight that runs, over days that are reported", async () => {
  const { ctx, accountId } = await anAccount();
  const monetary = (value: number) => ({ budgetValue: { monetaryBudgetValue: { monetaryBudget: { value } } } });
  const flight = {
    name: "November",
    startDateTime: "2026-11-01T12:00:00Z",
    endDateTime: "2026-11-30T12:00:00Z",
    budget: monetary(600),
  };
  await ctx.tx((tx) => tx.db.update(campaigns).set({ state: "ENABLED", source: { flights: [flight] } }));
  const filters = [{ field: "campaignId", operator: "eq" as const, values: [`${accountId}:${plain}`] }];
  const { items } = await ctx.tx((tx) => listPaces(tx, { ...wholeList(), filters }));
  expect(items).toMatchObject([
    {
      flight: "November",
      counted: 18,
      through: "2026-11-18",
      days: 30,
      budget: "600000000",
      spent: "180000000",
      expected: "360000000",
      ahead: "-180000000",
      deviation: -0.5,
      projected: "300000000",
      pace: "under",
      gaps: 0,
    },
  ]);
});
