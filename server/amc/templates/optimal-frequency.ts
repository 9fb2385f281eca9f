import { defineTemplate, usersOf } from "./define";
import { campaigns } from "./parameters";
import { creditedPurchase, impression } from "./proof-rows";

export const optimalFrequency = defineTemplate({
  id: "optimal-frequency",
  title: "Optimal frequency",
  question: "After how many impressions does one more bring no more buyers?",
  tags: ["frequency", "efficiency"],
  parameters: [
    campaigns,
    {
      name: "width",
      label: "Impressions a step",
      kind: "whole",
      default: 2,
      least: 1,
      most: 20,
      help: "Wider steps are less noisy.",
    },
    {
      name: "most",
      label: "Highest step begins at",
      kind: "whole",
      default: 21,
      least: 3,
      most: 200,
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
  HAVING SUM(impressions) > 0
),
buys AS (
  SELECT user_id, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
    AND (CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
      OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string))
  GROUP BY user_id
),
steps AS (
  SELECT LEAST(FLOOR((s.impressions - 1) / CUSTOM_PARAMETER('width')) * CUSTOM_PARAMETER('width') + 1,
      CUSTOM_PARAMETER('most')) AS frequency,
    COUNT(DISTINCT s.user_id) AS users,
    COUNT(DISTINCT b.user_id) AS buyers,
    SUM(s.cost) AS cost,
    SUM(COALESCE(b.sales, 0)) AS sales
  FROM seen s
  LEFT JOIN buys b ON b.user_id = s.user_id
  GROUP BY 1
),
numbered AS (
  SELECT frequency, users, buyers, cost, sales, buyers / users AS purchase_rate,
    ROW_NUMBER() OVER (ORDER BY frequency) AS place
  FROM steps
)
SELECT s.frequency,
  SUM(s.users) AS users,
  SUM(s.buyers) AS buyers,
  MAX(s.purchase_rate) AS purchase_rate,
  MAX((s.purchase_rate - previous.purchase_rate) / (s.frequency - previous.frequency)) AS added_rate,
  SUM(s.cost) / SUM(s.users) AS cost_per_user,
  SUM(s.cost) / NULLIF(SUM(s.buyers), 0) AS cost_per_buyer,
  SUM(s.sales) AS sales
FROM numbered s
LEFT JOIN numbered previous ON previous.place = s.place - 1
GROUP BY s.frequency`,
  columns: [
    { name: "frequency", label: "Impressions a user, from", unit: "count" },
    { name: "users", label: "Users", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchase_rate", label: "Buyers among users", unit: "share" },
    {
      name: "added_rate",
      label: "Added by an impression",
      unit: "share",
      description: "How much the rate rises from the step before, an impression.",
    },
    { name: "cost_per_user", label: "Cost a user", unit: "money" },
    { name: "cost_per_buyer", label: "Cost a buyer", unit: "money" },
    { name: "sales", label: "Sales", unit: "money" },
  ],
  chart: { kind: "curve", x: "frequency", y: ["purchase_rate", "added_rate"] },
  privacy: "No column of this answer needs more than one user: nothing is hidden.",
  guide: `Where the added rate falls to nothing while cost a user goes on rising is the place for a frequency cap.
Whoever is about to buy browses more and is shown more: the curve flatters high frequencies, so a cap below its top is safe.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { width: 2, most: 5 },
    tables: {
      dsp_impressions: [
        ...usersOf(6, 1, (user_id) => seen(user_id, 1)),
        ...usersOf(4, 11, (user_id) => seen(user_id, 2)),
        ...usersOf(5, 21, (user_id) => seen(user_id, 4)),
        seen("u0031", 5),
        seen("u0032", 40),
      ],
      amazon_attributed_events_by_traffic_time: [
        creditedPurchase({ user_id: "u0001" }),
        ...usersOf(2, 21, (user_id) => creditedPurchase({ user_id })),
        creditedPurchase({ user_id: "u0031", total_product_sales: 15 }),
      ],
    },
    // 1-2: 10 users, 14 impressions; 3-4: 5 users, 20 impressions; 5 and more: 2 users, 45 impressions.
    expected: [
      [1, 10, 1, 0.1, null, 0.014, 0.14, 10],
      [3, 5, 2, 0.4, 0.15, 0.04, 0.1, 20],
      [5, 2, 1, 0.5, 0.05, 0.225, 0.45, 15],
    ],
  },
});

function seen(user_id: string, impressions: number) {
  return impression({ user_id, impressions, total_cost: impressions * 1_000 });
}
