import { defineTemplate, usersOf } from "./define";
import { impression, purchase } from "./proof-rows";

export const inMarketSegments = defineTemplate({
  id: "in-market-segments",
  title: "What our customers shop for",
  question: "Which in-market segments are our customers in, and how many of those people do our ads reach?",
  tags: ["segments", "audience", "discovery", "paid table"],
  sql: `
WITH customers AS (
  SELECT user_id
  FROM conversions
  WHERE user_id IS NOT NULL AND event_category = 'purchase'
  GROUP BY user_id
),
reached AS (
  SELECT user_id
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY user_id
)
SELECT s.segment_name AS segment,
  COUNT(DISTINCT s.user_id) AS members,
  COUNT(DISTINCT c.user_id) AS customers,
  COUNT(DISTINCT r.user_id) AS reached,
  COUNT(DISTINCT c.user_id) / COUNT(DISTINCT s.user_id) AS customer_rate,
  COUNT(DISTINCT r.user_id) / COUNT(DISTINCT s.user_id) AS reached_rate
FROM audience_segments_amer_inmarket s
LEFT JOIN customers c ON c.user_id = s.user_id
LEFT JOIN reached r ON r.user_id = s.user_id
WHERE s.user_id IS NOT NULL
GROUP BY s.segment_name`,
  columns: [
    { name: "segment", label: "Segment", unit: "text" },
    { name: "members", label: "People in it", unit: "users" },
    { name: "customers", label: "Customers", unit: "users" },
    { name: "reached", label: "Reached by the DSP", unit: "users" },
    { name: "customer_rate", label: "Customers among them", unit: "share" },
    { name: "reached_rate", label: "Reached among them", unit: "share" },
  ],
  chart: { kind: "bars", x: "segment", y: ["customer_rate", "reached_rate"] },
  privacy: "A segment needs two people.",
  guide: `Asks a paid table, of the Americas. A segment with many customers of which few are reached is one to target.
Membership is that of the table's day, not of the day of the purchase.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      audience_segments_amer_inmarket: [
        ...usersOf(4, 1, (user_id) => ({ user_id, segment_name: "Coffee" })),
        ...usersOf(2, 11, (user_id) => ({ user_id, segment_name: "Gifts" })),
        { user_id: "u0001", segment_name: "Rare" },
      ],
      conversions: [
        ...usersOf(2, 1, (user_id) => purchase({ user_id })),
        purchase({ user_id: "u0003", event_category: "website" }),
      ],
      dsp_impressions: [impression({ user_id: "u0001" }), ...usersOf(2, 11, (user_id) => impression({ user_id }))],
    },
    expected: [
      ["Coffee", 4, 2, 1, 0.5, 0.25],
      ["Gifts", 2, 0, 2, 0, 1],
    ],
  },
});
