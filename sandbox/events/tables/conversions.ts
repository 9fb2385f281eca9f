import { CONVERSIONS } from "../credit";
import { type Columns, currency, type EventTable, from, LEAF, times, USER, whole } from "./columns";

// What people did, whoever gets the credit: conversions, the same by relevant campaign, and the paid table of all.

const byKind = (name: "subtype" | "category") =>
  `CASE f.kind ${CONVERSIONS.map((kind, index) => `WHEN ${index} THEN '${kind[name]}'`).join(" ")} END`;
export const SUBTYPE = byKind("subtype");
export const CATEGORY = byKind("category");
const IS_ORDER = "f.kind = 0";
export const UNIT_PRICE = `CASE WHEN f.units > 0 THEN ${currency("f.sales / f.units")} END`;
/** Names of the programs are not documented. */
export const RETAIL_PROGRAM = `CASE WHEN ${IS_ORDER} THEN CASE hash(f.at) % 40
  WHEN 0 THEN 'Whole Foods Market' WHEN 1 THEN 'Amazon Fresh' WHEN 2 THEN 'Amazon Fresh' ELSE 'Amazon.com' END END`;
const CONVERSION_ID = "md5(concat_ws('|', 'conversion', f.at, f.person, f.kind, f.leaf, f.clicked, f.newToBrand))";
export const NEW_TO_BRAND = `CASE WHEN ${IS_ORDER} THEN f.newToBrand = 1 END`;

const { event_dt, event_dt_hour, event_date, event_day, event_hour, ...utc } = times("event", "f.local", "f.at");

const conversion: Columns = {
  ...USER,
  ...utc,
  conversion_id: CONVERSION_ID,
  conversions: whole("f.conversions"),
  event_category: CATEGORY,
  event_subtype: SUBTYPE,
  conversion_event_name: `CASE WHEN ${CATEGORY} = 'off-Amazon' THEN ${SUBTYPE} END`,
  marketplace_name: "w.marketplace_name",
  purchase_currency: "w.currency_iso_code",
  purchase_retail_program: RETAIL_PROGRAM,
  purchase_unit_price: UNIT_PRICE,
  new_to_brand: NEW_TO_BRAND,
  total_product_sales: currency("f.sales"),
  total_units_sold: whole("f.units"),
  off_amazon_product_sales: currency("f.offAmazonSales"),
  off_amazon_conversion_value: currency("f.offAmazonSales"),
  combined_sales: currency("f.sales + f.offAmazonSales"),
  tracked_asin: `CASE WHEN ${CATEGORY} <> 'off-Amazon' THEN p.asin END`,
  tracked_item: `CASE WHEN ${CATEGORY} <> 'off-Amazon' THEN p.asin ELSE ${SUBTYPE} END`,
};

/** The advertiser of a row is known by the file it lies in. */
export const ADVERTISERS = `JOIN (SELECT DISTINCT folder, advertiser, marketplace_name, currency_iso_code FROM leaf) w USING (folder)
  JOIN product p USING (product)`;

const CAMPAIGNS = `(SELECT folder, campaign_id, any_value(leaf) AS leaf, any_value(promoted) AS promoted,
  min(campaign_start_utc) AS starts, max(campaign_end_utc) AS ends FROM leaf GROUP BY ALL)`;

export const conversionTables: Record<string, EventTable> = {
  conversions: { columns: conversion, from: `converted f ${ADVERTISERS}` },
  conversions_with_relevance: {
    columns: {
      ...LEAF,
      ...conversion,
      ...{ event_dt, event_dt_hour, event_date, event_day, event_hour },
      engagement_scope: "CASE WHEN f.own > 0 OR f.product = c.promoted THEN 'PROMOTED' ELSE 'BRAND_HALO' END",
    } as Columns,
    from: `converted f ${ADVERTISERS} JOIN ${CAMPAIGNS} c ON c.folder = f.folder AND f.at BETWEEN c.starts AND c.ends + 86400000
      JOIN leaf l ON l.leaf = c.leaf`,
  },
  conversions_all: {
    columns: {
      ...conversion,
      ...from("f", "exposure_type"),
      sns_subscription_id: "CASE WHEN f.subscription = 1 THEN md5(concat('subscription', f.person)) END",
      event_source: "'amazon'",
    },
    from: `(SELECT *, CASE WHEN leaf >= 0 OR target >= 0 THEN 'ad-exposed' ELSE 'non-ad-exposed' END AS exposure_type FROM converted) f ${ADVERTISERS}`,
  },
};
