import { defineTemplate, usersOf } from "./define";
import { campaignGroup } from "./parameters";
import { creditedPurchase, impression, sponsoredAd } from "./proof-rows";

export const overlapStreamingTv = defineTemplate({
  id: "overlap-streaming-tv",
  title: "Display, Streaming TV and Sponsored Products",
  question: "What does Streaming TV add to display and Sponsored Products?",
  tags: ["overlap", "streaming tv", "sponsored ads"],
  parameters: [
    { ...campaignGroup("streaming", "Streaming TV campaigns"), help: "Ids; other DSP campaigns are display." },
  ],
  sql: `
WITH exposures AS (
  SELECT user_id,
    CASE WHEN ARRAY_CONTAINS(CUSTOM_PARAMETER('streaming'), campaign_id_string) THEN 1 ELSE 0 END AS television,
    CASE WHEN ARRAY_CONTAINS(CUSTOM_PARAMETER('streaming'), campaign_id_string) THEN 0 ELSE 1 END AS display,
    0 AS products
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, 0 AS television, 0 AS display, 1 AS products
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL AND ad_product_type = 'sponsored_products'
),
people AS (
  SELECT user_id, MAX(television) AS television, MAX(display) AS display, MAX(products) AS products
  FROM exposures
  GROUP BY user_id
),
buys AS (
  SELECT user_id, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
)
SELECT SUBSTRING(CONCAT(
    CASE WHEN p.display = 1 THEN ' + Display' ELSE '' END,
    CASE WHEN p.television = 1 THEN ' + Streaming TV' ELSE '' END,
    CASE WHEN p.products = 1 THEN ' + Sponsored Products' ELSE '' END), 4) AS seen,
  COUNT(DISTINCT p.user_id) AS users,
  COUNT(DISTINCT b.user_id) AS buyers,
  COUNT(DISTINCT b.user_id) / COUNT(DISTINCT p.user_id) AS purchase_rate,
  SUM(COALESCE(b.purchases, 0)) AS purchases,
  SUM(COALESCE(b.sales, 0)) AS sales
FROM people p
LEFT JOIN buys b ON b.user_id = p.user_id
GROUP BY 1`,
  columns: [
    { name: "seen", label: "Seen", unit: "text", description: "All that a user saw, and no other." },
    { name: "users", label: "Users", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchase_rate", label: "Buyers among users", unit: "share" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
  ],
  chart: { kind: "overlap", sets: "seen", value: "users" },
  privacy: "A group needs two users.",
  guide: `Compare a group with the one that lacks Streaming TV only: the difference of their rates is what it may add.
Name the Streaming TV campaigns, for without them all of the DSP is display.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { streaming: ["7"] },
    tables: {
      dsp_impressions: [
        ...usersOf(4, 1, (user_id) => impression({ user_id, campaign_id_string: "1" })),
        ...usersOf(2, 3, (user_id) => impression({ user_id, campaign_id_string: "7" })),
        ...usersOf(2, 10, (user_id) => impression({ user_id, campaign_id_string: "7" })),
      ],
      sponsored_ads_traffic: [
        ...usersOf(2, 10, (user_id) => sponsoredAd({ user_id, ad_product_type: "sponsored_products" })),
        sponsoredAd({ user_id: "u0020", ad_product_type: "sponsored_products" }),
        sponsoredAd({ user_id: "u0001", ad_product_type: "sponsored_brands" }),
      ],
      amazon_attributed_events_by_traffic_time: [
        creditedPurchase({ user_id: "u0003" }),
        ...usersOf(2, 10, (user_id) => creditedPurchase({ user_id, total_purchases: 2 })),
      ],
    },
    expected: [
      ["Display", 2, 0, 0, 0, 0],
      ["Display + Streaming TV", 2, 1, 0.5, 1, 10],
      ["Streaming TV + Sponsored Products", 2, 2, 1, 4, 20],
    ],
  },
});
