import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, sponsoredAd, sponsoredClick } from "./proof-rows";

export const sponsoredKeywords = defineTemplate({
  id: "sponsored-keywords",
  title: "Keywords of sponsored ads",
  question: "Which keywords pay, and which only cost?",
  tags: ["search", "sponsored ads", "efficiency"],
  sql: `
WITH events AS (
  SELECT targeting, match_type, user_id, impressions, clicks, spend / 100000000 AS cost, 0 AS purchases, 0 AS sales
  FROM sponsored_ads_traffic
  WHERE ad_product_type IN ('sponsored_products', 'sponsored_brands')
  UNION ALL
  SELECT targeting, match_type, user_id, 0 AS impressions, 0 AS clicks, 0 AS cost,
    total_purchases AS purchases, total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE ad_product_type IN ('sponsored_products', 'sponsored_brands') AND total_purchases > 0
)
SELECT targeting, match_type,
  COUNT(DISTINCT user_id) AS users,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(cost) AS cost,
  SUM(purchases) AS purchases,
  SUM(sales) AS sales,
  SUM(sales) / NULLIF(SUM(cost), 0) AS roas
FROM events
WHERE targeting IS NOT NULL
GROUP BY targeting, match_type`,
  columns: [
    { name: "targeting", label: "Keyword", unit: "text" },
    { name: "match_type", label: "Match", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "clicks", label: "Clicks", unit: "count" },
    { name: "cost", label: "Cost", unit: "money" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "roas", label: "Sales for one of cost", unit: "number" },
  ],
  chart: { kind: "bars", x: "targeting", y: ["cost", "sales"] },
  privacy:
    "A keyword with a match type needs two users: rare ones are hidden, though their cost is not small together.",
  guide: `A purchase stands with the keyword of the click that Amazon credits, at most 14 days before it.
Lower bids where many clicks brought nothing; raise them where sales for one of cost are well above your goal.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      sponsored_ads_traffic: [
        ...usersOf(3, 1, (user_id) => sponsoredClick({ user_id, ...keyword("coffee", "EXACT") })),
        ...usersOf(2, 11, (user_id) => sponsoredAd({ user_id, ...keyword("coffee", "BROAD") })),
        sponsoredClick({ user_id: "u0011", ...keyword("coffee", "BROAD") }),
        sponsoredClick({ user_id: "u0021", ...keyword("mug", "EXACT") }),
        sponsoredClick({ user_id: "u0001", ...keyword("coffee", "EXACT"), ad_product_type: "sponsored_display" }),
      ],
      amazon_attributed_events_by_traffic_time: [
        creditedPurchase({ user_id: "u0001", ...keyword("coffee", "EXACT"), total_product_sales: 12 }),
        creditedPurchase({ user_id: "u0002", ...keyword("coffee", "EXACT"), total_product_sales: 6 }),
      ],
    },
    expected: [
      ["coffee", "EXACT", 3, 3, 3, 1.5, 2, 18, 12],
      ["coffee", "BROAD", 2, 3, 1, 0.5, 0, 0, 0],
    ],
  },
});

function keyword(targeting: string, match_type: string) {
  return { ad_product_type: "sponsored_products", targeting, match_type };
}
