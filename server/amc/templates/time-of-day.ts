import { defineTemplate, usersOf } from "./define";
import { campaigns } from "./parameters";
import { creditedPurchase, impression } from "./proof-rows";

export const timeOfDay = defineTemplate({
  id: "time-of-day",
  title: "Time of day",
  question: "At which hours do ads reach people, and at which hours do people buy?",
  tags: ["timing"],
  parameters: [campaigns],
  sql: `
WITH events AS (
  SELECT impression_hour AS hour_of_day, user_id, impressions, 0 AS clicks, total_cost / 100000 AS cost,
    0 AS purchases, 0 AS sales
  FROM dsp_impressions
  WHERE CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
    OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string)
  UNION ALL
  SELECT click_hour AS hour_of_day, user_id, 0 AS impressions, clicks, 0 AS cost, 0 AS purchases, 0 AS sales
  FROM dsp_clicks
  WHERE CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
    OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string)
  UNION ALL
  SELECT conversion_event_hour AS hour_of_day, user_id, 0 AS impressions, 0 AS clicks, 0 AS cost,
    total_purchases AS purchases, total_product_sales AS sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE ad_product_type IS NULL AND total_purchases > 0
    AND (CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
      OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string))
)
SELECT hour_of_day,
  COUNT(DISTINCT CASE WHEN impressions > 0 THEN user_id END) AS users,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(cost) AS cost,
  SUM(purchases) AS purchases,
  SUM(sales) AS sales
FROM events
GROUP BY hour_of_day`,
  columns: [
    { name: "hour_of_day", label: "Hour", unit: "number", description: "In the advertiser's time zone." },
    { name: "users", label: "Users who saw ads", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count", reported: "impressions" },
    { name: "clicks", label: "Clicks", unit: "count", reported: "clicks" },
    { name: "cost", label: "Cost", unit: "money", reported: "spend" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
  ],
  chart: { kind: "bars", x: "hour_of_day", y: ["impressions", "purchases"] },
  privacy: "An hour needs two users.",
  guide: `Every event stands at its own hour: purchases at the hour of the purchase, whenever the ad was seen.
Hours with many ads and few clicks are where dayparting may save money; look at several weeks before you do it.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: [
        ...usersOf(3, 1, (user_id) => impression({ user_id, impression_hour: 8 })),
        ...usersOf(2, 1, (user_id) => impression({ user_id, impression_hour: 20, impressions: 2 })),
        impression({ user_id: "u0001", impression_hour: 3 }),
      ],
      dsp_clicks: [clicked("u0001", 8), clicked("u0002", 20)],
      amazon_attributed_events_by_conversion_time: [
        ...usersOf(2, 1, (user_id) => creditedPurchase({ user_id, conversion_event_hour: 21 })),
        creditedPurchase({ user_id: "u0001", conversion_event_hour: 20 }),
        creditedPurchase({ user_id: "u0001", conversion_event_hour: 20, ad_product_type: "sponsored_products" }),
      ],
    },
    expected: [
      [8, 3, 3, 1, 0.03, 0, 0],
      [20, 2, 4, 1, 0.02, 1, 10],
      [21, 0, 0, 0, 0, 2, 20],
    ],
  },
});

function clicked(user_id: string, click_hour: number) {
  return { user_id, click_hour, click_dt_utc: "2026-06-04T09:00:00Z", clicks: 1 };
}
