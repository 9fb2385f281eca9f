import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, impression } from "./proof-rows";

export const segmentPairs = defineTemplate({
  id: "segment-pairs",
  title: "Pairs of segments",
  question: "Which two segments together single out people who buy?",
  tags: ["segments", "audience", "discovery"],
  parameters: [
    {
      name: "least",
      label: "Least users of a pair",
      kind: "whole",
      default: 100,
      least: 2,
      most: 1_000_000,
      help: "Pairs with fewer are left out: their rates are noise.",
    },
  ],
  sql: `
WITH buys AS (
  SELECT user_id
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
),
members AS (
  SELECT s.user_id, s.behavior_segment_name AS segment,
    MAX(CASE WHEN b.user_id IS NULL THEN 0 ELSE 1 END) AS bought
  FROM dsp_impressions_by_user_segments s
  LEFT JOIN buys b ON b.user_id = s.user_id
  WHERE s.user_id IS NOT NULL
  GROUP BY s.user_id, s.behavior_segment_name
),
rated AS (
  SELECT user_id, segment, bought, AVG(bought) OVER (PARTITION BY segment) AS rate
  FROM members
)
SELECT a.segment AS segment,
  b.segment AS other_segment,
  COUNT(DISTINCT a.user_id) AS users,
  SUM(a.bought) AS buyers,
  SUM(a.bought) / COUNT(DISTINCT a.user_id) AS purchase_rate,
  GREATEST(MAX(a.rate), MAX(b.rate)) AS better_rate_alone
FROM rated a
INNER JOIN rated b ON b.user_id = a.user_id AND b.segment > a.segment
GROUP BY a.segment, b.segment
HAVING COUNT(DISTINCT a.user_id) >= CUSTOM_PARAMETER('least')`,
  columns: [
    { name: "segment", label: "Segment", unit: "text" },
    { name: "other_segment", label: "And", unit: "text" },
    { name: "users", label: "Users of both", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchase_rate", label: "Buyers among them", unit: "share" },
    { name: "better_rate_alone", label: "Better rate alone", unit: "share", description: "Of all in either segment." },
  ],
  chart: { kind: "heatmap", x: "segment", y: "other_segment", value: "purchase_rate" },
  privacy: "A pair needs two users, and as many as you ask for.",
  guide: `A pair is worth targeting if its rate is well above the better rate alone: then being in both says more than either.
Make a rule-based audience of it; Amazon wants 2,000 users for one.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { least: 2 },
    tables: {
      dsp_impressions_by_user_segments: [
        ...usersOf(6, 1, (user_id) => member(user_id, "Chefs")),
        ...usersOf(4, 5, (user_id) => member(user_id, "Gifts")),
        ...usersOf(1, 1, (user_id) => member(user_id, "Rare")),
      ],
      amazon_attributed_events_by_traffic_time: [
        creditedPurchase({ user_id: "u0001" }),
        ...usersOf(2, 5, (user_id) => creditedPurchase({ user_id })),
      ],
    },
    // Of six chefs three bought, of four in Gifts two; u0005 and u0006 are in both.
    expected: [["Chefs", "Gifts", 2, 2, 1, 0.5]],
  },
});

function member(user_id: string, behavior_segment_name: string) {
  return impression({ user_id, behavior_segment_name, behavior_segment_matched: 0 });
}
