import { defineTemplate, usersOf } from "./define";
import { campaigns } from "./parameters";
import { creditedPurchase, impression } from "./proof-rows";

export const pathOfConverters = defineTemplate({
  id: "path-of-converters",
  title: "Paths of buyers and of others",
  question: "Which paths do buyers take that others do not?",
  tags: ["paths", "journey"],
  parameters: [campaigns],
  sql: `
WITH touches AS (
  SELECT user_id, campaign, MIN(impression_dt_utc) AS first_at
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND (CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
      OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string))
  GROUP BY user_id, campaign
),
buys AS (
  SELECT user_id, MAX(conversion_event_dt_utc) AS last_at
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
),
numbered AS (
  SELECT t.user_id, t.campaign, CASE WHEN b.user_id IS NULL THEN 0 ELSE 1 END AS bought,
    ROW_NUMBER() OVER (PARTITION BY t.user_id ORDER BY t.first_at, t.campaign) AS step
  FROM touches t
  LEFT JOIN buys b ON b.user_id = t.user_id
  WHERE b.user_id IS NULL OR t.first_at < b.last_at
),
journeys AS (
  SELECT user_id, MAX(bought) AS bought, CONCAT(
      MAX(CASE WHEN step = 1 THEN campaign END),
      MAX(CASE WHEN step = 2 THEN CONCAT(' > ', campaign) ELSE '' END),
      MAX(CASE WHEN step = 3 THEN CONCAT(' > ', campaign) ELSE '' END)) AS path
  FROM numbered
  WHERE step <= 3
  GROUP BY user_id
),
compared AS (
  SELECT path, bought, SUM(bought) OVER () AS all_buyers, SUM(1 - bought) OVER () AS all_others
  FROM journeys
)
SELECT path,
  SUM(bought) AS buyers,
  SUM(1 - bought) AS others,
  SUM(bought) / NULLIF(MAX(all_buyers), 0) AS share_of_buyers,
  SUM(1 - bought) / NULLIF(MAX(all_others), 0) AS share_of_others
FROM compared
GROUP BY path`,
  columns: [
    { name: "path", label: "Path", unit: "text", description: "The first three campaigns, in order." },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "others", label: "Others", unit: "users" },
    { name: "share_of_buyers", label: "Share of buyers", unit: "share" },
    { name: "share_of_others", label: "Share of others", unit: "share" },
  ],
  chart: { kind: "bars", x: "path", y: ["share_of_buyers", "share_of_others"] },
  privacy: "A path needs two users; shares are of all users, hidden ones too.",
  guide: `A path that is more common among buyers than among others is worth a look: it may persuade, or only meet people who
were about to buy. The two shares of a path cannot tell which.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: [
        ...usersOf(3, 1, (user_id) => saw(user_id, "Brand", 2)),
        ...usersOf(3, 1, (user_id) => saw(user_id, "Retarget", 4)),
        ...usersOf(6, 10, (user_id) => saw(user_id, "Brand", 2)),
        saw("u0020", "Retarget", 4),
      ],
      amazon_attributed_events_by_conversion_time: [
        ...usersOf(2, 1, (user_id) => creditedPurchase({ user_id })),
        ...usersOf(2, 10, (user_id) => creditedPurchase({ user_id })),
      ],
    },
    // Of four buyers two took each path; of the six others one, four, and one who is hidden.
    expected: [
      ["Brand > Retarget", 2, 1, 2 / 4, 1 / 6],
      ["Brand", 2, 4, 2 / 4, 4 / 6],
    ],
  },
});

function saw(user_id: string, campaign: string, day: number) {
  return impression({
    user_id,
    campaign,
    campaign_id_string: campaign,
    impression_dt_utc: `2026-06-0${day}T08:00:00Z`,
  });
}
