import { defineTemplate, usersOf } from "./define";

export const timeToConversion = defineTemplate({
  id: "time-to-conversion",
  title: "Time to purchase",
  question: "How long after the ad do people buy?",
  tags: ["journey", "timing"],
  sql: `
WITH waits AS (
  SELECT user_id, total_purchases, total_product_sales,
    SECONDS_BETWEEN(traffic_event_dt_utc, conversion_event_dt_utc) / 3600 AS hours
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
)
SELECT CASE
    WHEN hours < 1 THEN '1. under an hour'
    WHEN hours < 6 THEN '2. 1 to 6 hours'
    WHEN hours < 24 THEN '3. 6 to 24 hours'
    WHEN hours < 72 THEN '4. 1 to 3 days'
    WHEN hours < 168 THEN '5. 3 to 7 days'
    ELSE '6. 7 to 14 days' END AS after,
  COUNT(DISTINCT user_id) AS buyers,
  SUM(total_purchases) AS purchases,
  SUM(total_product_sales) AS sales
FROM waits
GROUP BY 1`,
  columns: [
    { name: "after", label: "After the ad", unit: "text" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
  ],
  chart: { kind: "bars", x: "after", y: ["purchases"] },
  privacy: "A span of time needs 100 users, as it is made of moments: choose a longer window where spans are missing.",
  guide: `The ad is the one that Amazon credits with the purchase, seen or clicked at most 14 days before.
Most purchases within hours speak for people who were about to buy; a long tail wants patience before a campaign is judged.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      amazon_attributed_events_by_conversion_time: [
        ...usersOf(100, 1, (user_id) => bought(user_id, "2026-06-06T08:30:00Z")),
        ...usersOf(120, 200, (user_id) => bought(user_id, "2026-06-08T08:00:00Z")),
        ...usersOf(99, 400, (user_id) => bought(user_id, "2026-06-16T08:00:00Z")),
      ],
    },
    expected: [
      ["1. under an hour", 100, 100, 1_000],
      ["4. 1 to 3 days", 120, 120, 1_200],
    ],
  },
});

function bought(user_id: string, conversion_event_dt_utc: string) {
  const traffic_event_dt_utc = "2026-06-06T08:00:00Z";
  return { user_id, traffic_event_dt_utc, conversion_event_dt_utc, total_purchases: 1, total_product_sales: 10 };
}
