// N2: over restatements, the 80% and 95% bands that a tile states hold as often as they say. The short form judges the curves; the whole
// form the tiles themselves, day after day of answers that are stored and learnt from.
import { randomUUID } from "node:crypto";
import type { RowBatch } from "../../../server/amazon";
import { accounts } from "../../../server/connections/tables";
import { getBrandDashboard } from "../../../server/insights/brand-dashboard";
import type { Maturity } from "../../../server/insights/contract";
import { addDays, daysBetween } from "../../../server/insights/date-range";
import { ensureMonths } from "../../../server/insights/fact-store";
import { learnMaturity } from "../../../server/insights/learn-maturity";
import { reportTypes } from "../../../server/insights/report-types";
import { storeReportRows } from "../../../server/insights/store-report-rows";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../../tests/support/ctx";
import { heldByCurves } from "../../../tests/support/held-by-curves";
import { Held, lastAge, restatedDays } from "../../../tests/support/restated-days";
import { inLanes } from "../lanes";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { SoakPlace } from "../place";

const firstDay = "2025-06-01";
const brands = { curves: 30, tiles: 40 };
/** Days learnt from before the first look, and looks after that. */
const [before, looks, lookEvery] = [70, 16, 6];
const windows = [7, 30];

export async function bands(place: SoakPlace, { short }: SoakOptions): Promise<Outcome> {
  const held = short ? heldByCurves(brands.curves) : await heldByTiles(place);
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  return check(
    `${held.cases} windows of ${short ? brands.curves : brands.tiles} brands: the 80% band held ${percent(held.share80)}, the 95% band ${percent(held.share95)}, bias ${percent(held.bias)}`,
    {
      "the 80% band holds 78 to 82%": held.share80 >= 0.78 && held.share80 <= 0.82,
      "the 95% band holds 93 to 97%": held.share95 >= 0.93 && held.share95 <= 0.97,
      "the expected value leans to neither side": Math.abs(held.bias) < 0.005,
    },
  );
}

async function heldByTiles(place: SoakPlace): Promise<Held> {
  const held = new Held();
  const lanes = { lanes: 2, open: async () => {}, close: async () => {} };
  await inLanes([...Array(brands.tiles).keys()], lanes, (_, brand) => replayBrand(place, { seed: 2000 + brand, held }));
  return held;
}

async function replayBrand({ db }: SoakPlace, { seed, held }: { seed: number; held: Held }): Promise<void> {
  const days = restatedDays(seed, before + looks * lookEvery + lastAge + 1);
  const clock = aClock();
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
      amazonId: String(seed),
      name: `Advertiser ${seed}`,
      countryCode: "US",
      currency: "USD",
      timeZone: "UTC",
      brandId,
      capabilities: {} as never,
      createdAt: clock(),
      seenAt: clock(),
    }),
  );
  await ctx.tx((tx) => ensureMonths(tx, firstDay, addDays(firstDay, before + looks * lookEvery)));
  for (let today = 1; today <= before + looks * lookEvery; today++) {
    // Late in the day, which is asked for too: how it grows until the next is learnt from that.
    clock.set(`${addDays(firstDay, today)}T23:00:00Z`);
    const range = { from: addDays(firstDay, Math.max(0, today - lastAge)), to: addDays(firstDay, today) };
    const run = { id: randomUUID(), accountId, range, currency: "USD", dialect: "v3" as const, observedAt: clock() };
    await ctx.tx((tx) => storeReportRows(tx, { type: reportTypes.campaign, run }, answer(days, today, range)));
    await learnMaturity(ctx, { accountId });
    if (today < before || (today - before) % lookEvery !== 0) continue;
    for (const window of windows) {
      const asked = days.slice(today - window, today);
      const truth = asked.reduce((sum, one) => sum + (one[lastAge] ?? 0), 0);
      const view = { range: `${addDays(firstDay, today - window)}..${addDays(firstDay, today - 1)}` };
      const { sections } = await ctx.tx((tx) => getBrandDashboard(tx, brandId, view));
      const maturity = sections[0]?.kpis.find(({ id }) => id === "purchases")?.maturity;
      held.add(truth, statedBy(maturity));
    }
  }
}

/** What Amazon says that day of the days of a range. */
async function* answer(days: number[][], today: number, { from, to }: { from: string; to: string }) {
  const rows = Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => {
    const day = daysBetween(firstDay, from) + index;
    const final = days[day]?.[lastAge] ?? 0;
    return {
      date: addDays(firstDay, day),
      orderId: "58",
      lineItemId: "581",
      creativeId: "9",
      creativeName: "Creative 9",
      orderCurrency: "USD",
      impressions: final * 900,
      clicks: final * 3,
      totalCost: final * 7,
      purchases: days[day]?.[today - day] ?? 0,
    };
  });
  yield { rows: rows as RowBatch["rows"], rejected: [] };
}

function statedBy(maturity: Maturity | undefined) {
  const { expected, band80, band95 } = maturity ?? {};
  if (!expected || !band80 || !band95) throw new Error("the tile states no band");
  const pair = ([low, high]: typeof band80) => [Number(low), Number(high)] as const;
  return { value: Number(expected), band80: pair(band80), band95: pair(band95) };
}
