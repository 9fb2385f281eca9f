import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, impression } from "./proof-rows";

export const audienceSegmentsUser = defineTemplate({
  id: "audience-segments-user",
  title: "Segments of buyers",
  question: "In which segments are our buyers more often than the other people we reach?",
  tags: ["segments", "audience", "discovery"],
  sql: `
WITH buys AS (
  SELECT user_id
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
),
members AS (
  SELECT s.user_id, s.behavior_segment_name AS segment, MAX(s.behavior_segment_matched) AS targeted,
    MAX(CASE WHEN b.user_id IS NULL THEN 0 ELSE 1 END) AS bought
  FROM dsp_impressions_by_user_segments s
  LEFT JOIN buys b ON b.user_id = s.user_id
  WHERE s.user_id IS NOT NULL
  GROUP BY s.user_id, s.behavior_segment_name
),
people AS (
  SELECT user_id, segment, targeted, bought,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY segment) AS nth
  FROM members
),
compared AS (
  SELECT user_id, segment, targeted, bought,
    SUM(CASE WHEN nth = 1 THEN bought ELSE 0 END) OVER () AS all_buyers,
    SUM(CASE WHEN nth = 1 THEN 1 ELSE 0 END) OVER () AS all_users
  FROM people
)
SELECT segment,
  MAX(targeted) AS targeted,
  COUNT(DISTINCT user_id) AS users,
  SUM(bought) AS buyers,
  SUM(bought) / NULLIF(MAX(all_buyers), 0) AS share_of_buyers,
  COUNT(DISTINCT user_id) / MAX(all_users) AS share_of_users,
  SUM(bought) * MAX(all_users) / NULLIF(MAX(all_buyers) * COUNT(DISTINCT user_id), 0) AS affinity
FROM compared
GROUP BY segment`,
  columns: [
    { name: "segment", label: "Segment", unit: "text" },
    { name: "targeted", label: "Targeted", unit: "number", description: "1: by a campaign that showed an ad." },
    { name: "users", label: "Users", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "share_of_buyers", label: "Share of buyers", unit: "share" },
    { name: "share_of_users", label: "Share of users", unit: "share" },
    {
      name: "affinity",
      label: "Affinity",
      unit: "number",
      description: "Share of buyers by share of users: above 1, buyers are in it more often.",
    },
  ],
  chart: { kind: "bars", x: "segment", y: ["affinity"] },
  privacy: "A segment needs two users.",
  guide: `All segments of the people reached are looked at, targeted or not. A segment of high affinity that is not targeted is one
to test next; one of low affinity that is targeted is one to leave.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions_by_user_segments: [
        ...usersOf(8, 1, (user_id) => member(user_id, "Everyone", 1)),
        ...usersOf(4, 1, (user_id) => member(user_id, "Chefs", 0)),
        ...usersOf(4, 1, (user_id) => member(user_id, "Chefs", 0)),
        member("u0008", "Rare", 1),
      ],
      amazon_attributed_events_by_traffic_time: [
        ...usersOf(3, 1, (user_id) => creditedPurchase({ user_id })),
        creditedPurchase({ user_id: "u0005" }),
        creditedPurchase({ user_id: "u0099" }),
      ],
    },
    // Eight people, four of them buyers; three of the buyers are chefs.
    expected: [
      ["Everyone", 1, 8, 4, 1, 1, 1],
      ["Chefs", 0, 4, 3, 0.75, 0.5, 1.5],
    ],
  },
});

function member(user_id: string, behavior_segment_name: string, behavior_segment_matched: number) {
  return impression({ user_id, behavior_segment_name, behavior_segment_matched });
}
