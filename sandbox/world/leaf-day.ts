import { DAY_MS, dayNumber, startOfDay } from "./calendar";
import { visibleShares } from "./maturity";
import { M, MEASURES, type Values } from "./measures";
import { mix, randomSource } from "./random";
import { demandOn } from "./seasons";
import type { Leaf } from "./types";

// The numbers of one leaf and day as they can be seen at a moment. They only ever grow until they are final.

export interface Seen {
  day: string;
  number: number;
  traffic: number;
  conversions: number;
  demandTraffic: number;
  demandConversions: number;
}

/** What can be seen of `day` in `zone` at `asOf` (ms). Numbers move once an hour, at the full hour. */
export function seenAt(day: string, zone: string, asOf: number): Seen {
  const hour = Math.floor(asOf / 3_600_000) * 3_600_000;
  const { traffic, conversions } = visibleShares((hour - startOfDay(day, zone)) / DAY_MS);
  const demand = demandOn(day);
  return {
    day,
    number: dayNumber(day),
    traffic,
    conversions,
    demandTraffic: demand.traffic,
    demandConversions: demand.conversions,
  };
}

/** Fills `out`; false where the leaf had no delivery on that day. */
export function leafDay(leaf: Leaf, seen: Seen, out: Values): boolean {
  out.fill(0);
  const { campaign } = leaf.adGroup;
  const { day } = seen;
  if (seen.traffic === 0 || day < campaign.startDay || day > campaign.endDay) return false;
  if (leaf.adGroup.deliversUntil !== undefined && day > leaf.adGroup.deliversUntil) return false;
  let delivery = 1;
  let conversion = 1;
  for (const anomaly of campaign.anomalies) {
    if (anomaly.day !== day) continue;
    if (anomaly.kind === "conversion_outage") conversion = anomaly.factor;
    else delivery = anomaly.factor;
  }
  const random = randomSource(mix(leaf.key, seen.number));
  const noise = 0.86 + random() * 0.28;
  const final = Math.round(leaf.impressionsPerDay * seen.demandTraffic * delivery * noise);
  if (final === 0) return false;
  fillTraffic({ leaf, final, share: seen.traffic, random }, out);
  fillConversions({ leaf, final, share: seen.conversions, random, rate: conversion * seen.demandConversions }, out);
  out[M.combinedProductSales] = Math.floor(((out[M.sales] ?? 0) + (out[M.checkoutValueSum] ?? 0)) / 100);
  return true;
}

interface Part {
  leaf: Leaf;
  /** final impressions of the day */
  final: number;
  share: number;
  random: () => number;
}

const TRAFFIC = MEASURES.slice(0, M.audioAdCompletions + 1)
  .map((measure) => M[measure])
  .concat(M.supplyCost, M.amazonDSPAudienceFee, M.amazonDSPConsoleFee, M.agencyFee, M["3pFeeDoubleVerify"]);

/** Writes the final traffic, then takes what is visible of it. */
function fillTraffic(part: Part, out: Values): void {
  fillFinalTraffic(part, out);
  if (part.share === 1) return;
  for (const index of TRAFFIC) out[index] = Math.floor((out[index] ?? 0) * part.share);
}

function fillFinalTraffic({ leaf, final, random }: Part, out: Values): void {
  const measurable = Math.floor(final * (0.93 + random() * 0.05));
  const viewable = Math.floor(measurable * (0.55 + random() * 0.25));
  const clicks = Math.floor(final * leaf.clickRate * (0.8 + random() * 0.4) + random());
  const supply = Math.round((final * leaf.cpmCents * (0.95 + random() * 0.1)) / 1000);
  const audience = Math.round((final * 42) / 1000);
  out[M.impressions] = final;
  out[M.invalidImpressions] = Math.floor(final * (0.002 + random() * 0.006));
  out[M.measurableImpressions] = measurable;
  out[M.viewableImpressions] = viewable;
  out[M.clicks] = clicks;
  out[M.invalidClickThroughs] = Math.floor(clicks * 0.03 * random() + 0.4);
  out[M.supplyCost] = supply;
  out[M.amazonDSPAudienceFee] = audience;
  out[M.amazonDSPConsoleFee] = Math.round(supply * 0.08);
  out[M.agencyFee] = Math.round((supply * leaf.adGroup.campaign.agencyFeePercent) / 100);
  out[M["3pFeeDoubleVerify"]] = Math.round((final * 6) / 1000);
  if (leaf.ad.adType === "DISPLAY") return;
  const q1 = Math.floor(final * (0.9 + random() * 0.06));
  const mid = Math.floor(q1 * (0.9 + random() * 0.06));
  const q3 = Math.floor(mid * (0.93 + random() * 0.05));
  const complete = Math.floor(q3 * (0.94 + random() * 0.04));
  const audio = leaf.ad.adType === "AUDIO";
  out[audio ? M.audioAdStart : M.videoAdStart] = Math.floor(final * 0.98);
  out[audio ? M.audioAdFirstQuartile : M.videoAdFirstQuartile] = q1;
  out[audio ? M.audioAdMidpoint : M.videoAdMidpoint] = mid;
  out[audio ? M.audioAdThirdQuartile : M.videoAdThirdQuartile] = q3;
  out[audio ? M.audioAdCompletions : M.videoAdComplete] = complete;
  if (audio) return;
  out[M.videoAdMute] = Math.floor(final * 0.04);
  out[M.videoAdPause] = Math.floor(final * 0.01);
}

