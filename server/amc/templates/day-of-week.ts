import { defineTemplate, usersOf } from "./define";
import { campaigns } from "./parameters";
import { creditedPurchase, impression } from "./proof-rows";

export const dayOfWeek = defineTemplate({
  id: "day-of-week",
  title: "Day of the week",
  question: "On which days of the week and at which hours does an impression bring most purchases?",
  tags: ["timing"],
  parameters: [campaigns],
  sql: `
WITH events AS (
  SELECT DAYOFWEEK(impression_date) AS weekday, impression_hour AS hour_of_day, user_id, impressions,
    0 AS purchases, 0 AS sales
  FROM dsp_impressions
  WHERE CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
    OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string)
  UNION ALL
  SELECT DAYOFWEEK(traffic_event_date) AS weekday, traffic_event_hour AS hour_of_day, user_id, 0 AS impressions,
    total_purchases AS purchases, total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE ad_product_type IS NULL AND total_purchases > 0
    AND (CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
      OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string))
)
SELECT CASE weekday WHEN 1 THEN '7 Sunday' WHEN 2 THEN '1 Monday' WHEN 3 THEN '2 Tuesday' WHEN 4 THEN '3 Wednesday'
    WHEN 5 THEN '4 Thursday' WHEN 6 THEN '5 Friday' ELSE '6 Saturday' END AS weekday,
  hour_of_day,
  SUM(impressions) AS impressions,
  SUM(purchases) AS purchases,
  SUM(sales) AS sales,
  1000 * SUM(purchases) / NULLIF(SUM(impressions), 0) AS purchases_per_thousand
FROM events
GROUP BY 1, 2`,
  columns: [
    { name: "weekday", label: "Day", unit: "text" },
    { name: "hour_of_day", label: "Hour", unit: "number", description: "In the advertiser's time zone." },
    { name: "impressions", label: "Impressions", unit: "count", reported: "impressions" },
    { name: "purchases", label: "Purchases", unit: "count", reported: "totalPurchases" },
    { name: "sales", label: "Sales", unit: "money", reported: "totalSales" },
    { name: "purchases_per_thousand", label: "Purchases a thousand impressions", unit: "number" },
  ],
  chart: { kind: "heatmap", x: "hour_of_day", y: "weekday", value: "purchases_per_thousand" },
  privacy: "An hour of a day of the week needs two users.",
  guide: `A purchase stands where its ad was seen, so that a cell tells what ads of that hour brought.
A single week is noise: ask for four weeks or more, and change schedules only where neighbouring cells agree.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      // 4 June 2026 is a Thursday, the 7th a Sunday.
      dsp_impressions: [
        ...usersOf(4, 1, (user_id) => saw(user_id, "2026-06-04", 8)),
        ...usersOf(4, 1, (user_id) => saw(user_id, "2026-06-11", 8)),
        ...usersOf(2, 1, (user_id) => saw(user_id, "2026-06-07", 20)),
        saw("u0009", "2026-06-07", 21),
      ],
      amazon_attributed_events_by_traffic_time: usersOf(2, 1, (user_id) =>
        creditedPurchase({ user_id, traffic_event_date: "2026-06-11", traffic_event_hour: 8 }),
      ),
    },
    expected: [
      ["4 Thursday", 8, 8, 2, 20, 250],
      ["7 Sunday", 20, 2, 0, 0, 0],
    ],
  },
});

function saw(user_id: string, impression_date: string, impression_hour: number) {
  return impression({ user_id, impression_date, impression_hour });
}
