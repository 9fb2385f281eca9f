import { defineTemplate, usersOf } from "./define";
import { purchase, sponsoredClick } from "./proof-rows";

export const sponsoredCrossPurchase = defineTemplate({
  id: "sponsored-cross-purchase",
  title: "Clicked one product, bought another",
  question: "Which products do people buy after they clicked the ad of another?",
  tags: ["products", "baskets", "sponsored ads"],
  sql: `
WITH clicked AS (
  SELECT user_id, creative_asin, MIN(event_date_utc) AS first_day
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL AND creative_asin IS NOT NULL AND clicks > 0
  GROUP BY user_id, creative_asin
),
counted AS (
  SELECT user_id, creative_asin, first_day, COUNT(user_id) OVER (PARTITION BY creative_asin) AS clickers
  FROM clicked
)
SELECT c.creative_asin AS clicked_asin,
  o.tracked_asin AS bought_asin,
  COUNT(DISTINCT c.user_id) AS buyers,
  COUNT(DISTINCT c.user_id) / MAX(c.clickers) AS share_of_clickers,
  SUM(o.total_units_sold) AS units,
  SUM(o.total_product_sales) AS sales
FROM counted c
INNER JOIN conversions o ON o.user_id = c.user_id AND o.event_date_utc >= c.first_day
  AND o.tracked_asin <> c.creative_asin
WHERE o.event_category = 'purchase'
GROUP BY c.creative_asin, o.tracked_asin`,
  columns: [
    { name: "clicked_asin", label: "Clicked", unit: "text" },
    { name: "bought_asin", label: "Bought", unit: "text" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "share_of_clickers", label: "Share of clickers", unit: "share" },
    { name: "units", label: "Units", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
  ],
  chart: { kind: "heatmap", x: "clicked_asin", y: "bought_asin", value: "share_of_clickers" },
  privacy: "A pair of products needs two buyers.",
  guide: `Purchases from the day of the first click on count. A pair with a large share is a bundle to offer, or a sign that the
advertised product is not what the searcher wanted: advertise the other one for the same search.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      sponsored_ads_traffic: [
        ...usersOf(4, 1, (user_id) => clicked(user_id, "B0PAN")),
        ...usersOf(1, 1, (user_id) => clicked(user_id, "B0RARE")),
        { ...clicked("u0005", "B0PAN"), clicks: 0 },
      ],
      conversions: [
        ...usersOf(2, 1, (user_id) => bought(user_id, "B0LID", "2026-06-05")),
        bought("u0001", "B0LID", "2026-06-09"),
        bought("u0003", "B0PAN", "2026-06-09"),
        // Before the click, and without one.
        bought("u0004", "B0LID", "2026-06-02"),
        bought("u0005", "B0LID", "2026-06-09"),
      ],
    },
    expected: [["B0PAN", "B0LID", 2, 0.5, 3, 30]],
  },
});

function clicked(user_id: string, creative_asin: string) {
  return sponsoredClick({ user_id, creative_asin, event_date_utc: "2026-06-05" });
}

function bought(user_id: string, tracked_asin: string, event_date_utc: string) {
  return purchase({ user_id, tracked_asin, event_date_utc });
}
