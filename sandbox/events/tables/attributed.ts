import { type Columns, currency, type EventTable, LEAF, PLACE, placeJoins, times, USER, whole } from "./columns";
import { ADVERTISERS, CATEGORY, NEW_TO_BRAND, RETAIL_PROGRAM, SUBTYPE, UNIT_PRICE } from "./conversions";

// Conversions with the touch they are credited to. The two tables hold the same rows; the window asks for another time.

/** A metric with its `_views` and `_clicks`, and the like of the brand's other products and of both. */
function family(
  stem: string,
  of: { own: string; halo: string; as: (sql: string) => string; prefix?: string },
): Columns {
  const { own, halo, as, prefix = "" } = of;
  const values = {
    [`${prefix}${stem}`]: own,
    [`${prefix}brand_halo_${stem}`]: halo,
    [`${prefix}total_${stem}`]: `${own} + ${halo}`,
  };
  const columns: Columns = {};
  for (const [name, sql] of Object.entries(values)) {
    columns[name] = as(`(${sql})`);
    columns[`${name}_views`] = as(`(${sql}) * (1 - f.clicked)`);
    columns[`${name}_clicks`] = as(`(${sql}) * f.clicked`);
  }
  return columns;
}

const counted = (kind: number, name: "own" | "halo") => `CASE WHEN f.kind = ${kind} THEN f.${name} ELSE 0 END`;
const countsOf = (stem: string, kind: number) =>
  family(stem, { own: counted(kind, "own"), halo: counted(kind, "halo"), as: whole });
const NEW = "new_to_brand_";

const METRICS: Columns = {
  ...countsOf("purchases", 0),
  ...countsOf("detail_page_view", 1),
  ...countsOf("add_to_cart", 2),
  ...family("units_sold", { own: "f.ownUnits", halo: "f.haloUnits", as: whole }),
  ...family("product_sales", { own: "f.ownSales", halo: "f.haloSales", as: currency }),
  ...family("purchases", { own: "f.newOwn", halo: "f.newHalo", as: whole, prefix: NEW }),
  ...family("units_sold", { own: "f.newOwnUnits", halo: "f.newHaloUnits", as: whole, prefix: NEW }),
  ...family("product_sales", { own: "f.newOwnSales", halo: "f.newHaloSales", as: currency, prefix: NEW }),
  conversions: whole("f.conversions"),
  combined_sales: currency("f.ownSales + f.offAmazonSales"),
  off_amazon_product_sales: currency("f.offAmazonSales"),
  off_amazon_conversion_value: currency("f.offAmazonSales"),
  purchase_unit_price: UNIT_PRICE,
};

const leafOrTarget = (name: string) => `coalesce(l.${name}, o.${name})`;
const LEAF_ONLY = Object.fromEntries(Object.entries(LEAF).filter(([name]) => name !== "bid_price"));
const clicked = (columns: Columns): Columns =>
  Object.fromEntries(Object.entries(columns).map(([name, sql]) => [name, `CASE WHEN f.clicked = 1 THEN ${sql} END`]));

const COLUMNS: Columns = {
  ...LEAF_ONLY,
  ...PLACE,
  ...USER,
  ...METRICS,
  ...Object.fromEntries(
    ["advertiser", "advertiser_timezone", "entity_id", "campaign"].map((name) => [name, leafOrTarget(name)]),
  ),
  advertiser_id: whole(leafOrTarget("advertiser_id")),
  campaign_id: whole(leafOrTarget("campaign_id")),
  campaign_id_string: leafOrTarget("campaign_id"),
  ad_product_type: "o.ad_product_type",
  customer_search_term: "o.customer_search_term",
  match_type: "o.match_type",
  targeting: "o.targeting",
  placement_type: "o.placement_type",
  new_to_brand: NEW_TO_BRAND,
  purchase_currency: "w.currency_iso_code",
  purchase_retail_program: RETAIL_PROGRAM,
  tracked_asin: `CASE WHEN ${CATEGORY} <> 'off-Amazon' THEN p.asin END`,
  tracked_item: `CASE WHEN ${CATEGORY} <> 'off-Amazon' THEN p.asin ELSE ${SUBTYPE} END`,
  conversion_event_category: CATEGORY,
  conversion_event_subtype: SUBTYPE,
  conversion_event_name: `CASE WHEN ${CATEGORY} = 'off-Amazon' THEN ${SUBTYPE} END`,
  conversion_event_marketplace_name: "w.marketplace_name",
  traffic_event_marketplace_name: "w.marketplace_name",
  traffic_event_subtype: "CASE WHEN f.clicked = 1 THEN 'AD_CLICK' ELSE 'AD_IMP' END",
  ...times("conversion_event", "f.local", "f.at"),
  ...times("traffic_event", "f.trafficLocal", "f.trafficAt"),
  ...times("impression", "f.trafficLocal", "f.trafficAt"),
  ...clicked(times("click", "f.trafficLocal", "f.trafficAt")),
  traffic_event_id: "md5(concat_ws('|', f.trafficAt, f.person, f.leaf, f.target))",
  request_tag: `md5(concat_ws('|', f.trafficAt, f.person, f.leaf))`,
};

const attributed: EventTable = {
  columns: COLUMNS,
  from: `(SELECT * FROM converted WHERE leaf >= 0 OR target >= 0) f ${ADVERTISERS}
    LEFT JOIN sponsoredTarget o USING (target) ${placeJoins("LEFT JOIN")}`,
};

export const attributedTables: Record<string, EventTable> = {
  amazon_attributed_events_by_conversion_time: attributed,
  amazon_attributed_events_by_traffic_time: attributed,
};
