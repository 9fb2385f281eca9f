// Custom attribution: who gets the credit for a purchase is one expression over its touches; all else is the same for every rule.
import type { OutputColumn } from "../template-contract";
import { type ProofRow, type TemplateSpec, usersOf } from "./define";
import { impression, morning, purchase, sponsoredClick } from "./proof-rows";

/**
 * SQL of a rule. `credit` may use `place` (1 is the first touch of the purchase), `touches` (how many there are), `days` (from the touch to the
 * purchase) and parameters; over the touches of a purchase it must add up to 1, and be 1 where `place` is null: nothing was seen.
 */
export const creditSql = (credit: string) => `
WITH touches AS (
  SELECT user_id, campaign, impression_dt_utc AS touched_at, impression_dt_hour_utc AS touched_hour
  FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P28D', 'P0D'))
  WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, campaign, event_dt_utc AS touched_at, event_dt_hour_utc AS touched_hour
  FROM TABLE(EXTEND_TIME_WINDOW('sponsored_ads_traffic', 'P28D', 'P0D'))
  WHERE user_id IS NOT NULL AND clicks > 0
),
orders AS (
  SELECT conversion_id, user_id, event_dt_utc AS bought_at, event_dt_hour_utc AS bought_hour,
    total_product_sales AS sales
  FROM conversions
  WHERE user_id IS NOT NULL AND event_category = 'purchase'
),
journeys AS (
  SELECT o.conversion_id, o.user_id, o.sales, t.campaign, t.touched_at,
    SECONDS_BETWEEN(t.touched_hour, o.bought_hour) / 86400 AS days
  FROM orders o
  LEFT JOIN touches t ON t.user_id = o.user_id
    AND t.touched_at <= o.bought_at
    AND SECONDS_BETWEEN(t.touched_at, o.bought_at) <= CUSTOM_PARAMETER('lookback') * 86400
),
placed AS (
  SELECT conversion_id, user_id, sales, campaign, days,
    CASE WHEN campaign IS NOT NULL
      THEN ROW_NUMBER() OVER (PARTITION BY conversion_id ORDER BY touched_at, campaign) END AS place,
    COUNT(campaign) OVER (PARTITION BY conversion_id) AS touches
  FROM journeys
),
credited AS (
  SELECT conversion_id, user_id, sales, campaign, ${credit} AS credit
  FROM placed
)
SELECT COALESCE(campaign, '(no ad)') AS campaign,
  COUNT(DISTINCT user_id) AS buyers,
  SUM(credit) AS purchases,
  SUM(credit * sales) AS sales
FROM credited
GROUP BY 1`;

export const lookback = {
  name: "lookback",
  label: "Days before the purchase",
  kind: "whole",
  default: 28,
  least: 1,
  most: 28,
  help: "Earlier touches get no credit.",
} as const satisfies NonNullable<TemplateSpec["parameters"]>[number];

export const creditColumns: OutputColumn[] = [
  { name: "campaign", label: "Campaign", unit: "text" },
  { name: "buyers", label: "Buyers", unit: "users", description: "Who touched it before a purchase." },
  { name: "purchases", label: "Purchases credited", unit: "number" },
  { name: "sales", label: "Sales credited", unit: "money" },
];

export const creditPrivacy = "A campaign needs two users who touched it and bought; the credit of others is hidden.";

export const creditGuide = `Touches are impressions of the DSP and clicks of sponsored ads. Every purchase on Amazon by a known person is shared out
whole: the rows add up to all of them, and "(no ad)" holds those of people who touched nothing. Credit says who was there, not what the
purchase is owed to: compare the rules, and test by holding out where they differ most.`;

export const creditChart = { kind: "bars", x: "campaign", y: ["purchases"] } as const satisfies TemplateSpec["chart"];

const saw = (user_id: string, campaign: string, day: string): ProofRow =>
  impression({ user_id, campaign, ...morning("impression", day) });
const clicked = (user_id: string, campaign: string, day: string): ProofRow =>
  sponsoredClick({ user_id, campaign, ...morning("event", day) });
const bought = (user_id: string, total_product_sales: number, day: string): ProofRow =>
  purchase({ user_id, conversion_id: `${user_id} ${day}`, total_product_sales, ...morning("event", day) });

/** Seven purchases for 270.00: two after three touches a week apart, two after one, one after two, two after none. */
export const creditData = {
  dsp_impressions: [
    ...usersOf(2, 1, (user) => saw(user, "Brand", "2026-06-01")),
    ...usersOf(2, 1, (user) => saw(user, "Retarget", "2026-06-08")),
    ...usersOf(2, 11, (user) => saw(user, "Brand", "2026-06-10")),
    // After the purchase, and too long before it.
    saw("u0011", "Retarget", "2026-06-20"),
    saw("u0012", "Retarget", "2026-05-10"),
    saw("u0021", "Brand", "2026-06-05"),
    saw("u0021", "Retarget", "2026-06-12"),
    saw("u0041", "Brand", "2026-06-05"),
  ],
  sponsored_ads_traffic: usersOf(2, 1, (user) => clicked(user, "Search", "2026-06-15")),
  conversions: [
    ...usersOf(2, 1, (user) => bought(user, 70, "2026-06-15")),
    ...usersOf(2, 11, (user) => bought(user, 30, "2026-06-12")),
    bought("u0021", 30, "2026-06-12"),
    ...usersOf(2, 31, (user) => bought(user, 20, "2026-06-18")),
  ],
};
export const creditWindow = { from: "2026-06-01", to: "2026-06-30" };
