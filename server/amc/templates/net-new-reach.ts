import { defineTemplate, usersOf } from "./define";
import { impression, morning } from "./proof-rows";

export const netNewReach = defineTemplate({
  id: "net-new-reach",
  title: "Net-new reach",
  question: "Which campaigns reach people whom none of our campaigns reached in the 90 days before?",
  tags: ["reach", "incremental"],
  sql: `
WITH known AS (
  SELECT user_id, MIN(impression_dt_utc) AS first_at
  FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P90D', 'P0D'))
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
reached AS (
  SELECT campaign, user_id, MIN(impression_dt_utc) AS first_at, SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY campaign, user_id
),
judged AS (
  SELECT r.campaign, r.user_id, r.cost, CASE WHEN r.first_at = k.first_at THEN 1 ELSE 0 END AS is_new
  FROM reached r
  INNER JOIN known k ON k.user_id = r.user_id
)
SELECT campaign,
  COUNT(DISTINCT user_id) AS users,
  COUNT(DISTINCT CASE WHEN is_new = 1 THEN user_id END) AS new_users,
  COUNT(DISTINCT CASE WHEN is_new = 1 THEN user_id END) / COUNT(DISTINCT user_id) AS share_new,
  SUM(cost) AS cost,
  SUM(cost) / NULLIF(COUNT(DISTINCT CASE WHEN is_new = 1 THEN user_id END), 0) AS cost_per_new_user
FROM judged
GROUP BY campaign`,
  columns: [
    { name: "campaign", label: "Campaign", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "new_users", label: "New users", unit: "users", description: "Whose first ad of ours it was." },
    { name: "share_new", label: "Share new", unit: "share" },
    { name: "cost", label: "Cost", unit: "money" },
    { name: "cost_per_new_user", label: "Cost a new user", unit: "money" },
  ],
  chart: { kind: "bars", x: "campaign", y: ["users", "new_users"] },
  privacy: "A campaign needs two users.",
  guide: `The window is widened by 90 days back, so that old acquaintances are known as such.
Campaigns of prospecting should win here; one that meets mostly people already reached is retargeting under another name.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: [
        ...usersOf(2, 1, (user_id) => saw(user_id, "Last spring", "2026-04-10")),
        ...usersOf(4, 1, (user_id) => saw(user_id, "Brand", "2026-06-02")),
        ...usersOf(3, 3, (user_id) => saw(user_id, "Retarget", "2026-06-09")),
        // Too long ago to be known.
        saw("u0005", "Last winter", "2026-01-05"),
        saw("u0006", "Rare", "2026-06-02"),
      ],
    },
    // u0001 and u0002 are known from April, u0003 and u0004 are new to Brand, u0005 to Retarget.
    expected: [
      ["Brand", 4, 2, 0.5, 0.04, 0.02],
      ["Retarget", 3, 1, 1 / 3, 0.03, 0.03],
    ],
  },
});

function saw(user_id: string, campaign: string, day: string) {
  return impression({ user_id, campaign, ...morning("impression", day) });
}
