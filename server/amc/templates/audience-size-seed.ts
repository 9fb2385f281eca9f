import { defineTemplate, usersOf } from "./define";
import { day } from "./parameters";
import { morning, purchase } from "./proof-rows";

export const audienceSizeSeed = defineTemplate({
  id: "audience-size-seed",
  title: "Buyers of an event as a seed",
  question: "Are there enough buyers of a sales event to find people like them?",
  tags: ["audience", "sizing", "event"],
  parameters: [
    day("event_from", "First day of the event", "In UTC."),
    day("event_to", "Last day of the event", "In UTC."),
  ],
  sql: `
WITH buyers AS (
  SELECT user_id, tracked_asin,
    MAX(CASE WHEN new_to_brand THEN 1 ELSE 0 END) AS is_new,
    SUM(total_product_sales) AS sales
  FROM conversions
  WHERE user_id IS NOT NULL AND event_category = 'purchase'
    AND event_date_utc >= CAST(CUSTOM_PARAMETER('event_from') AS DATE)
    AND event_date_utc <= CAST(CUSTOM_PARAMETER('event_to') AS DATE)
  GROUP BY user_id, tracked_asin
)
SELECT tracked_asin,
  COUNT(DISTINCT user_id) AS buyers,
  SUM(is_new) AS new_buyers,
  SUM(sales) / COUNT(DISTINCT user_id) AS sales_per_buyer,
  COUNT(DISTINCT user_id) >= 500 AND COUNT(DISTINCT user_id) <= 500000 AS fit_for_lookalike
FROM buyers
GROUP BY tracked_asin`,
  columns: [
    { name: "tracked_asin", label: "ASIN", unit: "text" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "new_buyers", label: "New to the brand", unit: "users" },
    { name: "sales_per_buyer", label: "Sales a buyer", unit: "money" },
    { name: "fit_for_lookalike", label: "Fit for a lookalike", unit: "flag", description: "500 to 500,000 buyers." },
  ],
  chart: { kind: "bars", x: "tracked_asin", y: ["buyers", "new_buyers"] },
  privacy: "A product needs two buyers.",
  guide: `A seed of one product finds more like people than one of all. Where a product has too few buyers, take the event's last
years too, or several products that the same people buy.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { event_from: "2026-06-10", event_to: "2026-06-11" },
    tables: {
      conversions: [
        ...usersOf(500, 1, (user_id) => bought(user_id, "B0PAN", "2026-06-10")),
        ...usersOf(100, 1, (user_id) => bought(user_id, "B0PAN", "2026-06-11")),
        ...usersOf(4, 1, (user_id) => ({ ...bought(user_id, "B0LID", "2026-06-11"), new_to_brand: true })),
        // The days before and after.
        bought("u0900", "B0LID", "2026-06-09"),
        bought("u0901", "B0LID", "2026-06-12"),
        bought("u0902", "B0RARE", "2026-06-10"),
      ],
    },
    expected: [
      ["B0PAN", 500, 0, 12, true],
      ["B0LID", 4, 4, 10, false],
    ],
  },
});

function bought(user_id: string, tracked_asin: string, day: string) {
  return purchase({ user_id, tracked_asin, new_to_brand: false, ...morning("event", day) });
}
