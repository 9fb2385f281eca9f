import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, sponsoredAd, sponsoredClick } from "./proof-rows";

export const sponsoredDisplayTraffic = defineTemplate({
  id: "sponsored-display-traffic",
  title: "Sponsored Display",
  question: "Which Sponsored Display campaigns and targets bring purchases?",
  tags: ["sponsored ads"],
  sql: `
WITH events AS (
  SELECT campaign, targeting, user_id, impressions, viewable_impressions, clicks, spend / 100000000 AS cost,
    0 AS purchases, 0 AS purchases_after_click, 0 AS sales
  FROM sponsored_ads_traffic
  WHERE ad_product_type = 'sponsored_display'
  UNION ALL
  SELECT campaign, targeting, user_id, 0 AS impressions, 0 AS viewable_impressions, 0 AS clicks, 0 AS cost,
    total_purchases AS purchases, total_purchases_clicks AS purchases_after_click, total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE ad_product_type = 'sponsored_display' AND total_purchases > 0
)
SELECT campaign, targeting,
  COUNT(DISTINCT user_id) AS users,
  SUM(impressions) AS impressions,
  SUM(viewable_impressions) AS viewable,
  SUM(clicks) AS clicks,
  SUM(cost) AS cost,
  SUM(purchases) AS purchases,
  SUM(purchases_after_click) AS after_click,
  SUM(sales) AS sales,
  SUM(sales) / NULLIF(SUM(cost), 0) AS roas
FROM events
GROUP BY campaign, targeting`,
  columns: [
    { name: "campaign", label: "Campaign", unit: "text" },
    { name: "targeting", label: "Target", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "viewable", label: "Viewable", unit: "count" },
    { name: "clicks", label: "Clicks", unit: "count" },
    { name: "cost", label: "Cost", unit: "money" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "after_click", label: "Of which after a click", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "roas", label: "Sales for one of cost", unit: "number" },
  ],
  chart: { kind: "bars", x: "campaign", y: ["cost", "sales"] },
  privacy: "A target of a campaign needs two users.",
  guide: `Purchases after a mere view are many where ads follow people who have seen the product: look at those after a click
before you call such a target profitable.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      sponsored_ads_traffic: [
        ...usersOf(3, 1, (user_id) => sponsoredAd({ user_id, ...of("Views"), viewable_impressions: 1 })),
        sponsoredClick({ user_id: "u0001", ...of("Views"), viewable_impressions: 0 }),
        ...usersOf(2, 11, (user_id) => sponsoredClick({ user_id, ...of("Category"), viewable_impressions: 1 })),
        sponsoredClick({ user_id: "u0021", ...of("Rare"), viewable_impressions: 1 }),
        sponsoredClick({ user_id: "u0001", ...of("Views"), ad_product_type: "sponsored_products" }),
      ],
      amazon_attributed_events_by_traffic_time: [
        creditedPurchase({ user_id: "u0001", ...of("Views"), total_purchases_clicks: 1 }),
        creditedPurchase({ user_id: "u0002", ...of("Views"), total_purchases_clicks: 0, total_product_sales: 15 }),
      ],
    },
    expected: [
      ["Display", "Views", 3, 4, 3, 1, 0.5, 2, 1, 25, 50],
      ["Display", "Category", 2, 2, 2, 2, 1, 0, 0, 0, 0],
    ],
  },
});

function of(targeting: string) {
  return { ad_product_type: "sponsored_display", campaign: "Display", targeting };
}
