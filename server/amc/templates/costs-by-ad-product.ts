import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, impression, sponsoredAd, sponsoredClick } from "./proof-rows";

export const costsByAdProduct = defineTemplate({
  id: "costs-by-ad-product",
  title: "Costs and sales of ad products",
  question: "What do DSP and each sponsored ad product cost, and what do they bring?",
  tags: ["cost", "efficiency", "sponsored ads"],
  sql: `
WITH events AS (
  SELECT 'dsp' AS product, user_id, impressions, 0 AS clicks, total_cost / 100000 AS cost, 0 AS purchases, 0 AS sales
  FROM dsp_impressions
  UNION ALL
  SELECT 'dsp' AS product, user_id, 0 AS impressions, clicks, 0 AS cost, 0 AS purchases, 0 AS sales
  FROM dsp_clicks
  UNION ALL
  SELECT ad_product_type AS product, user_id, impressions, clicks, spend / 100000000 AS cost,
    0 AS purchases, 0 AS sales
  FROM sponsored_ads_traffic
  UNION ALL
  SELECT COALESCE(ad_product_type, 'dsp') AS product, user_id, 0 AS impressions, 0 AS clicks, 0 AS cost,
    total_purchases AS purchases, total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE total_purchases > 0
)
SELECT product,
  COUNT(DISTINCT user_id) AS users,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(cost) AS cost,
  SUM(purchases) AS purchases,
  SUM(sales) AS sales,
  SUM(sales) / NULLIF(SUM(cost), 0) AS roas
FROM events
GROUP BY product`,
  columns: [
    { name: "product", label: "Ad product", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "clicks", label: "Clicks", unit: "count" },
    { name: "cost", label: "Cost", unit: "money" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "roas", label: "Sales for one of cost", unit: "number" },
  ],
  chart: { kind: "bars", x: "product", y: ["cost", "sales"] },
  privacy: "An ad product needs two users.",
  guide: `Amazon credits each purchase to one ad, the last: sponsored ads, which stand at the end of a journey, look best here.
Ask the questions of attribution and of overlap before you move money from the DSP to them.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: usersOf(4, 1, (user_id) => impression({ user_id, total_cost: 100_000 })),
      dsp_clicks: [{ user_id: "u0001", click_dt_utc: "2026-06-04T09:00:00Z", clicks: 1 }],
      sponsored_ads_traffic: [
        ...usersOf(2, 1, (user_id) => sponsoredClick({ user_id, ad_product_type: "sponsored_products" })),
        ...usersOf(2, 11, (user_id) => sponsoredAd({ user_id, ad_product_type: "sponsored_products" })),
        sponsoredClick({ user_id: "u0001", ad_product_type: "sponsored_brands" }),
      ],
      amazon_attributed_events_by_traffic_time: [
        creditedPurchase({ user_id: "u0003" }),
        creditedPurchase({ user_id: "u0001", ad_product_type: "sponsored_products" }),
        creditedPurchase({ user_id: "u0002", ad_product_type: "sponsored_products", total_product_sales: 20 }),
      ],
    },
    expected: [
      ["dsp", 4, 4, 1, 4, 1, 10, 2.5],
      ["sponsored_products", 4, 4, 2, 1, 2, 30, 30],
    ],
  },
});
