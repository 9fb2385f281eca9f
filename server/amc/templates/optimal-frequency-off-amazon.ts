import { defineTemplate, usersOf } from "./define";
import { campaigns } from "./parameters";
import { impression, purchase } from "./proof-rows";

export const optimalFrequencyOffAmazon = defineTemplate({
  id: "optimal-frequency-off-amazon",
  title: "Optimal frequency off Amazon",
  question: "How often must people see the ads before they act on the advertiser's own site?",
  tags: ["frequency", "off-Amazon"],
  parameters: [
    campaigns,
    {
      name: "event",
      label: "Event",
      kind: "text",
      default: "",
      help: "Name of the conversion event; left empty: all events off Amazon.",
    },
    { name: "most", label: "Highest frequency", kind: "whole", default: 20, least: 2, most: 100 },
  ],
  sql: `
WITH seen AS (
  SELECT user_id, SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost, MIN(impression_dt_utc) AS first_at
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND (CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
      OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string))
  GROUP BY user_id
),
acts AS (
  SELECT user_id, MAX(event_dt_utc) AS last_at, COUNT(DISTINCT conversion_id) AS acts,
    SUM(off_amazon_conversion_value) AS worth
  FROM conversions
  WHERE user_id IS NOT NULL AND event_category = 'off-Amazon'
    AND (CUSTOM_PARAMETER('event') = '' OR conversion_event_name = CUSTOM_PARAMETER('event'))
  GROUP BY user_id
)
SELECT LEAST(s.impressions, CUSTOM_PARAMETER('most')) AS frequency,
  COUNT(DISTINCT s.user_id) AS users,
  COUNT(DISTINCT a.user_id) AS acting_users,
  COUNT(DISTINCT a.user_id) / COUNT(DISTINCT s.user_id) AS acting_rate,
  SUM(COALESCE(a.acts, 0)) AS events,
  SUM(COALESCE(a.worth, 0)) AS event_value,
  SUM(s.cost) AS cost
FROM seen s
LEFT JOIN acts a ON a.user_id = s.user_id AND a.last_at > s.first_at
GROUP BY 1`,
  columns: [
    { name: "frequency", label: "Impressions a user", unit: "count" },
    { name: "users", label: "Users", unit: "users" },
    { name: "acting_users", label: "Users who acted", unit: "users" },
    { name: "acting_rate", label: "Share who acted", unit: "share" },
    { name: "events", label: "Events", unit: "count" },
    { name: "event_value", label: "Value of the events", unit: "money" },
    { name: "cost", label: "Cost", unit: "money" },
  ],
  chart: { kind: "curve", x: "frequency", y: ["acting_rate"] },
  privacy: "No column of this answer needs more than one user: nothing is hidden.",
  guide: `Events come from the Amazon tag or the conversions API; a user's events count if the last of them came after the first ad.
Look for the frequency from which on the share no longer rises.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { event: "signUp", most: 3 },
    tables: {
      dsp_impressions: [
        ...usersOf(4, 1, (user_id) => impression({ user_id })),
        ...usersOf(2, 11, (user_id) => impression({ user_id, impressions: 3, total_cost: 3_000 })),
        impression({ user_id: "u0013", impressions: 8, total_cost: 8_000 }),
      ],
      conversions: [
        signUp("u0001", "one", "2026-06-06"),
        // Before the ad.
        signUp("u0002", "two", "2026-06-02"),
        ...usersOf(2, 11, (user_id) => signUp(user_id, user_id, "2026-06-06")),
        signUp("u0011", "again", "2026-06-08"),
        { ...signUp("u0013", "other", "2026-06-06"), conversion_event_name: "pageView" },
        purchase({ user_id: "u0013", conversion_id: "bought" }),
      ],
    },
    expected: [
      [1, 4, 1, 0.25, 1, 5, 0.04],
      [3, 3, 2, 2 / 3, 3, 15, 0.14],
    ],
  },
});

function signUp(user_id: string, conversion_id: string, day: string) {
  const kind = { event_category: "off-Amazon", conversion_event_name: "signUp", off_amazon_conversion_value: 5 };
  return purchase({ user_id, conversion_id, ...kind, total_product_sales: null, event_dt_utc: `${day}T08:00:00Z` });
}
