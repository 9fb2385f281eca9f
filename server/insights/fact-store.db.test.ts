import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aClock, aCtx, anAgency, aSource } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import type { RowBatch } from "../amazon";
import type { Ctx } from "../core/context";
import { addDays } from "./date-range";
import { recomputeRollups } from "./fact-store";
import { reportTypes } from "./report-types";
import { storeReportRows } from "./store-report-rows";

const { db } = testDatabase();
const clock = aClock("2026-11-20T12:00:00Z");
const type = reportTypes.campaign;
const day0 = "2026-11-01";

interface Line {
  day: number;
  campaign: string;
  creative: string;
  clicks: number;
  cents: number;
}

const rowOf = ({ day, campaign, creative, clicks, cents }: Line) => ({
  date: addDays(day0, day),
  orderId: campaign,
  lineItemId: `${campaign}1`,
  creativeId: creative,
  creativeName: `Creative ${creative}`,
  orderCurrency: "USD",
  impressions: clicks * 100,
  clicks,
  totalCost: cents / 100,
});

async function* batchesOf(rows: object[], rejected: RowBatch["rejected"] = []): AsyncGenerator<RowBatch> {
  for (let at = 0; at < rows.length; at += 3) {
    yield { rows: rows.slice(at, at + 3) as RowBatch["rows"], rejected: at === 0 ? rejected : [] };
  }
}

interface Sync {
  from: number;
  to: number;
  /** Minutes after the test's start at which Amazon was asked. */
  asked?: number;
  rows: object[];
  rejected?: RowBatch["rejected"];
}

async function aStore() {
  const ctx = aCtx(aSource(db, { clock }), await anAgency(db));
  const accountId = randomUUID();
  const sync = ({ from, to, asked = 0, rows, rejected }: Sync) => {
    const run = {
      id: randomUUID(),
      accountId,
      range: { from: addDays(day0, from), to: addDays(day0, to) },
      currency: "USD",
      dialect: "v3" as const,
      observedAt: new Date(clock().getTime() + asked * 60_000),
    };
    return ctx.tx(async (tx) => ({ run, counts: await storeReportRows(tx, { type, run }, batchesOf(rows, rejected)) }));
  };
  return { ctx, accountId, sync };
}

const factsOf = (ctx: Ctx) =>
  ctx.tx(
    (
      tx,
    ) => tx.sql`select day::text, campaign_id, ad_group_id, creative_id, impressions::int, clicks::int, total_cost::text
      from facts order by 1, 2, 3, 4`,
  );
const rollupsOf = (ctx: Ctx) =>
  ctx.tx(async (tx) => [
    await tx.sql`select day::text, campaign_id, clicks::int, total_cost::text from rollup_campaign_day order by 1, 2`,
    await tx.sql`select day::text, clicks::int, total_cost::text from rollup_account_day order by 1`,
  ]);
const revisionsOf = (ctx: Ctx) =>
  ctx.tx((tx) => tx.sql`select campaign_id, (fact->>'clicks')::int as clicks, run_id from fact_revisions order by 2`);

test("money arrives in the facts and both rollups to the last micro", async () => {
  const { ctx, sync } = await aStore();
  const rows = [
    { ...rowOf({ day: 0, campaign: "58", creative: "1", clicks: 1, cents: 0 }), totalCost: 0.1 },
    { ...rowOf({ day: 0, campaign: "58", creative: "2", clicks: 1, cents: 0 }), totalCost: "0.2" },
    {
      ...rowOf({ day: 0, campaign: "9007199254740993123", creative: "2", clicks: 1, cents: 0 }),
      totalCost: "9007199254.740993",
    },
  ];
  const { counts } = await sync({ from: 0, to: 1, rows });
  expect(counts).toEqual({ rowsRead: 3, rowsChanged: 3, rowsRejected: 0 });
  const [campaigns, account] = await rollupsOf(ctx);
  expect(campaigns).toEqual([
    { day: day0, campaign_id: "58", clicks: 2, total_cost: "300000" },
    { day: day0, campaign_id: "9007199254740993123", clicks: 1, total_cost: "9007199254740993" },
  ]);
  expect(account).toEqual([{ day: day0, clicks: 3, total_cost: "9007199255040993" }]);
});

test("a restated day is changed once, and what it said before is kept once", async () => {
  const { ctx, sync } = await aStore();
  const before = [1, 2].map((clicks) => rowOf({ day: 0, campaign: `${clicks}`, creative: "1", clicks, cents: 500 }));
  const after = [before[0] ?? {}, rowOf({ day: 0, campaign: "2", creative: "1", clicks: 9, cents: 500 })];
  await sync({ from: 0, to: 3, rows: before });
  const { run, counts } = await sync({ from: 0, to: 3, asked: 1, rows: after });
  expect(counts?.rowsChanged).toBe(1);
  expect((await sync({ from: 0, to: 3, asked: 2, rows: after })).counts?.rowsChanged).toBe(0);
  expect(await revisionsOf(ctx)).toEqual([{ campaign_id: "2", clicks: 2, run_id: run.id }]);
  expect((await rollupsOf(ctx))[1]).toEqual([{ day: day0, clicks: 10, total_cost: "10000000" }]);
});

