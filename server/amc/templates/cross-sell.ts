import { defineTemplate, usersOf } from "./define";
import { asins } from "./parameters";
import { morning, purchase } from "./proof-rows";

export const crossSell = defineTemplate({
  id: "cross-sell",
  title: "Products bought by the same people",
  question: "Which product do buyers of a product buy as well?",
  tags: ["products", "baskets"],
  parameters: [asins],
  sql: `
WITH bought AS (
  SELECT user_id, tracked_asin, MIN(event_date_utc) AS first_day, SUM(total_product_sales) AS sales
  FROM conversions
  WHERE user_id IS NOT NULL AND event_category = 'purchase' AND tracked_asin IS NOT NULL
  GROUP BY user_id, tracked_asin
),
counted AS (
  SELECT user_id, tracked_asin, first_day, sales,
    COUNT(user_id) OVER (PARTITION BY tracked_asin) AS buyers
  FROM bought
)
SELECT a.tracked_asin AS product,
  b.tracked_asin AS other_product,
  COUNT(DISTINCT a.user_id) AS buyers_of_both,
  COUNT(DISTINCT a.user_id) / MAX(a.buyers) AS share_of_buyers,
  SUM(CASE WHEN b.first_day > a.first_day THEN 1 ELSE 0 END) AS bought_later,
  SUM(b.sales) AS other_sales
FROM counted a
INNER JOIN counted b ON b.user_id = a.user_id AND b.tracked_asin <> a.tracked_asin
WHERE CARDINALITY(CUSTOM_PARAMETER('asins')) = 0 OR ARRAY_CONTAINS(CUSTOM_PARAMETER('asins'), a.tracked_asin)
GROUP BY a.tracked_asin, b.tracked_asin`,
  columns: [
    { name: "product", label: "Of the buyers of", unit: "text" },
    { name: "other_product", label: "Bought as well", unit: "text" },
    { name: "buyers_of_both", label: "Buyers of both", unit: "users" },
    { name: "share_of_buyers", label: "Share of buyers", unit: "share" },
    { name: "bought_later", label: "Of whom later", unit: "users" },
    { name: "other_sales", label: "Sales of the other", unit: "money" },
  ],
  chart: { kind: "heatmap", x: "product", y: "other_product", value: "share_of_buyers" },
  privacy: "A pair of products needs two buyers of both. Days are compared, for exact moments would need 100.",
  guide: `A large share bought later is a chance for retargeting: show the other product to recent buyers of the first.
The window must be long enough for a second purchase: choose a quarter or more.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { asins: ["B0PAN"] },
    tables: {
      conversions: [
        ...usersOf(5, 1, (user_id) => bought(user_id, "B0PAN", 2)),
        ...usersOf(2, 1, (user_id) => bought(user_id, "B0LID", 9)),
        bought("u0003", "B0LID", 2),
        bought("u0004", "B0RARE", 9),
        bought("u0009", "B0LID", 9),
      ],
    },
    expected: [["B0PAN", "B0LID", 3, 0.6, 2, 30]],
  },
});

function bought(user_id: string, tracked_asin: string, day: number) {
  return purchase({ user_id, tracked_asin, ...morning("event", `2026-06-0${day}`) });
}
