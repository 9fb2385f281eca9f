import { defineTemplate, usersOf } from "./define";

export const pathToConversion = defineTemplate({
  id: "path-to-conversion",
  title: "Paths to purchase",
  question: "Which paths of campaigns lead to purchase?",
  tags: ["paths", "journey"],
  parameters: [
    {
      name: "campaigns",
      label: "Campaigns",
      kind: "list",
      from: "campaigns",
      default: [],
      help: "DSP campaigns by name, or by Amazon's id; none means all.",
    },
    {
      name: "steps",
      label: "Steps of a path",
      kind: "whole",
      default: 5,
      least: 1,
      most: 5,
      help: "Later campaigns of a user are left out. Fewer steps show more users.",
    },
  ],
  sql: `
WITH touches AS (
  SELECT user_id, campaign, MIN(impression_dt_utc) AS first_at, SUM(impressions) AS impressions,
    SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
    AND (CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
      OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string))
  GROUP BY user_id, campaign
),
buys AS (
  SELECT user_id, MAX(conversion_event_dt_utc) AS last_at, SUM(total_purchases) AS purchases,
    SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
),
numbered AS (
  SELECT t.user_id, t.campaign, t.impressions, t.cost,
    ROW_NUMBER() OVER (PARTITION BY t.user_id ORDER BY t.first_at, t.campaign) AS step
  FROM touches t
  LEFT JOIN buys b ON b.user_id = t.user_id
  WHERE b.user_id IS NULL OR t.first_at < b.last_at
),
journeys AS (
  SELECT user_id,
    MAX(CASE WHEN step = 1 THEN campaign END) AS one,
    MAX(CASE WHEN step = 2 THEN campaign END) AS two,
    MAX(CASE WHEN step = 3 THEN campaign END) AS three,
    MAX(CASE WHEN step = 4 THEN campaign END) AS four,
    MAX(CASE WHEN step = 5 THEN campaign END) AS five,
    SUM(impressions) AS impressions,
    SUM(cost) AS cost
  FROM numbered
  WHERE step <= CUSTOM_PARAMETER('steps')
  GROUP BY user_id
)
SELECT CONCAT(j.one,
    CASE WHEN j.two IS NULL THEN '' ELSE CONCAT(' > ', j.two) END,
    CASE WHEN j.three IS NULL THEN '' ELSE CONCAT(' > ', j.three) END,
    CASE WHEN j.four IS NULL THEN '' ELSE CONCAT(' > ', j.four) END,
    CASE WHEN j.five IS NULL THEN '' ELSE CONCAT(' > ', j.five) END) AS path,
  COUNT(DISTINCT j.user_id) AS users,
  COUNT(DISTINCT b.user_id) AS buyers,
  SUM(COALESCE(b.purchases, 0)) AS purchases,
  SUM(COALESCE(b.sales, 0)) AS sales,
  SUM(j.impressions) AS impressions,
  SUM(j.cost) AS cost
FROM journeys j
LEFT JOIN buys b ON b.user_id = j.user_id
GROUP BY 1`,
  columns: [
    { name: "path", label: "Path", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "cost", label: "Cost", unit: "money" },
  ],
  chart: { kind: "sankey", path: "path", value: "buyers" },
  privacy: "A path needs two users. Rare paths are summed up as hidden: choose fewer campaigns or steps to see more.",
  guide: `Each user counts once, with the campaigns in the order in which they first met them, up to the last purchase.
Compare buyers among users of a path, not buyers alone: long paths need time, and whoever buys at once never gets one.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: [
        ...usersOf(3, 1, (user_id) => touch(user_id, "Brand", "2026-06-02T08:00:00Z")),
        ...usersOf(3, 1, (user_id) => touch(user_id, "Retarget", "2026-06-05T08:00:00Z")),
        ...usersOf(2, 10, (user_id) => touch(user_id, "Brand", "2026-06-03T08:00:00Z")),
        touch("u0020", "Retarget", "2026-06-03T08:00:00Z"),
      ],
      amazon_attributed_events_by_conversion_time: usersOf(2, 1, (user_id) => ({
        user_id,
        conversion_event_dt_utc: "2026-06-06T08:00:00Z",
        total_purchases: 1,
        total_product_sales: 25.5,
      })),
    },
    expected: [
      ["Brand > Retarget", 3, 2, 2, 51, 6, 0.06],
      ["Brand", 2, 0, 0, 0, 2, 0.02],
    ],
  },
});

function touch(user_id: string, campaign: string, impression_dt_utc: string) {
  return { user_id, campaign, campaign_id_string: campaign, impression_dt_utc, impressions: 1, total_cost: 1_000 };
}