interface Dice {
  out: Values;
  share: number;
  roundViews: number;
  roundClicks: number;
  viewShare: number;
}

/**
 * Writes conversions after views and after clicks, and returns their sum. Small counts round by the leaf's own dice, so
 * that a sum over leaves matures along the curve and ends exact.
 */
function pair({ out, share, roundViews, roundClicks, viewShare }: Dice, views: number, amount: number): number {
  const finalViews = Math.floor(amount * viewShare + roundViews);
  const finalClicks = Math.floor(amount * (1 - viewShare) + roundClicks);
  const seenViews = Math.floor((finalViews + roundViews) * share);
  const seenClicks = Math.floor((finalClicks + roundClicks) * share);
  out[views] = seenViews;
  out[views + 1] = seenClicks;
  return seenViews + seenClicks;
}

/** `rate` scales all conversions of the day (demand, outage). */
function fillConversions({ leaf, final, share, random, rate }: Part & { rate: number }, out: Values): void {
  const dice: Dice = { out, share, roundViews: random(), roundClicks: random(), viewShare: 0.5 + random() * 0.25 };
  const base = final * rate;
  const detail = base * leaf.detailPageRate;
  const bought = base * leaf.purchaseRate * (0.85 + random() * 0.3);
  pair(dice, M.detailPageViewViews, detail);
  pair(dice, M.newToBrandDetailPageViewViews, detail * 0.62);
  pair(dice, M.detailPageViewBrandHaloViews, detail * 0.35);
  pair(dice, M.addToCartViews, bought * 2.4);
  pair(dice, M.addToCartBrandHaloViews, bought * 0.8);
  pair(dice, M.addToListViews, bought * 0.3);
  pair(dice, M.addToListBrandHaloViews, bought * 0.12);
  pair(dice, M.newSubscribeAndSaveViews, bought * 0.08);
  pair(dice, M.brandSearchesViews, detail * 0.18);
  pair(dice, M.pageViewViews, detail * 0.2);
  pair(dice, M.addToShoppingCartViews, bought * 0.4);
  pair(dice, M.signUpViews, bought * 0.1);
  const purchases = pair(dice, M.purchasesViews, bought);
  const newToBrand = pair(dice, M.newToBrandPurchasesViews, bought * 0.55);
  const halo = pair(dice, M.purchasesBrandHaloViews, bought * 0.4);
  const newHalo = pair(dice, M.newToBrandPurchasesBrandHaloViews, bought * 0.2);
  const checkout = pair(dice, M.checkoutViews, bought * 0.15);
  const price = leaf.orderValueCents * (0.92 + random() * 0.16);
  fillAmounts({ price, units: 1.1 + random() * 0.2, purchases, newToBrand, halo, newHalo, checkout }, out);
}

interface Amounts {
  /** cents an order */
  price: number;
  units: number;
  purchases: number;
  newToBrand: number;
  halo: number;
  newHalo: number;
  checkout: number;
}

/** Sales and units follow the orders seen so far. */
function fillAmounts({ price, units, purchases, newToBrand, halo, newHalo, checkout }: Amounts, out: Values): void {
  const whole = Math.floor(price / 100);
  out[M.sales] = Math.round(purchases * price);
  out[M.newToBrandProductSales] = newToBrand * whole;
  out[M.salesBrandHalo] = halo * whole;
  out[M.newToBrandSalesBrandHalo] = newHalo * whole;
  out[M.checkoutValueSum] = Math.round(checkout * price);
  out[M.unitsSold] = Math.floor(purchases * units);
  out[M.newToBrandUnitsSold] = Math.floor(newToBrand * units);
  out[M.unitsSoldBrandHalo] = Math.floor(halo * units);
  out[M.newToBrandUnitsSoldBrandHalo] = Math.floor(newHalo * units);
  out[M.offAmazonUnitsSold] = checkout;
}
