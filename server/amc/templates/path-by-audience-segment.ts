import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, impression } from "./proof-rows";

export const pathByAudienceSegment = defineTemplate({
  id: "path-by-audience-segment",
  title: "Paths of audience segments",
  question: "Through which targeted segments do people come before they buy?",
  tags: ["paths", "journey", "segments"],
  parameters: [
    {
      name: "segments",
      label: "Segments",
      kind: "list",
      default: [],
      help: "Names of segments; none means all. Fewer make fewer paths, of which fewer are hidden.",
    },
  ],
  sql: `
WITH touches AS (
  SELECT user_id, behavior_segment_name AS segment, MIN(impression_dt_utc) AS first_at
  FROM dsp_impressions_by_matched_segments
  WHERE user_id IS NOT NULL AND behavior_segment_matched = 1
    AND (CARDINALITY(CUSTOM_PARAMETER('segments')) = 0
      OR ARRAY_CONTAINS(CUSTOM_PARAMETER('segments'), behavior_segment_name))
  GROUP BY user_id, behavior_segment_name
),
buys AS (
  SELECT user_id, MAX(conversion_event_dt_utc) AS last_at, SUM(total_purchases) AS purchases,
    SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
),
numbered AS (
  SELECT t.user_id, t.segment,
    ROW_NUMBER() OVER (PARTITION BY t.user_id ORDER BY t.first_at, t.segment) AS step
  FROM touches t
  LEFT JOIN buys b ON b.user_id = t.user_id
  WHERE b.user_id IS NULL OR t.first_at < b.last_at
),
journeys AS (
  SELECT user_id, CONCAT(
      MAX(CASE WHEN step = 1 THEN segment END),
      MAX(CASE WHEN step = 2 THEN CONCAT(' > ', segment) ELSE '' END),
      MAX(CASE WHEN step = 3 THEN CONCAT(' > ', segment) ELSE '' END)) AS path
  FROM numbered
  WHERE step <= 3
  GROUP BY user_id
)
SELECT j.path,
  COUNT(DISTINCT j.user_id) AS users,
  COUNT(DISTINCT b.user_id) AS buyers,
  SUM(COALESCE(b.purchases, 0)) AS purchases,
  SUM(COALESCE(b.sales, 0)) AS sales
FROM journeys j
LEFT JOIN buys b ON b.user_id = j.user_id
GROUP BY j.path`,
  columns: [
    { name: "path", label: "Path", unit: "text", description: "The first three segments, in order." },
    { name: "users", label: "Users", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
  ],
  chart: { kind: "sankey", path: "path", value: "buyers" },
  privacy: "A path needs two users. Many segments make many rare paths: name the few that matter.",
  guide: `An impression can match several segments: those seen first at the same moment stand in the order of their names.
A segment that opens the paths of buyers and seldom of others is worth more of the budget.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions_by_matched_segments: [
        ...usersOf(2, 1, (user_id) => matched(user_id, "Coffee", "2026-06-02")),
        ...usersOf(2, 1, (user_id) => matched(user_id, "Gifts", "2026-06-04")),
        ...usersOf(3, 10, (user_id) => matched(user_id, "Gifts", "2026-06-04")),
        matched("u0020", "Coffee", "2026-06-02"),
        { ...matched("u0010", "Coffee", "2026-06-01"), behavior_segment_matched: 0 },
      ],
      amazon_attributed_events_by_conversion_time: [
        creditedPurchase({ user_id: "u0001", total_purchases: 2, total_product_sales: 50 }),
      ],
    },
    expected: [
      ["Coffee > Gifts", 2, 1, 2, 50],
      ["Gifts", 3, 0, 0, 0],
    ],
  },
});

function matched(user_id: string, behavior_segment_name: string, day: string) {
  const segment = { behavior_segment_name, behavior_segment_matched: 1 };
  return impression({ user_id, ...segment, impression_dt_utc: `${day}T08:00:00Z` });
}
