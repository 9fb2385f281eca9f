import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, impression, purchase } from "./proof-rows";

export const firstPartyCustomers = defineTemplate({
  id: "first-party-customers",
  title: "Our own customers and unknown people",
  question: "Do ads work better on people whom the advertiser knows already?",
  tags: ["customers", "first party", "off-Amazon"],
  sql: `
WITH known AS (
  SELECT user_id
  FROM TABLE(EXTEND_TIME_WINDOW('conversions', 'P365D', 'P0D'))
  WHERE user_id IS NOT NULL AND event_category = 'off-Amazon'
  GROUP BY user_id
),
reached AS (
  SELECT user_id, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
buys AS (
  SELECT user_id, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
)
SELECT CASE WHEN k.user_id IS NULL THEN 'Unknown' ELSE 'First party' END AS people,
  COUNT(DISTINCT r.user_id) AS users,
  SUM(r.impressions) AS impressions,
  SUM(r.cost) AS cost,
  COUNT(DISTINCT b.user_id) AS buyers,
  COUNT(DISTINCT b.user_id) / COUNT(DISTINCT r.user_id) AS purchase_rate,
  SUM(COALESCE(b.purchases, 0)) AS purchases,
  SUM(COALESCE(b.sales, 0)) AS sales
FROM reached r
LEFT JOIN known k ON k.user_id = r.user_id
LEFT JOIN buys b ON b.user_id = r.user_id
GROUP BY 1`,
  columns: [
    { name: "people", label: "People", unit: "text" },
    { name: "users", label: "Users reached", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "cost", label: "Cost", unit: "money" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchase_rate", label: "Buyers among users", unit: "share" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
  ],
  chart: { kind: "bars", x: "people", y: ["purchase_rate"] },
  privacy: "No column of this answer needs more than one user: nothing is hidden.",
  guide: `First party is whom the advertiser's own events (tag or conversions API) knew in the year before. Where a table of
customers was uploaded, fork this question and read the user_id of that table in "known" instead.
A higher rate of known people is no effect of ads; compare what an ad to either costs with what it brings.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      conversions: [
        ...usersOf(3, 1, (user_id) => visited(user_id, "2026-01-15")),
        // Too long ago, and a purchase on Amazon, which makes nobody first party.
        visited("u0011", "2025-01-15"),
        purchase({ user_id: "u0012" }),
      ],
      dsp_impressions: [
        ...usersOf(2, 1, (user_id) => impression({ user_id })),
        ...usersOf(4, 11, (user_id) => impression({ user_id, impressions: 2, total_cost: 2_000 })),
      ],
      amazon_attributed_events_by_traffic_time: [
        creditedPurchase({ user_id: "u0001" }),
        creditedPurchase({ user_id: "u0011", total_purchases: 3, total_product_sales: 45 }),
      ],
    },
    expected: [
      ["First party", 2, 2, 0.02, 1, 0.5, 1, 10],
      ["Unknown", 4, 8, 0.08, 1, 0.25, 3, 45],
    ],
  },
});

function visited(user_id: string, day: string) {
  return purchase({ user_id, event_category: "off-Amazon", event_dt_utc: `${day}T08:00:00Z` });
}
