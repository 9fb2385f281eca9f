import { defineTemplate, usersOf } from "./define";
import { impression, purchase, sponsoredAd } from "./proof-rows";

export const offAmazonConversions = defineTemplate({
  id: "off-amazon-conversions",
  title: "Conversions off Amazon",
  question: "Which ads did people see before they acted on the advertiser's own site?",
  tags: ["off-Amazon", "overlap"],
  sql: `
WITH acts AS (
  SELECT user_id, conversion_id, conversion_event_name AS event, event_dt_utc AS acted_at,
    COALESCE(off_amazon_conversion_value, 0) AS worth
  FROM conversions
  WHERE user_id IS NOT NULL AND event_category = 'off-Amazon'
),
exposures AS (
  SELECT user_id, 'DSP' AS product, MIN(impression_dt_utc) AS first_at
  FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P28D', 'P0D'))
  WHERE user_id IS NOT NULL
  GROUP BY user_id
  UNION ALL
  SELECT user_id, 'Sponsored ads' AS product, MIN(event_dt_utc) AS first_at
  FROM TABLE(EXTEND_TIME_WINDOW('sponsored_ads_traffic', 'P28D', 'P0D'))
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
judged AS (
  SELECT a.conversion_id, a.user_id, a.event, a.worth,
    MAX(CASE WHEN e.product = 'DSP' AND e.first_at < a.acted_at THEN 1 ELSE 0 END) AS dsp,
    MAX(CASE WHEN e.product = 'Sponsored ads' AND e.first_at < a.acted_at THEN 1 ELSE 0 END) AS sponsored
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
  SUM(worth) AS value
FROM judged
GROUP BY 1, 2`,
  columns: [
    { name: "event", label: "Event", unit: "text" },
    { name: "seen", label: "Seen before", unit: "text", description: "In the window and 28 days before it." },
    { name: "users", label: "Users", unit: "users" },
    { name: "events", label: "Events", unit: "count" },
    { name: "value", label: "Value", unit: "money" },
  ],
  chart: { kind: "overlap", sets: "seen", value: "users" },
  privacy: "An event needs 100 users for each kind of exposure, as moments are compared to tell what came first.",
  guide: `Events come from the Amazon tag or the conversions API. "No ad" holds those who saw none: how many people act anyway.
A user's ad counts for an event if the user's first one came before it.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      conversions: [
        ...usersOf(110, 1, (user_id) => signedUp(user_id, "first")),
        ...usersOf(10, 1, (user_id) => signedUp(user_id, "again")),
        ...usersOf(100, 201, (user_id) => signedUp(user_id, "first")),
        ...usersOf(150, 401, (user_id) => signedUp(user_id, "first")),
        purchase({ user_id: "u0001", conversion_id: "bought" }),
      ],
      dsp_impressions: [
        ...usersOf(110, 1, (user_id) => impression({ user_id })),
        ...usersOf(100, 201, (user_id) => impression({ user_id, impression_dt_utc: "2026-05-20T08:00:00Z" })),
      ],
      sponsored_ads_traffic: [
        ...usersOf(100, 201, (user_id) => sponsoredAd({ user_id })),
        // 99 people are too few; those after the event count as no ad.
        ...usersOf(99, 401, (user_id) => sponsoredAd({ user_id })),
        ...usersOf(51, 500, (user_id) => sponsoredAd({ user_id, event_dt_utc: "2026-06-20T08:00:00Z" })),
      ],
    },
    expected: [
      ["signUp", "DSP", 110, 120, 600],
      ["signUp", "DSP + Sponsored ads", 100, 100, 500],
    ],
  },
});

function signedUp(user_id: string, nth: string) {
  const kind = { event_category: "off-Amazon", conversion_event_name: "signUp", off_amazon_conversion_value: 5 };
  return purchase({ user_id, conversion_id: `${user_id} ${nth}`, ...kind });
}
