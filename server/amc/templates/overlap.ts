import { defineTemplate, usersOf } from "./define";

export const overlap = defineTemplate({
  id: "overlap",
  title: "Overlap of ad products",
  question: "How many people saw DSP, sponsored ads or both, and who bought?",
  tags: ["overlap", "reach"],
  sql: `
WITH exposures AS (
  SELECT user_id, 1 AS dsp, 0 AS products, 0 AS brands, 0 AS display FROM dsp_impressions WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, 0 AS dsp,
    CASE WHEN ad_product_type = 'sponsored_products' THEN 1 ELSE 0 END AS products,
    CASE WHEN ad_product_type = 'sponsored_brands' THEN 1 ELSE 0 END AS brands,
    CASE WHEN ad_product_type = 'sponsored_display' THEN 1 ELSE 0 END AS display
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
),
people AS (
  SELECT user_id, MAX(dsp) AS dsp, MAX(products) AS products, MAX(brands) AS brands, MAX(display) AS display
  FROM exposures
  GROUP BY user_id
),
named AS (
  SELECT user_id, CONCAT(
    CASE WHEN dsp = 1 THEN ' + DSP' ELSE '' END,
    CASE WHEN products = 1 THEN ' + Sponsored Products' ELSE '' END,
    CASE WHEN brands = 1 THEN ' + Sponsored Brands' ELSE '' END,
    CASE WHEN display = 1 THEN ' + Sponsored Display' ELSE '' END) AS products
  FROM people
  WHERE dsp + products + brands + display > 0
),
buys AS (
  SELECT user_id, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
)
SELECT SUBSTRING(n.products, 4) AS products,
  COUNT(DISTINCT n.user_id) AS users,
  COUNT(DISTINCT b.user_id) AS buyers,
  SUM(COALESCE(b.purchases, 0)) AS purchases,
  SUM(COALESCE(b.sales, 0)) AS sales
FROM named n
LEFT JOIN buys b ON b.user_id = n.user_id
GROUP BY 1`,
  columns: [
    { name: "products", label: "Ad products", unit: "text", description: "All that a user saw, and no other." },
    { name: "users", label: "Users", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
  ],
  chart: { kind: "overlap", sets: "products", value: "users" },
  privacy: "A group needs two users.",
  guide: `Groups do not overlap: each user is in one, so that users of all rows add up to the reach.
People who search meet sponsored ads by themselves: a higher purchase rate there is not an effect of the DSP alone.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: usersOf(5, 1, (user_id) => ({
        user_id,
        impression_dt_utc: "2026-06-04T08:00:00Z",
        impressions: 1,
      })),
      sponsored_ads_traffic: [
        ...usersOf(2, 4, (user_id) => sponsored(user_id, "sponsored_products")),
        ...usersOf(3, 20, (user_id) => sponsored(user_id, "sponsored_products")),
        sponsored("u0030", "sponsored_brands"),
      ],
      amazon_attributed_events_by_traffic_time: [
        {
          user_id: "u0004",
          traffic_event_dt_utc: "2026-06-06T08:00:00Z",
          total_purchases: 1,
          total_product_sales: 10,
        },
      ],
    },
    expected: [
      ["DSP", 3, 0, 0, 0],
      ["DSP + Sponsored Products", 2, 1, 1, 10],
      ["Sponsored Products", 3, 0, 0, 0],
    ],
  },
});

function sponsored(user_id: string, ad_product_type: string) {
  return { user_id, ad_product_type, event_dt_utc: "2026-06-05T08:00:00Z", impressions: 1 };
}
