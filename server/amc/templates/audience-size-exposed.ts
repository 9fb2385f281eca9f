import { defineTemplate, usersOf } from "./define";
import { impression, purchase } from "./proof-rows";

export const audienceSizeExposed = defineTemplate({
  id: "audience-size-exposed",
  title: "Reached, and did not buy",
  question: "How many people has each campaign reached who did not buy yet: enough to reach them again?",
  tags: ["audience", "sizing"],
  parameters: [
    { name: "least", label: "Least impressions", kind: "whole", default: 1, least: 1, most: 50 },
    { name: "most", label: "Most impressions", kind: "whole", default: 10, least: 1, most: 1_000 },
  ],
  sql: `
WITH reached AS (
  SELECT campaign, user_id, SUM(impressions) AS impressions
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY campaign, user_id
  HAVING SUM(impressions) >= CUSTOM_PARAMETER('least') AND SUM(impressions) <= CUSTOM_PARAMETER('most')
),
buyers AS (
  SELECT user_id
  FROM conversions
  WHERE user_id IS NOT NULL AND event_category = 'purchase'
  GROUP BY user_id
)
SELECT r.campaign,
  COUNT(DISTINCT r.user_id) AS users,
  COUNT(DISTINCT b.user_id) AS buyers,
  COUNT(DISTINCT CASE WHEN b.user_id IS NULL THEN r.user_id END) AS did_not_buy,
  COUNT(DISTINCT CASE WHEN b.user_id IS NULL THEN r.user_id END) >= 2000 AS enough_for_audience
FROM reached r
LEFT JOIN buyers b ON b.user_id = r.user_id
GROUP BY r.campaign`,
  columns: [
    { name: "campaign", label: "Campaign", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "did_not_buy", label: "Did not buy", unit: "users" },
    { name: "enough_for_audience", label: "Enough for an audience", unit: "flag", description: "2,000 users or more." },
  ],
  chart: { kind: "bars", x: "campaign", y: ["did_not_buy", "buyers"] },
  privacy: "A campaign needs two users.",
  guide: `The two limits leave out those who hardly saw the campaign, and those who saw it often and did not care.
Buyers are all who bought the brand's products in the window, whatever they saw.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { least: 2, most: 5 },
    tables: {
      dsp_impressions: [
        ...usersOf(4, 1, (user_id) => impression({ user_id, campaign: "Brand", impressions: 2 })),
        impression({ user_id: "u0005", campaign: "Brand", impressions: 1 }),
        impression({ user_id: "u0006", campaign: "Brand", impressions: 6 }),
        ...usersOf(2_002, 1, (user_id) => impression({ user_id, campaign: "Video", impressions: 3 })),
        impression({ user_id: "u0001", campaign: "Rare", impressions: 3 }),
      ],
      conversions: [purchase({ user_id: "u0001" }), purchase({ user_id: "u0005" })],
    },
    // Of the 2,002 who saw the video u0001 and u0005 bought: just enough are left.
    expected: [
      ["Brand", 4, 1, 3, false],
      ["Video", 2_002, 2, 2_000, true],
    ],
  },
});
