import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, impression } from "./proof-rows";

export const audienceSegmentsMatched = defineTemplate({
  id: "audience-segments-matched",
  title: "Targeted segments",
  question: "Which of the segments I target bring buyers?",
  tags: ["segments", "audience"],
  sql: `
WITH members AS (
  SELECT behavior_segment_name AS segment, user_id, SUM(impressions) AS impressions
  FROM dsp_impressions_by_matched_segments
  WHERE user_id IS NOT NULL AND behavior_segment_matched = 1
  GROUP BY behavior_segment_name, user_id
),
buys AS (
  SELECT user_id, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
)
SELECT m.segment,
  COUNT(DISTINCT m.user_id) AS users,
  SUM(m.impressions) AS impressions,
  COUNT(DISTINCT b.user_id) AS buyers,
  COUNT(DISTINCT b.user_id) / COUNT(DISTINCT m.user_id) AS purchase_rate,
  SUM(COALESCE(b.purchases, 0)) AS purchases,
  SUM(COALESCE(b.sales, 0)) AS sales
FROM members m
LEFT JOIN buys b ON b.user_id = m.user_id
GROUP BY m.segment`,
  columns: [
    { name: "segment", label: "Segment", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count", description: "That matched the segment." },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchase_rate", label: "Buyers among users", unit: "share" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
  ],
  chart: { kind: "bars", x: "segment", y: ["purchase_rate"] },
  privacy: "A segment needs two users.",
  guide: `An impression matches every targeted segment its user is in: rows overlap, and must not be added up.
Move budget to segments whose users buy more often, if they still have people left to reach.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions_by_matched_segments: [
        ...usersOf(4, 1, (user_id) => matched(user_id, "Coffee")),
        ...usersOf(2, 1, (user_id) => matched(user_id, "Gifts")),
        ...usersOf(2, 1, (user_id) => matched(user_id, "Gifts")),
        ...usersOf(2, 1, (user_id) => ({ ...matched(user_id, "Pets"), behavior_segment_matched: 0 })),
        matched("u0009", "Rare"),
      ],
      amazon_attributed_events_by_traffic_time: [
        creditedPurchase({ user_id: "u0001" }),
        creditedPurchase({ user_id: "u0001", total_product_sales: 15 }),
      ],
    },
    expected: [
      ["Coffee", 4, 4, 1, 0.25, 2, 25],
      ["Gifts", 2, 4, 1, 0.5, 2, 25],
    ],
  },
});

function matched(user_id: string, behavior_segment_name: string) {
  return impression({ user_id, behavior_segment_name, behavior_segment_matched: 1 });
}
