import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, sponsoredAd, sponsoredClick } from "./proof-rows";

export const sponsoredPlacements = defineTemplate({
  id: "sponsored-placements",
  title: "Placements of sponsored ads",
  question: "At which places of a page do sponsored ads pay?",
  tags: ["sponsored ads", "efficiency"],
  sql: `
WITH events AS (
  SELECT ad_product_type, placement_type, user_id, impressions, clicks, spend / 100000000 AS cost,
    0 AS purchases, 0 AS sales
  FROM sponsored_ads_traffic
  UNION ALL
  SELECT ad_product_type, placement_type, user_id, 0 AS impressions, 0 AS clicks, 0 AS cost,
    total_purchases AS purchases, total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE ad_product_type IS NOT NULL AND total_purchases > 0
)
SELECT ad_product_type, placement_type,
  COUNT(DISTINCT user_id) AS users,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_rate,
  SUM(cost) AS cost,
  SUM(purchases) AS purchases,
  SUM(sales) AS sales,
  SUM(sales) / NULLIF(SUM(cost), 0) AS roas
FROM events
GROUP BY ad_product_type, placement_type`,
  columns: [
    { name: "ad_product_type", label: "Ad product", unit: "text" },
    { name: "placement_type", label: "Placement", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "clicks", label: "Clicks", unit: "count" },
    { name: "click_rate", label: "Clicks an impression", unit: "share" },
    { name: "cost", label: "Cost", unit: "money" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "roas", label: "Sales for one of cost", unit: "number" },
  ],
  chart: { kind: "bars", x: "placement_type", y: ["cost", "sales"] },
  privacy: "A placement of an ad product needs two users.",
  guide: `Raise the placement's bid where sales for one of cost are above those of the others, and lower the base bid by as much as
the others are below.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      sponsored_ads_traffic: [
        ...usersOf(4, 1, (user_id) => sponsoredAd({ user_id, ...of("Top") })),
        ...usersOf(2, 1, (user_id) => sponsoredClick({ user_id, ...of("Top") })),
        ...usersOf(3, 11, (user_id) => sponsoredAd({ user_id, ...of("Detail page") })),
        sponsoredClick({ user_id: "u0021", ...of("Rare") }),
      ],
      amazon_attributed_events_by_traffic_time: [
        creditedPurchase({ user_id: "u0001", ...of("Top"), total_product_sales: 12 }),
        creditedPurchase({ user_id: "u0002", placement_type: "Top" }),
      ],
    },
    expected: [
      ["sponsored_products", "Top", 4, 6, 2, 2 / 6, 1, 1, 12, 12],
      ["sponsored_products", "Detail page", 3, 3, 0, 0, 0, 0, 0, null],
    ],
  },
});

function of(placement_type: string) {
  return { ad_product_type: "sponsored_products", placement_type };
}
