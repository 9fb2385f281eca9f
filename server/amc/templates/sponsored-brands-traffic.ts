import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, sponsoredAd, sponsoredClick } from "./proof-rows";

export const sponsoredBrandsTraffic = defineTemplate({
  id: "sponsored-brands-traffic",
  title: "Sponsored Brands",
  question: "What do Sponsored Brands campaigns and their videos bring, and how many buyers are new?",
  tags: ["sponsored ads", "video", "new to brand"],
  sql: `
WITH events AS (
  SELECT campaign, user_id, impressions, clicks, COALESCE(five_sec_views, 0) AS five_second_views,
    spend / 100000000 AS cost, 0 AS purchases, 0 AS new_purchases, 0 AS sales
  FROM sponsored_ads_traffic
  WHERE ad_product_type = 'sponsored_brands'
  UNION ALL
  SELECT campaign, user_id, 0 AS impressions, 0 AS clicks, 0 AS five_second_views, 0 AS cost,
    total_purchases AS purchases, new_to_brand_total_purchases AS new_purchases, total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE ad_product_type = 'sponsored_brands' AND total_purchases > 0
)
SELECT campaign,
  COUNT(DISTINCT user_id) AS users,
  SUM(impressions) AS impressions,
  SUM(five_second_views) AS five_second_views,
  SUM(clicks) AS clicks,
  SUM(cost) AS cost,
  SUM(purchases) AS purchases,
  SUM(new_purchases) AS new_purchases,
  SUM(sales) AS sales,
  SUM(sales) / NULLIF(SUM(cost), 0) AS roas
FROM events
GROUP BY campaign`,
  columns: [
    { name: "campaign", label: "Campaign", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "five_second_views", label: "Views of five seconds", unit: "count" },
    { name: "clicks", label: "Clicks", unit: "count" },
    { name: "cost", label: "Cost", unit: "money" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "new_purchases", label: "New-to-brand purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "roas", label: "Sales for one of cost", unit: "number" },
  ],
  chart: { kind: "bars", x: "campaign", y: ["purchases", "new_purchases"] },
  privacy: "A campaign needs two users.",
  guide: `Sponsored Brands stand at the top of a search and meet many who do not know the brand: judge them by new purchases too.
Campaigns without video have no views of five seconds.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      sponsored_ads_traffic: [
        ...usersOf(4, 1, (user_id) => sponsoredAd({ user_id, ...of("Video"), five_sec_views: 1 })),
        ...usersOf(2, 1, (user_id) => sponsoredClick({ user_id, ...of("Video"), five_sec_views: 0 })),
        ...usersOf(2, 11, (user_id) => sponsoredClick({ user_id, ...of("Banner") })),
        sponsoredClick({ user_id: "u0021", ...of("Rare") }),
        sponsoredClick({ user_id: "u0001", campaign: "Video", ad_product_type: "sponsored_products" }),
      ],
      amazon_attributed_events_by_traffic_time: [
        creditedPurchase({ user_id: "u0001", ...of("Video"), new_to_brand_total_purchases: 1 }),
        creditedPurchase({
          user_id: "u0002",
          ...of("Video"),
          new_to_brand_total_purchases: 0,
          total_product_sales: 30,
        }),
      ],
    },
    expected: [
      ["Video", 4, 6, 4, 2, 1, 2, 1, 40, 40],
      ["Banner", 2, 2, 0, 2, 1, 0, 0, 0, 0],
    ],
  },
});

function of(campaign: string) {
  return { ad_product_type: "sponsored_brands", campaign };
}
