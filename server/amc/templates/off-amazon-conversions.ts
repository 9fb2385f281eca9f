import { defineTemplate, usersOf } from "./define";
import { impression, morning, purchase, sponsoredAd } from "./proof-rows";

export const offAmazonConversions = defineTemplate({
  id: "off-amazon-conversions",
  title: "Conversions off Amazon",
  question: "Which ads did people see before they acted on the advertiser's own site?",
  tags: ["off-Amazon", "overlap"],
  sql: `
WITH acts AS (
  SELECT user_id, conversion_id, conversion_event_name AS event, event_dt_hour_utc AS acted_at,
    COALESCE(off_amazon_conversion_value, 0) AS worth
  FROM conversions
  WHERE user_id IS NOT NULL AND event_category = 'off-Amazon'
),
exposures AS (
  SELECT user_id, 'DSP' AS product, MIN(impression_dt_hour_utc) AS first_at
  FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P28D', 'P0D'))
  WHERE user_id IS NOT NULL
  GROUP BY user_id
  UNION ALL
  SELECT user_id, 'Sponsored ads' AS product, MIN(event_dt_hour_utc) AS first_at
  FROM TABLE(EXTEND_TIME_WINDOW('sponsored_ads_traffic', 'P28D', 'P0D'))
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
judged AS (
  SELECT a.conversion_id, a.user_id, a.event, a.worth,
    MAX(CASE WHEN e.product = 'DSP' AND e.first_at <= a.acted_at THEN 1 ELSE 0 END) AS dsp,
    MAX(CASE WHEN e.product = 'Sponsored ads' AND e.first_at <= a.acted_at THEN 1 ELSE 0 END) AS sponsored
  FROM acts a
  LEFT JOIN exposures e ON e.user_id = a.user_id
  GROUP BY a.conversion_id, a.user_id, a.event, a.worth
)
SELECT event,
  CASE
    WHEN dsp + sponsored = 2 THEN 'DSP + Sponsored ads'
    WHEN dsp = 1 THEN 'DSP'
    WHEN sponsored = 1 THEN 'Sponsored ads'
    ELSE 'No ad' END AS seen,
  COUNT(DISTINCT user_id) AS users,
  COUNT(DISTINCT conversion_id) AS events,
  SUM(worth) AS event_value
FROM judged
GROUP BY 1, 2`,
  columns: [
    { name: "event", label: "Event", unit: "text" },
    { name: "seen", label: "Seen before", unit: "text", description: "In the window and 28 days before it." },
    { name: "users", label: "Users", unit: "users" },
    { name: "events", label: "Events", unit: "count" },
    { name: "event_value", label: "Value", unit: "money" },
  ],
  chart: { kind: "overlap", sets: "seen", value: "users" },
  privacy:
    "An event needs two users for each kind of exposure: whole hours are compared, for exact moments would need 100.",
  guide: `Events come from the Amazon tag or the conversions API. "No ad" holds those who saw none: how many people act anyway.
An ad product counts for an event if the user first met it before, or in the same hour.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      conversions: [
        ...usersOf(3, 1, (user_id) => signedUp(user_id, "2026-06-07")),
        signedUp("u0001", "2026-06-08"),
        ...usersOf(2, 11, (user_id) => signedUp(user_id, "2026-06-07")),
        ...usersOf(3, 21, (user_id) => signedUp(user_id, "2026-06-07")),
        purchase({ user_id: "u0001", conversion_id: "bought" }),
      ],
      dsp_impressions: [
        ...usersOf(3, 1, (user_id) => saw(user_id, "2026-06-04")),
        ...usersOf(2, 11, (user_id) => saw(user_id, "2026-05-20")),
        // After the event: no ad.
        ...usersOf(2, 21, (user_id) => saw(user_id, "2026-06-20")),
      ],
      sponsored_ads_traffic: [
        ...usersOf(2, 11, (user_id) => searched(user_id, "2026-06-07")),
        searched("u0023", "2026-06-05"),
      ],
    },
    expected: [
      ["signUp", "DSP", 3, 4, 20],
      ["signUp", "DSP + Sponsored ads", 2, 2, 10],
      ["signUp", "No ad", 2, 2, 10],
    ],
  },
});

function signedUp(user_id: string, day: string) {
  const kind = { event_category: "off-Amazon", conversion_event_name: "signUp", off_amazon_conversion_value: 5 };
  return purchase({ user_id, conversion_id: `${user_id} ${day}`, ...kind, ...morning("event", day) });
}

function saw(user_id: string, day: string) {
  return impression({ user_id, ...morning("impression", day) });
}

function searched(user_id: string, day: string) {
  return sponsoredAd({ user_id, ...morning("event", day) });
}