test("a row that Amazon no longer sends leaves the facts and the rollups, and stays among the revisions", async () => {
  const { ctx, sync } = await aStore();
  const kept = rowOf({ day: 1, campaign: "1", creative: "1", clicks: 3, cents: 100 });
  await sync({ from: 0, to: 3, rows: [kept, rowOf({ day: 1, campaign: "2", creative: "1", clicks: 7, cents: 100 })] });
  const { counts } = await sync({ from: 1, to: 1, asked: 1, rows: [kept] });
  expect(counts?.rowsChanged).toBe(1);
  expect(await factsOf(ctx)).toHaveLength(1);
  expect(await rollupsOf(ctx)).toEqual([
    [{ day: addDays(day0, 1), campaign_id: "1", clicks: 3, total_cost: "1000000" }],
    [{ day: addDays(day0, 1), clicks: 3, total_cost: "1000000" }],
  ]);
  expect(await revisionsOf(ctx)).toMatchObject([{ campaign_id: "2", clicks: 7 }]);
});

test("rows that do not parse are kept with their reason, and the others are stored", async () => {
  const { ctx, sync } = await aStore();
  const good = rowOf({ day: 0, campaign: "1", creative: "1", clicks: 1, cents: 100 });
  const bad = [
    { ...good, clicks: 1.5 },
    { ...good, totalCost: "12 USD" },
    { ...good, date: "20 Nov" },
    { ...good, orderId: null },
    { ...good, orderCurrency: "EUR" },
    { ...good, date: addDays(day0, 9) },
    { ...good, lineItemId: {}, note: `tab\tline\n\\N ${"x".repeat(3000)}` },
  ];
  const spoilt = [{ index: 0, text: "{broken", reason: "not valid JSON" }];
  const { run, counts } = await sync({ from: 0, to: 3, rows: [good, ...bad], rejected: spoilt });
  expect(counts).toEqual({ rowsRead: 9, rowsChanged: 1, rowsRejected: 8 });
  const kept = await ctx.tx(
    (tx) =>
      tx.sql`select position, reason, length(row) as length, row from rejected_rows where run_id = ${run.id} order by 1`,
  );
  expect(kept.map((row) => [row.position, row.reason])).toEqual([
    [0, "not valid JSON"],
    [2, "clicks: not a whole number"],
    [3, "totalCost: not an amount"],
    [4, expect.stringContaining("date")],
    [5, expect.stringContaining("orderId")],
    [6, "orderCurrency: EUR is not the account's USD"],
    [7, "date: 2026-11-10 was not asked for"],
    [8, expect.stringContaining("lineItemId")],
  ]);
  expect(kept.at(-1)?.length).toBe(2000);
  expect(kept[1]?.row).toContain('"clicks":1.5');
});

test("of two rows with one grain the later stands, and the other is counted", async () => {
  const { ctx, sync } = await aStore();
  const rows = [4, 5, 6].map((clicks) => rowOf({ day: 0, campaign: "1", creative: "1", clicks, cents: 100 }));
  const { counts } = await sync({ from: 0, to: 0, rows });
  expect(counts).toEqual({ rowsRead: 3, rowsChanged: 1, rowsRejected: 2 });
  expect(await factsOf(ctx)).toMatchObject([{ clicks: 6 }]);
  const again = await sync({ from: 0, to: 0, asked: 1, rows });
  expect(again.counts).toEqual({ rowsRead: 3, rowsChanged: 0, rowsRejected: 2 });
});

test("an answer to an older question that comes late changes only days nobody has asked about since", async () => {
  const { ctx, sync } = await aStore();
  const line = (day: number, clicks: number) => rowOf({ day, campaign: "1", creative: "1", clicks, cents: 100 });
  await sync({ from: 2, to: 3, asked: 10, rows: [line(2, 20), line(3, 30)] });
  const { counts } = await sync({ from: 1, to: 3, asked: 5, rows: [line(1, 1), line(2, 2)] });
  expect(counts?.rowsChanged).toBe(1);
  expect((await factsOf(ctx)).map((fact) => fact.clicks)).toEqual([1, 20, 30]);
  expect(await revisionsOf(ctx)).toEqual([]);
});

