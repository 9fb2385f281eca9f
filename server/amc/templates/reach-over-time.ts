import { defineTemplate, usersOf } from "./define";
import { campaigns } from "./parameters";
import { impression, morning } from "./proof-rows";

export const reachOverTime = defineTemplate({
  id: "reach-over-time",
  title: "Reach day by day",
  question: "Do my campaigns still find new people, or have they reached all they can?",
  tags: ["reach", "timing"],
  parameters: [campaigns],
  sql: `
WITH daily AS (
  SELECT user_id, impression_date_utc AS seen_on, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND (CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
      OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string))
  GROUP BY user_id, impression_date_utc
),
numbered AS (
  SELECT user_id, seen_on, impressions, cost, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY seen_on) AS nth
  FROM daily
)
SELECT seen_on,
  COUNT(DISTINCT user_id) AS users,
  SUM(CASE WHEN nth = 1 THEN 1 ELSE 0 END) AS new_users,
  SUM(impressions) AS impressions,
  SUM(cost) AS cost,
  SUM(cost) / NULLIF(SUM(CASE WHEN nth = 1 THEN 1 ELSE 0 END), 0) AS cost_per_new_user
FROM numbered
GROUP BY seen_on`,
  columns: [
    { name: "seen_on", label: "Day (UTC)", unit: "date" },
    { name: "users", label: "Users", unit: "users" },
    { name: "new_users", label: "New users", unit: "users", description: "Seen on no earlier day of the window." },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "cost", label: "Cost", unit: "money" },
    { name: "cost_per_new_user", label: "Cost a new user", unit: "money" },
  ],
  chart: { kind: "curve", x: "seen_on", y: ["users", "new_users"] },
  privacy: "A day needs two users.",
  guide: `New users of all days add up to the reach. Their number falls by itself as a window goes on; when a new user costs
several times as much as in the first week, widen the audience.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: [
        ...usersOf(4, 1, (user_id) => saw(user_id, "2026-06-02")),
        ...usersOf(2, 1, (user_id) => saw(user_id, "2026-06-02")),
        ...usersOf(3, 3, (user_id) => saw(user_id, "2026-06-03")),
        ...usersOf(2, 3, (user_id) => saw(user_id, "2026-06-04")),
        saw("u0009", "2026-06-05"),
      ],
    },
    expected: [
      ["2026-06-02", 4, 4, 6, 0.06, 0.015],
      ["2026-06-03", 3, 1, 3, 0.03, 0.03],
      ["2026-06-04", 2, 0, 2, 0.02, null],
    ],
  },
});

function saw(user_id: string, day: string) {
  return impression({ user_id, ...morning("impression", day) });
}
