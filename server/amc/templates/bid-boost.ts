import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, sponsoredAd, sponsoredClick } from "./proof-rows";

export const bidBoost = defineTemplate({
  id: "bid-boost",
  title: "Bid boost for an audience",
  question: "Does a higher bid for an audience pay in Sponsored Products and Sponsored Brands?",
  tags: ["sponsored ads", "audience", "efficiency"],
  parameters: [
    {
      name: "audience",
      label: "Audience",
      kind: "text",
      default: null,
      help: "The id of the audience whose bids are raised, as matched segments show it.",
    },
  ],
  sql: `
WITH shown AS (
  SELECT user_id, ad_product_type,
    CASE WHEN POSITION(CUSTOM_PARAMETER('audience') IN COALESCE(matched_behavior_segment_ids, '')) > 0
      THEN 'In the audience' ELSE 'Others' END AS people,
    impressions, clicks, spend / 100000000 AS cost
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL AND ad_product_type IN ('sponsored_products', 'sponsored_brands')
),
members AS (
  SELECT user_id, ad_product_type, people, SUM(impressions) AS impressions, SUM(clicks) AS clicks, SUM(cost) AS cost
  FROM shown
  GROUP BY user_id, ad_product_type, people
),
buys AS (
  SELECT user_id, ad_product_type, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id, ad_product_type
)
SELECT m.ad_product_type, m.people,
  COUNT(DISTINCT m.user_id) AS users,
  SUM(m.impressions) AS impressions,
  SUM(m.clicks) AS clicks,
  SUM(m.cost) AS cost,
  SUM(m.cost) / NULLIF(SUM(m.clicks), 0) AS cost_per_click,
  SUM(COALESCE(b.purchases, 0)) AS purchases,
  SUM(COALESCE(b.sales, 0)) AS sales,
  SUM(COALESCE(b.sales, 0)) / NULLIF(SUM(m.cost), 0) AS roas
FROM members m
LEFT JOIN buys b ON b.user_id = m.user_id AND b.ad_product_type = m.ad_product_type
GROUP BY m.ad_product_type, m.people`,
  columns: [
    { name: "ad_product_type", label: "Ad product", unit: "text" },
    { name: "people", label: "People", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "clicks", label: "Clicks", unit: "count" },
    { name: "cost", label: "Cost", unit: "money" },
    { name: "cost_per_click", label: "Cost a click", unit: "money" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "roas", label: "Sales for one of cost", unit: "number" },
  ],
  chart: { kind: "bars", x: "people", y: ["roas", "cost_per_click"] },
  privacy: "A row needs two users.",
  guide: `If the audience's clicks cost more by less than it buys more, the boost pays. Someone who was in the audience for a part of
the window only is counted with both, the purchases too: choose a window in which the boost did not change.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { audience: "4711" },
    tables: {
      sponsored_ads_traffic: [
        ...usersOf(2, 1, (user_id) => clicked(user_id, "[12,4711]", 80_000_000)),
        ...usersOf(4, 11, (user_id) => clicked(user_id, "[12]", 50_000_000)),
        sponsoredAd({ user_id: "u0011", ad_product_type: "sponsored_products" }),
        { ...clicked("u0021", "[4711]", 80_000_000), ad_product_type: "sponsored_brands" },
      ],
      amazon_attributed_events_by_traffic_time: [
        bought("u0001", "sponsored_products", 16),
        bought("u0011", "sponsored_products", 10),
        bought("u0012", "sponsored_brands", 50),
      ],
    },
    expected: [
      ["sponsored_products", "In the audience", 2, 2, 2, 1.6, 0.8, 1, 16, 10],
      ["sponsored_products", "Others", 4, 5, 4, 2, 0.5, 1, 10, 5],
    ],
  },
});

function clicked(user_id: string, matched_behavior_segment_ids: string, spend: number) {
  return sponsoredClick({ user_id, ad_product_type: "sponsored_products", matched_behavior_segment_ids, spend });
}

function bought(user_id: string, ad_product_type: string, total_product_sales: number) {
  return creditedPurchase({ user_id, ad_product_type, total_product_sales });
}