test("what a report names before any listing has shown it gets a campaign, an ad group and a creative", async () => {
  const { ctx, sync } = await aStore();
  await sync({ from: 0, to: 0, rows: [rowOf({ day: 0, campaign: "58", creative: "7", clicks: 1, cents: 1 })] });
  const names = await ctx.tx(
    (tx) => tx.sql`select (select name || ' ' || state from campaigns) as campaign,
      (select name from ad_groups) as ad_group, (select name from creatives) as creative`,
  );
  expect(names).toEqual([{ campaign: "Campaign 58 UNLISTED", ad_group: "Ad group 581", creative: "Creative 7" }]);
});

test("an answer that breaks off halfway leaves everything as it was", async () => {
  const { ctx, sync } = await aStore();
  const line = rowOf({ day: 0, campaign: "1", creative: "1", clicks: 1, cents: 100 });
  await sync({ from: 0, to: 0, rows: [line] });
  async function* broken(): AsyncGenerator<RowBatch> {
    yield { rows: [{ ...line, clicks: 2 }], rejected: [] };
    throw new Error("connection lost");
  }
  const [fact] = await ctx.tx((tx) => tx.sql`select account_id, run_id from facts`);
  const run = {
    id: randomUUID(),
    accountId: String(fact?.account_id),
    range: { from: day0, to: day0 },
    currency: "USD",
    dialect: "v3" as const,
    observedAt: new Date(clock().getTime() + 60_000),
  };
  await expect(ctx.tx((tx) => storeReportRows(tx, { type, run }, broken()))).rejects.toThrow("connection lost");
  expect(await factsOf(ctx)).toMatchObject([{ clicks: 1 }]);
  expect((await sync({ from: 0, to: 0, asked: 2, rows: [{ ...line, clicks: 3 }] })).counts?.rowsChanged).toBe(1);
});

const lines = fc.uniqueArray(
  fc.record({
    day: fc.integer({ min: 0, max: 5 }),
    campaign: fc.constantFrom("1", "2"),
    creative: fc.constantFrom("1", "2"),
    clicks: fc.integer({ min: 0, max: 3 }),
    cents: fc.integer({ min: -100, max: 100 }),
  }),
  { selector: ({ day, campaign, creative }) => `${day} ${campaign} ${creative}`, maxLength: 16 },
);
const window = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }))
  .map((ends) => ends.sort((a, b) => a - b));
const answers = fc.array(fc.record({ window, truth: lines }), { minLength: 1, maxLength: 5 });

test("any sequence of overlapping syncs equals one sync of what was said last, and keeps each old value once", async () => {
  await fc.assert(
    fc.asyncProperty(answers, fc.boolean(), async (sequence, shuffled) => {
      const { ctx, accountId, sync } = await aStore();
      const once = await aStore();
      const said = new Map<number, Line[]>();
      const asked = sequence.map((answer, index) => ({ ...answer, asked: index }));
      // Late answers: the order of arrival is not the order of asking.
      for (const { window, truth, asked: minute } of shuffled ? asked.toReversed() : asked) {
        const [from = 0, to = 0] = window;
        const rows = truth.filter((line) => line.day >= from && line.day <= to);
        await sync({ from, to, asked: minute, rows: rows.map(rowOf) });
      }
      for (const { window, truth } of asked) {
        const [from = 0, to = 0] = window;
        for (let day = from; day <= to; day += 1) {
          said.set(
            day,
            truth.filter((line) => line.day === day),
          );
        }
      }
      await once.sync({ from: 0, to: 5, rows: [...said.values()].flat().map(rowOf) });
      expect(await factsOf(ctx)).toEqual(await factsOf(once.ctx));
      const kept = await rollupsOf(ctx);
      expect(kept).toEqual(await rollupsOf(once.ctx));
      await ctx.tx((tx) =>
        recomputeRollups(
          tx,
          accountId,
          [0, 1, 2, 3, 4, 5].map((day) => addDays(day0, day)),
        ),
      );
      expect(await rollupsOf(ctx)).toEqual(kept);
      if (!shuffled) expect(await revisionsOf(ctx)).toHaveLength(expectedRevisions(asked));
    }),
    { numRuns: 15 },
  );
});

/** Times a grain's value was followed by another one, or by its absence. */
function expectedRevisions(sequence: { window: number[]; truth: Line[] }[]): number {
  const present = new Map<string, string>();
  let revisions = 0;
  for (const { window, truth } of sequence) {
    const [from = 0, to = 0] = window;
    const now = new Map(
      truth.map((line) => [`${line.day} ${line.campaign} ${line.creative}`, `${line.clicks} ${line.cents}`]),
    );
    for (const [grain, value] of present) {
      const day = Number(grain.split(" ")[0]);
      if (day < from || day > to || now.get(grain) === value) continue;
      revisions += 1;
      present.delete(grain);
    }
    for (const [grain, value] of now) {
      const day = Number(grain.split(" ")[0]);
      if (day >= from && day <= to) present.set(grain, value);
    }
  }
  return revisions;
}
