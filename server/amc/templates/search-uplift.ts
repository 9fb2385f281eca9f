import { defineTemplate, usersOf } from "./define";
import { campaigns } from "./parameters";
import { impression, purchase } from "./proof-rows";

export const searchUplift = defineTemplate({
  id: "search-uplift",
  title: "Search uplift",
  question: "Do people search for the brand more after they first saw its ads?",
  tags: ["search", "brand"],
  parameters: [
    campaigns,
    { name: "days", label: "Days before and after", kind: "whole", default: 7, least: 1, most: 14 },
  ],
  sql: `
WITH reached AS (
  SELECT user_id, campaign, MIN(impression_dt_utc) AS first_at
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND (CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
      OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string))
  GROUP BY user_id, campaign
),
searches AS (
  SELECT user_id, event_dt_utc AS searched_at
  FROM TABLE(EXTEND_TIME_WINDOW('conversions', 'P14D', 'P14D'))
  WHERE user_id IS NOT NULL AND event_subtype = 'searchConversion'
),
counted AS (
  SELECT r.user_id, r.campaign,
    COUNT(CASE WHEN s.searched_at < r.first_at
      AND SECONDS_BETWEEN(s.searched_at, r.first_at) <= CUSTOM_PARAMETER('days') * 86400 THEN 1 END) AS earlier,
    COUNT(CASE WHEN s.searched_at >= r.first_at
      AND SECONDS_BETWEEN(r.first_at, s.searched_at) <= CUSTOM_PARAMETER('days') * 86400 THEN 1 END) AS later
  FROM reached r
  LEFT JOIN searches s ON s.user_id = r.user_id
  GROUP BY r.user_id, r.campaign
)
SELECT campaign,
  COUNT(DISTINCT user_id) AS users,
  COUNT(DISTINCT CASE WHEN earlier > 0 THEN user_id END) AS searched_before,
  COUNT(DISTINCT CASE WHEN later > 0 THEN user_id END) AS searched_after,
  SUM(earlier) AS searches_before,
  SUM(later) AS searches_after,
  SUM(later) / NULLIF(SUM(earlier), 0) - 1 AS uplift
FROM counted
GROUP BY campaign`,
  columns: [
    { name: "campaign", label: "Campaign", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "searched_before", label: "Who searched before", unit: "users" },
    { name: "searched_after", label: "Who searched after", unit: "users" },
    { name: "searches_before", label: "Searches before", unit: "count" },
    { name: "searches_after", label: "Searches after", unit: "count" },
    { name: "uplift", label: "More searches", unit: "share" },
  ],
  chart: { kind: "bars", x: "campaign", y: ["searches_before", "searches_after"] },
  privacy: "A campaign needs two users.",
  guide: `Searches are those that Amazon counts as conversions, in equal spans before and after a user's first ad of the campaign.
Retargeting follows people who have just searched: a fall after its ads means no harm. Judge prospecting and video by this.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: [
        ...usersOf(4, 1, (user_id) => saw(user_id, "Video")),
        ...usersOf(2, 11, (user_id) => saw(user_id, "Retarget")),
        saw("u0021", "Rare"),
      ],
      conversions: [
        searched("u0001", "2026-06-01"),
        // Before the window, within the span.
        searched("u0002", "2026-05-29"),
        ...usersOf(3, 1, (user_id) => searched(user_id, "2026-06-05")),
        searched("u0001", "2026-06-06"),
        // Too late.
        searched("u0004", "2026-06-20"),
        ...usersOf(2, 11, (user_id) => searched(user_id, "2026-06-02")),
        searched("u0011", "2026-06-05"),
        purchase({ user_id: "u0004" }),
      ],
    },
    expected: [
      ["Video", 4, 2, 3, 2, 4, 1],
      ["Retarget", 2, 2, 1, 2, 1, -0.5],
    ],
  },
});

function saw(user_id: string, campaign: string) {
  return impression({ user_id, campaign, campaign_id_string: campaign });
}

function searched(user_id: string, day: string) {
  const event_dt_utc = `${day}T08:00:00Z`;
  return purchase({ user_id, event_category: "website", event_subtype: "searchConversion", event_dt_utc });
}
