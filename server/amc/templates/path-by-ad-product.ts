import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, impression, sponsoredAd } from "./proof-rows";

export const pathByAdProduct = defineTemplate({
  id: "path-by-ad-product",
  title: "Paths of ad products",
  question: "In which order do people meet DSP and sponsored ads, and which order leads to purchase?",
  tags: ["paths", "journey", "sponsored ads"],
  sql: `
WITH touches AS (
  SELECT user_id, 'DSP' AS product, MIN(impression_dt_utc) AS first_at
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY user_id
  UNION ALL
  SELECT user_id,
    CASE ad_product_type
      WHEN 'sponsored_products' THEN 'Sponsored Products'
      WHEN 'sponsored_brands' THEN 'Sponsored Brands'
      WHEN 'sponsored_display' THEN 'Sponsored Display'
      ELSE 'Sponsored TV' END AS product,
    MIN(event_dt_utc) AS first_at
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
  GROUP BY 1, 2
),
buys AS (
  SELECT user_id, MAX(conversion_event_dt_utc) AS last_at, SUM(total_purchases) AS purchases,
    SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
),
numbered AS (
  SELECT t.user_id, t.product,
    ROW_NUMBER() OVER (PARTITION BY t.user_id ORDER BY t.first_at, t.product) AS step
  FROM touches t
  LEFT JOIN buys b ON b.user_id = t.user_id
  WHERE b.user_id IS NULL OR t.first_at < b.last_at
),
journeys AS (
  SELECT user_id, CONCAT(
      MAX(CASE WHEN step = 1 THEN product END),
      MAX(CASE WHEN step = 2 THEN CONCAT(' > ', product) ELSE '' END),
      MAX(CASE WHEN step = 3 THEN CONCAT(' > ', product) ELSE '' END),
      MAX(CASE WHEN step = 4 THEN CONCAT(' > ', product) ELSE '' END)) AS path
  FROM numbered
  GROUP BY user_id
)
SELECT j.path,
  COUNT(DISTINCT j.user_id) AS users,
  COUNT(DISTINCT b.user_id) AS buyers,
  SUM(COALESCE(b.purchases, 0)) AS purchases,
  SUM(COALESCE(b.sales, 0)) AS sales
FROM journeys j
LEFT JOIN buys b ON b.user_id = j.user_id
GROUP BY j.path`,
  columns: [
    { name: "path", label: "Path", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
  ],
  chart: { kind: "sankey", path: "path", value: "buyers" },
  privacy: "A path needs two users.",
  guide: `Each ad product stands where a user first met it, up to the last purchase.
A path that begins with DSP and ends with sponsored ads shows where video and display make people search.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: usersOf(4, 1, (user_id) => impression({ user_id })),
      sponsored_ads_traffic: [
        ...usersOf(2, 1, (user_id) => sponsoredAd({ user_id, ad_product_type: "sponsored_products" })),
        // After the purchase.
        sponsoredAd({ user_id: "u0001", ad_product_type: "sponsored_brands", event_dt_utc: "2026-06-20T08:00:00Z" }),
        ...usersOf(2, 10, (user_id) => sponsoredAd({ user_id, ad_product_type: "sponsored_brands" })),
        sponsoredAd({ user_id: "u0020", ad_product_type: "sponsored_display" }),
      ],
      amazon_attributed_events_by_conversion_time: [
        ...usersOf(2, 1, (user_id) => creditedPurchase({ user_id })),
        creditedPurchase({ user_id: "u0010", total_product_sales: 35 }),
      ],
    },
    expected: [
      ["DSP > Sponsored Products", 2, 2, 2, 20],
      ["DSP", 2, 0, 0, 0],
      ["Sponsored Brands", 2, 1, 1, 35],
    ],
  },
});
