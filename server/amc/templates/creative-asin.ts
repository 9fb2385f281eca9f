import { defineTemplate, usersOf } from "./define";
import { purchase, sponsoredAd, sponsoredClick } from "./proof-rows";

export const creativeAsin = defineTemplate({
  id: "creative-asin",
  title: "Products in the ad",
  question: "Which product should a sponsored ad show?",
  tags: ["products", "creative", "sponsored ads"],
  sql: `
WITH shown AS (
  SELECT creative_asin, user_id, SUM(impressions) AS impressions, SUM(clicks) AS clicks,
    SUM(spend) / 100000000 AS cost, MIN(event_date_utc) AS first_day
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL AND creative_asin IS NOT NULL
  GROUP BY creative_asin, user_id
),
bought AS (
  SELECT user_id, tracked_asin, MAX(event_date_utc) AS last_day
  FROM conversions
  WHERE user_id IS NOT NULL AND event_category = 'purchase'
  GROUP BY user_id, tracked_asin
),
judged AS (
  SELECT s.creative_asin, s.user_id,
    MAX(s.impressions) AS impressions, MAX(s.clicks) AS clicks, MAX(s.cost) AS cost,
    MAX(CASE WHEN b.tracked_asin = s.creative_asin THEN 1 ELSE 0 END) AS bought_it,
    MAX(CASE WHEN b.tracked_asin <> s.creative_asin THEN 1 ELSE 0 END) AS bought_other
  FROM shown s
  LEFT JOIN bought b ON b.user_id = s.user_id AND b.last_day >= s.first_day
  GROUP BY s.creative_asin, s.user_id
)
SELECT creative_asin,
  COUNT(DISTINCT user_id) AS users,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_rate,
  SUM(cost) AS cost,
  SUM(bought_it) AS buyers,
  SUM(bought_other) AS buyers_of_others
FROM judged
GROUP BY creative_asin`,
  columns: [
    { name: "creative_asin", label: "Product in the ad", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "clicks", label: "Clicks", unit: "count" },
    { name: "click_rate", label: "Clicks an impression", unit: "share" },
    { name: "cost", label: "Cost", unit: "money" },
    { name: "buyers", label: "Bought it", unit: "users" },
    { name: "buyers_of_others", label: "Bought another", unit: "users" },
  ],
  chart: { kind: "bars", x: "creative_asin", y: ["buyers", "buyers_of_others"] },
  privacy: "A product needs two users.",
  guide: `All purchases from the day of the first ad on count, whoever is credited. A product that is clicked and seldom bought,
while others are, draws people to the brand: keep it in the ad and show the others on its page.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      sponsored_ads_traffic: [
        ...usersOf(4, 1, (user_id) => sponsoredClick({ user_id, ...of("B0PAN") })),
        ...usersOf(4, 1, (user_id) => sponsoredAd({ user_id, ...of("B0PAN") })),
        ...usersOf(2, 11, (user_id) => sponsoredAd({ user_id, ...of("B0LID") })),
        sponsoredClick({ user_id: "u0021", ...of("B0RARE") }),
      ],
      conversions: [
        bought("u0001", "B0PAN", "2026-06-07"),
        ...usersOf(3, 1, (user_id) => bought(user_id, "B0LID", "2026-06-07")),
        // Before the ad.
        bought("u0004", "B0PAN", "2026-06-02"),
        bought("u0011", "B0LID", "2026-06-07"),
      ],
    },
    expected: [
      ["B0PAN", 4, 8, 4, 0.5, 2, 1, 3],
      ["B0LID", 2, 2, 0, 0, 0, 1, 0],
    ],
  },
});

function of(creative_asin: string) {
  return { creative_asin, event_date_utc: "2026-06-05" };
}

function bought(user_id: string, tracked_asin: string, event_date_utc: string) {
  return purchase({ user_id, tracked_asin, event_date_utc });
}
