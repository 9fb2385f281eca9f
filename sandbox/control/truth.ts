import { daysOf } from "../reporting/rows";
import { evaluate, sumOf } from "../reporting/sums";
import type { Sandbox } from "../sandbox";
import { leafDay } from "../world/leaf-day";
import { addValues, emptyValues, type Values } from "../world/measures";
import type { Leaf } from "../world/types";

// The numbers behind the reports, added up from the world itself: counts and micros as decimal strings.

export interface TruthQuery {
  advertiserId: string;
  startDate: string;
  endDate: string;
  by?: "total" | "day" | "campaign" | "adGroup" | "ad" | undefined;
  /** only this campaign */
  campaignId?: string | undefined;
  /** ISO moment; default: the sandbox's now */
  asOf?: string | undefined;
}

export type TruthSums = Record<string, string>;

export interface Truth {
  advertiserId: string;
  currency: string;
  timezone: string;
  startDate: string;
  endDate: string;
  asOf: string;
  total: TruthSums;
  /** by day, campaign id, ad group id or ad id, as asked */
  by: Record<string, TruthSums>;
}

const COLUMNS = [
  "impressions",
  "clicks",
  "grossImpressions",
  "invalidImpressions",
  "measurableImpressions",
  "viewableImpressions",
  "totalCost",
  "supplyCost",
  "totalFee",
  "amazonDSPAudienceFee",
  "amazonDSPConsoleFee",
  "agencyFee",
  "3PFees",
  "detailPageViews",
  "detailPageViewViews",
  "detailPageViewClicks",
  "addToCart",
  "addToList",
  "purchases",
  "purchasesViews",
  "purchasesClicks",
  "unitsSold",
  "sales",
  "newToBrandPurchases",
  "newToBrandUnitsSold",
  "newToBrandProductSales",
  "totalDetailPageView",
  "totalAddToCart",
  "totalPurchases",
  "totalUnitsSold",
  "totalSales",
  "totalNewToBrandPurchases",
  "totalNewToBrandSales",
  "brandSearches",
  "newSubscribeAndSave",
  "offAmazonConversions",
  "offAmazonPurchases",
  "offAmazonProductSales",
  "combinedPurchases",
  "combinedProductSales",
  "videoAdStart",
  "videoAdComplete",
  "audioAdStart",
  "audioAdCompletions",
];

/** Documented as Integer, yet amounts: whole currency units. */
const WHOLE_AMOUNTS = ["newToBrandProductSales", "combinedProductSales"];

/** undefined: no such advertiser */
export function truthOf(sandbox: Sandbox, query: TruthQuery): Truth | undefined {
  const { world, clock } = sandbox;
  const advertiser = world.advertisers.find((candidate) => candidate.advertiserId === query.advertiserId);
  if (!advertiser) return undefined;
  const asOf = query.asOf === undefined ? clock.now() : Date.parse(query.asOf);
  const total = emptyValues();
  const groups = new Map<string, Values>();
  const values = emptyValues();
  const days = daysOf(query, advertiser, asOf);
  for (const leaf of world.leaves.get(advertiser.advertiserId) ?? []) {
    if (query.campaignId !== undefined && leaf.adGroup.campaign.campaignId !== query.campaignId) continue;
    for (const seen of days) {
      if (!leafDay(leaf, seen, values)) continue;
      addValues(total, values);
      const key = keyOf(query.by, leaf, seen.day);
      const group = groups.get(key) ?? emptyValues();
      addValues(group, values);
      groups.set(key, group);
    }
  }
  return {
    advertiserId: advertiser.advertiserId,
    currency: advertiser.currency,
    timezone: advertiser.timezone,
    startDate: query.startDate,
    endDate: query.endDate,
    asOf: new Date(asOf).toISOString(),
    total: sums(total),
    by: query.by === undefined || query.by === "total" ? {} : bySums(groups),
  };
}

function keyOf(by: TruthQuery["by"], leaf: Leaf, day: string): string {
  if (by === "day") return day;
  if (by === "campaign") return leaf.adGroup.campaign.campaignId;
  if (by === "adGroup") return leaf.adGroup.adGroupId;
  return by === "ad" ? leaf.ad.adId : "";
}

const bySums = (groups: Map<string, Values>): Record<string, TruthSums> =>
  Object.fromEntries([...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, values]) => [key, sums(values)]));

function sums(values: Values): TruthSums {
  const result: TruthSums = {};
  for (const column of COLUMNS) {
    const sum = sumOf(column);
    if (!sum) throw new Error(`no sum for ${column}`);
    const amount = BigInt(evaluate(sum, values));
    if (sum.cents) result[`${column}Micros`] = String(amount * 10_000n);
    else result[column] = String(amount);
    if (WHOLE_AMOUNTS.includes(column)) result[`${column}Micros`] = String(amount * 1_000_000n);
  }
  return result;
}
