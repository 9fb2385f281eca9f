import { defineTemplate, usersOf } from "./define";
import { campaignGroup } from "./parameters";
import { creditedPurchase, impression } from "./proof-rows";

export const pathByGroup = defineTemplate({
  id: "path-by-group",
  title: "Paths of campaign groups",
  question: "In which order do people meet my groups of campaigns, and which order leads to purchase?",
  tags: ["paths", "journey", "groups"],
  parameters: [campaignGroup("upper", "Upper"), campaignGroup("middle", "Middle"), campaignGroup("lower", "Lower")],
  sql: `
WITH touches AS (
  SELECT user_id,
    CASE
      WHEN ARRAY_CONTAINS(CUSTOM_PARAMETER('upper'), campaign_id_string) THEN 'Upper'
      WHEN ARRAY_CONTAINS(CUSTOM_PARAMETER('middle'), campaign_id_string) THEN 'Middle'
      WHEN ARRAY_CONTAINS(CUSTOM_PARAMETER('lower'), campaign_id_string) THEN 'Lower'
      ELSE 'Other' END AS tactic,
    MIN(impression_dt_utc) AS first_at,
    SUM(impressions) AS impressions,
    SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions
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
  SELECT t.user_id, t.tactic, t.impressions, t.cost,
    ROW_NUMBER() OVER (PARTITION BY t.user_id ORDER BY t.first_at, t.tactic) AS step
  FROM touches t
  LEFT JOIN buys b ON b.user_id = t.user_id
  WHERE b.user_id IS NULL OR t.first_at < b.last_at
),
journeys AS (
  SELECT user_id, CONCAT(
      MAX(CASE WHEN step = 1 THEN tactic END),
      MAX(CASE WHEN step = 2 THEN CONCAT(' > ', tactic) ELSE '' END),
      MAX(CASE WHEN step = 3 THEN CONCAT(' > ', tactic) ELSE '' END),
      MAX(CASE WHEN step = 4 THEN CONCAT(' > ', tactic) ELSE '' END)) AS path,
    SUM(impressions) AS impressions,
    SUM(cost) AS cost
  FROM numbered
  GROUP BY user_id
)
SELECT j.path,
  COUNT(DISTINCT j.user_id) AS users,
  COUNT(DISTINCT b.user_id) AS buyers,
  SUM(COALESCE(b.sales, 0)) AS sales,
  SUM(j.impressions) AS impressions,
  SUM(j.cost) AS cost
FROM journeys j
LEFT JOIN buys b ON b.user_id = j.user_id
GROUP BY j.path`,
  columns: [
    { name: "path", label: "Path", unit: "text", description: "Other: campaigns of no group." },
    { name: "users", label: "Users", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "cost", label: "Cost", unit: "money" },
  ],
  chart: { kind: "sankey", path: "path", value: "users" },
  privacy: "A path needs two users. Few groups make few paths, and hardly any rare ones.",
  guide: `Each group stands where a user first met one of its campaigns, up to the last purchase.
If hardly any path leads from upper to lower, the lower campaigns do not reach those whom the upper ones prepared.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { upper: ["1", "2"], lower: ["3"] },
    tables: {
      dsp_impressions: [
        ...usersOf(3, 1, (user_id) => impression({ user_id, campaign_id_string: "1" })),
        // Two campaigns of a group are one step.
        ...usersOf(2, 1, (user_id) => saw(user_id, "2", "2026-06-05")),
        ...usersOf(2, 1, (user_id) => saw(user_id, "3", "2026-06-06")),
        ...usersOf(2, 10, (user_id) => impression({ user_id, campaign_id_string: "9" })),
      ],
      amazon_attributed_events_by_conversion_time: [creditedPurchase({ user_id: "u0002" })],
    },
    expected: [
      ["Upper > Lower", 2, 1, 10, 6, 0.06],
      ["Other", 2, 0, 0, 2, 0.02],
    ],
  },
});

function saw(user_id: string, campaign_id_string: string, day: string) {
  return impression({ user_id, campaign_id_string, impression_dt_utc: `${day}T08:00:00Z` });
}
