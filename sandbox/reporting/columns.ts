import type { Edits, EntityKind } from "../dsp/edits";
import type { Values } from "../world/measures";
import type { Advertiser, Leaf } from "../world/types";
import { columnType } from "./catalog";
import { ratioReader } from "./ratios";
import type { Segment } from "./segments";
import { evaluate, sumOf } from "./sums";

// The value of any documented column in a row. A column the world does not model is 0 or "".

export interface Row {
  /** the day, or the first day of a summary */
  start: string;
  end: string;
  advertiser: Advertiser;
  /** stands for the entities the row is grouped by */
  leaf: Leaf;
  segment?: Segment | undefined;
  values: Values;
  edits: Edits;
}

export type Reader = (row: Row) => string | number;

function nameOf(row: Row, kind: EntityKind, of: { id: string; name: string }): string {
  const name = row.edits.any() ? row.edits.of(kind, of.id)?.name : undefined;
  return typeof name === "string" ? name : of.name;
}

const campaignOf = (row: Row) => row.leaf.adGroup.campaign;

const DIMENSIONS: Record<string, Reader> = {
  date: (row) => row.start,
  intervalStart: (row) => row.start,
  intervalEnd: (row) => row.end,
  startDate: (row) => row.start,
  endDate: (row) => row.end,
  advertiserId: (row) => row.advertiser.advertiserId,
  advertiserName: (row) => row.advertiser.name,
  advertiserCountry: (row) => row.advertiser.country,
  advertiserTimezone: (row) => row.advertiser.timezone,
  brandName: (row) => row.advertiser.name,
  entityId: (row) => row.advertiser.entityId,
  marketplace: (row) => row.advertiser.country,
  orderId: (row) => campaignOf(row).campaignId,
  orderName: (row) => nameOf(row, "campaign", { id: campaignOf(row).campaignId, name: campaignOf(row).name }),
  orderBudget: (row) => campaignOf(row).monthlyBudget,
  orderCurrency: (row) => row.advertiser.currency,
  orderStartDate: (row) => campaignOf(row).startDay,
  orderEndDate: (row) => campaignOf(row).endDay,
  orderExternalId: (row) => campaignOf(row).externalId,
  lineItemId: (row) => row.leaf.adGroup.adGroupId,
  lineItemName: (row) => nameOf(row, "adGroup", { id: row.leaf.adGroup.adGroupId, name: row.leaf.adGroup.name }),
  lineItemBudget: (row) => row.leaf.adGroup.budget,
  lineItemBudgetCap: (row) => row.leaf.adGroup.budget,
  lineItemStartDate: (row) => campaignOf(row).startDay,
  lineItemEndDate: (row) => campaignOf(row).endDay,
  lineItemExternalId: (row) => row.leaf.adGroup.externalId,
  lineItemStatus: (row) => row.leaf.adGroup.state,
  lineItemType: (row) => campaignOf(row).inventory,
  creativeId: (row) => row.leaf.ad.adId,
  creativeAdId: (row) => row.leaf.ad.creativeAdId,
  creativeName: (row) => nameOf(row, "ad", { id: row.leaf.ad.adId, name: row.leaf.ad.name }),
  creativeType: (row) => row.leaf.ad.adType,
  creativeSize: (row) => row.leaf.ad.size,
  creativeLanguage: () => "English",
  creativeWeight: (row) => row.leaf.weight,
  lineItemApprovalStatus: () => "Approved",
};

/** People reached: grows slower than impressions, so it cannot be added up. */
const reachOf = (impressions: number): number => Math.round(impressions ** 0.94 / 1.15);
const impressions = (row: Row): number => row.values[0] ?? 0;
const reach = (row: Row): number => Math.min(impressions(row), reachOf(impressions(row)));
const households = (row: Row): number => Math.round(reach(row) * 0.82);
const rounded = (value: number): number => Math.round(value * 100) / 100;

const PEOPLE: Record<string, Reader> = {
  reach,
  householdReach: households,
  frequencyAverage: (row) => (reach(row) === 0 ? 0 : rounded(impressions(row) / reach(row))),
  impressionFrequencyAverage: (row) => (reach(row) === 0 ? 0 : rounded(impressions(row) / reach(row))),
  householdFrequencyAverage: (row) => (households(row) === 0 ? 0 : rounded(impressions(row) / households(row))),
};

export function readerOf(column: string): Reader {
  const known = DIMENSIONS[column] ?? PEOPLE[column];
  if (known) return known;
  const sum = sumOf(column);
  if (sum) return sum.cents ? (row) => evaluate(sum, row.values) / 100 : (row) => evaluate(sum, row.values);
  const ratio = ratioReader(column);
  if (ratio) {
    // A rate documented as Integer is read as whole percent.
    return columnType(column) === "Integer" ? (row) => Math.round(ratio(row.values) * 100) : (row) => ratio(row.values);
  }
  const absent = columnType(column) === "String" ? "" : 0;
  return (row) => row.segment?.fields[column] ?? absent;
}
