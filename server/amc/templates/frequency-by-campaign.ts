import { defineTemplate, usersOf } from "./define";
import { impression } from "./proof-rows";

export const frequencyByCampaign = defineTemplate({
  id: "frequency-by-campaign",
  title: "Frequency of each campaign",
  question: "Which campaigns show the same people too many ads, and what does that cost?",
  tags: ["frequency", "cost"],
  parameters: [
    {
      name: "enough",
      label: "Enough impressions a user",
      kind: "whole",
      default: 10,
      least: 1,
      most: 200,
      help: "What is shown beyond it counts as too much.",
    },
  ],
  sql: `
WITH seen AS (
  SELECT campaign, user_id, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY campaign, user_id
  HAVING SUM(impressions) > 0
)
SELECT campaign,
  COUNT(DISTINCT user_id) AS users,
  SUM(impressions) AS impressions,
  SUM(impressions) / COUNT(DISTINCT user_id) AS frequency,
  MEDIAN(impressions) AS median_frequency,
  SUM(CASE WHEN impressions > CUSTOM_PARAMETER('enough') THEN 1 ELSE 0 END) AS users_above,
  SUM(GREATEST(impressions - CUSTOM_PARAMETER('enough'), 0)) AS impressions_above,
  SUM(cost * GREATEST(impressions - CUSTOM_PARAMETER('enough'), 0) / impressions) AS cost_above
FROM seen
GROUP BY campaign`,
  columns: [
    { name: "campaign", label: "Campaign", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "frequency", label: "Impressions a user", unit: "number" },
    { name: "median_frequency", label: "Of the user in the middle", unit: "number" },
    { name: "users_above", label: "Users above", unit: "users" },
    { name: "impressions_above", label: "Impressions above", unit: "count" },
    { name: "cost_above", label: "Cost of those", unit: "money" },
  ],
  chart: { kind: "bars", x: "campaign", y: ["cost_above"] },
  privacy: "A campaign needs two users.",
  guide: `Where the mean lies far above the middle, a few people get most of the ads: a cap moves that money to new people.
Take the number of impressions that are enough from the question of the optimal frequency.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { enough: 3 },
    tables: {
      dsp_impressions: [
        ...usersOf(2, 1, (user_id) => seen(user_id, "Brand", 1)),
        ...usersOf(2, 3, (user_id) => seen(user_id, "Brand", 2)),
        seen("u0005", "Brand", 14),
        ...usersOf(3, 1, (user_id) => seen(user_id, "Video", 2)),
        seen("u0009", "Rare", 50),
      ],
    },
    expected: [
      ["Brand", 5, 20, 4, 2, 1, 11, 0.11],
      ["Video", 3, 6, 2, 2, 0, 0, 0],
    ],
  },
});

function seen(user_id: string, campaign: string, impressions: number) {
  return impression({ user_id, campaign, impressions, total_cost: impressions * 1_000 });
}
