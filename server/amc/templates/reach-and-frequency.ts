import { defineTemplate, usersOf } from "./define";

export const reachAndFrequency = defineTemplate({
  id: "reach-and-frequency",
  title: "Reach and frequency",
  question: "How often did people see the ads, and what did each frequency bring?",
  tags: ["reach", "frequency"],
  parameters: [
    {
      name: "campaigns",
      label: "Campaigns",
      kind: "list",
      from: "campaigns",
      default: [],
      help: "DSP campaigns by name, or by Amazon's id; none means all.",
    },
    {
      name: "most",
      label: "Highest frequency",
      kind: "whole",
      default: 20,
      least: 2,
      most: 100,
      help: "Users who saw more are counted with it.",
    },
  ],
  sql: `
WITH seen AS (
  SELECT user_id, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND (CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
      OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string))
  GROUP BY user_id
),
buys AS (
  SELECT user_id, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
)
SELECT LEAST(s.impressions, CUSTOM_PARAMETER('most')) AS frequency,
  COUNT(DISTINCT s.user_id) AS users,
  COUNT(DISTINCT b.user_id) AS buyers,
  SUM(s.impressions) AS impressions,
  SUM(COALESCE(b.purchases, 0)) AS purchases,
  SUM(COALESCE(b.sales, 0)) AS sales,
  SUM(s.cost) AS cost
FROM seen s
LEFT JOIN buys b ON b.user_id = s.user_id
GROUP BY 1`,
  columns: [
    { name: "frequency", label: "Impressions a user", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "cost", label: "Cost", unit: "money" },
  ],
  chart: { kind: "curve", x: "frequency", y: ["users", "buyers"] },
  privacy: "No column of this answer needs more than one user: nothing is hidden.",
  guide: `Look for the frequency after which buyers a user no longer rise while cost a user does: a frequency cap there saves money.
Users who buy are shown ads for longer, so a rise alone proves no effect.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { most: 3 },
    tables: {
      dsp_impressions: [
        ...usersOf(2, 1, (user_id) => seen(user_id, 1)),
        ...usersOf(3, 10, (user_id) => seen(user_id, 2)),
        seen("u0020", 5),
        { ...seen("u0021", 9), user_id: null },
      ],
      amazon_attributed_events_by_traffic_time: [
        {
          user_id: "u0010",
          traffic_event_dt_utc: "2026-06-06T08:00:00Z",
          impression_dt_utc: "2026-06-06T08:00:00Z",
          total_purchases: 2,
          total_product_sales: 40,
        },
      ],
    },
    expected: [
      [1, 2, 0, 2, 0, 0, 0.02],
      [2, 3, 1, 6, 2, 40, 0.06],
      [3, 1, 0, 5, 0, 0, 0.05],
    ],
  },
});

function seen(user_id: string, impressions: number) {
  const cost = { total_cost: impressions * 1_000 };
  return { user_id, campaign_id_string: "1", impression_dt_utc: "2026-06-04T08:00:00Z", impressions, ...cost };
}
