import { DAY_MS, dayNumber, startOfDay } from "../world/calendar";
import type { Advertiser, Leaf } from "../world/types";
import { GEO, PRODUCTS, SUPPLY, TECH } from "./places";
import { AUDIENCE_SEGMENTS, targetedBy } from "./segments";
import type { Target } from "./sponsored";

// What facts point at, as rows with the names of AMC's columns where it has one. LONG ids are texts until DuckDB casts them.

export type Row = Record<string, string | number | boolean | null>;

export interface Numbering {
  /** the number of the advertiser's first leaf and target: facts of several advertisers are read together */
  leaf: number;
  target: number;
}

const MILLICENTS = 100_000;

/** Of a flight day by day: the local and the UTC moment at which it begins. */
const beginning = (name: string, day: string, zone: string): Row => ({
  [name]: dayNumber(day) * DAY_MS,
  [`${name}_utc`]: startOfDay(day, zone),
});

export function leafRows(leaves: readonly Leaf[], from: Numbering): Row[] {
  return leaves.map(({ adGroup, ad }, index) => {
    const { campaign } = adGroup;
    const { advertiser } = campaign;
    const [first, second] = targetedBy(adGroup.adGroupId);
    return {
      leaf: from.leaf + index,
      ...advertiserRow(advertiser),
      campaign: campaign.name,
      campaign_id: campaign.campaignId,
      campaign_budget_amount: campaign.monthlyBudget * MILLICENTS,
      campaign_country: advertiser.country,
      campaign_insertion_order_id: campaign.externalId,
      campaign_primary_goal: campaign.goal,
      campaign_status: campaign.state,
      ...beginning("campaign_start", campaign.startDay, advertiser.timezone),
      ...beginning("campaign_end", campaign.endDay, advertiser.timezone),
      line_item: adGroup.name,
      line_item_id: adGroup.adGroupId,
      line_item_budget_amount: adGroup.budget * MILLICENTS,
      line_item_price_type: "CPM",
      line_item_status: adGroup.state,
      line_item_type: campaign.inventory,
      bid_price: Math.round(adGroup.baseBid * 100_000_000),
      creative: ad.name,
      creative_id: ad.adId,
      creative_size: ad.size,
      creative_type: ad.adType,
      creative_duration: ad.adType === "DISPLAY" ? null : 30,
      first_segment: first,
      second_segment: second,
      // As the recorder tells the promoted product of a leaf.
      promoted: index % 3,
    };
  });
}

const advertiserRow = (advertiser: Advertiser): Row => ({
  advertiser: advertiser.name,
  advertiser_id: advertiser.advertiserId,
  advertiser_timezone: advertiser.timezone,
  entity_id: advertiser.entityId,
  currency_iso_code: advertiser.currency,
  marketplace_name: `AMAZON.${advertiser.country}`,
});

export function targetRows(targets: readonly Target[], from: Numbering, advertiser: Advertiser): Row[] {
  return targets.map((target, index) => ({
    target: from.target + index,
    ...advertiserRow(advertiser),
    ad_product_type: target.adProductType,
    campaign: target.campaign,
    campaign_id: target.campaignId,
    ad_group: target.adGroup,
    targeting: target.targeting,
    match_type: target.matchType,
    customer_search_term: target.searchTerm,
    placement_type: target.placement,
    creative_asin: String(PRODUCTS[target.product]?.fields.asin),
    promoted: target.product,
  }));
}

const COUNTRIES: Record<string, string> = { "United States": "US", Canada: "CA" };
const REGIONS: Record<string, string> = {
  "New York": "US-NY",
  California: "US-CA",
  Illinois: "US-IL",
  Texas: "US-TX",
  Washington: "US-WA",
  Ontario: "CA-ON",
  Quebec: "CA-QC",
};

/** The same for every advertiser. */
export const SHARED_ROWS: Record<string, Row[]> = {
  supply: SUPPLY.map(({ fields }, supply) => ({
    supply,
    supply_source: String(fields.supplySource),
    supply_source_id: Number(fields.supplySourceId),
    site: String(fields.site),
    slot_position: String(fields.placement),
    ad_slot_size: String(fields.placementSize),
    deal_id: String(fields.dealId) || null,
    deal_name: String(fields.deal) || null,
    is_amazon_owned: fields.supplySource === "Amazon Sites" || fields.supplySource === "Twitch",
  })),
  geo: GEO.map(({ fields }, geo) => ({
    geo,
    iso_country_code: COUNTRIES[String(fields.country)] ?? null,
    iso_state_province_code: REGIONS[String(fields.region)] ?? null,
    city_name: String(fields.city),
    postal_code: String(fields.postalCode),
    dma_code: String(fields.dmaCode) || null,
  })),
  tech: TECH.map(({ fields }, tech) => ({
    tech,
    operating_system: String(fields.operatingSystemName),
    browser_family: String(fields.browserName),
    device_type: String(fields.deviceName),
    environment_type: String(fields.environmentName),
  })),
  product: PRODUCTS.map(({ fields }, product) => ({ product, asin: String(fields.asin) })),
  segment: AUDIENCE_SEGMENTS.map(({ id, name, kind, description }, segment) => ({
    segment,
    segment_id: id,
    segment_name: name,
    segment_description: description,
    kind,
  })),
};
