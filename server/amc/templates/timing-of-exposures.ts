import { defineTemplate, usersOf } from "./define";
import { impression, sponsoredAd } from "./proof-rows";

export const timingOfExposures = defineTemplate({
  id: "timing-of-exposures",
  title: "Time between DSP and sponsored ads",
  question: "How long after the first DSP ad do people meet sponsored ads?",
  tags: ["timing", "sponsored ads"],
  sql: `
WITH dsp AS (
  SELECT user_id, MIN(impression_dt_hour_utc) AS first_at
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY user_id
),
sponsored AS (
  SELECT user_id, ad_product_type, MIN(event_dt_hour_utc) AS first_at
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
  GROUP BY user_id, ad_product_type
),
waits AS (
  SELECT s.user_id, s.ad_product_type, SECONDS_BETWEEN(d.first_at, s.first_at) / 3600 AS hours
  FROM sponsored s
  INNER JOIN dsp d ON d.user_id = s.user_id
)
SELECT ad_product_type,
  CASE
    WHEN hours < 0 THEN '0. before the DSP ad'
    WHEN hours < 24 THEN '1. within a day'
    WHEN hours < 72 THEN '2. 1 to 3 days'
    WHEN hours < 168 THEN '3. 3 to 7 days'
    WHEN hours < 336 THEN '4. 7 to 14 days'
    ELSE '5. later' END AS after,
  COUNT(DISTINCT user_id) AS users,
  AVG(hours) AS mean_hours
FROM waits
GROUP BY 1, 2`,
  columns: [
    { name: "ad_product_type", label: "Sponsored ad product", unit: "text" },
    { name: "after", label: "After the DSP ad", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "mean_hours", label: "Mean", unit: "hours" },
  ],
  chart: { kind: "heatmap", x: "after", y: "ad_product_type", value: "users" },
  privacy: "A span of time needs two users: whole hours are compared, for exact moments would need 100.",
  guide: `Users who saw both are looked at. If most meet sponsored ads within days after the DSP, raise sponsored bids while a
DSP campaign runs, and for as long after it as the wait lasts.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: [
        ...usersOf(6, 1, (user_id) => saw(user_id, "2026-06-02T08:00:00Z")),
        // Only the first counts.
        ...usersOf(2, 1, (user_id) => saw(user_id, "2026-06-10T08:00:00Z")),
      ],
      sponsored_ads_traffic: [
        ...usersOf(2, 1, (user_id) => searched(user_id, "2026-06-02T18:00:00Z")),
        ...usersOf(2, 3, (user_id) => searched(user_id, "2026-06-01T20:00:00Z")),
        searched("u0005", "2026-06-04T08:00:00Z"),
        ...usersOf(3, 20, (user_id) => searched(user_id, "2026-06-04T08:00:00Z")),
      ],
    },
    expected: [
      ["sponsored_products", "1. within a day", 2, 10],
      ["sponsored_products", "0. before the DSP ad", 2, -12],
    ],
  },
});

function saw(user_id: string, hour: string) {
  return impression({ user_id, impression_dt_utc: hour, impression_dt_hour_utc: hour });
}

function searched(user_id: string, hour: string) {
  const ad_product_type = "sponsored_products";
  return sponsoredAd({ user_id, ad_product_type, event_dt_utc: hour, event_dt_hour_utc: hour });
}
