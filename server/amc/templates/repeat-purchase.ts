import { defineTemplate, usersOf } from "./define";
import { asins } from "./parameters";
import { morning, purchase } from "./proof-rows";

export const repeatPurchase = defineTemplate({
  id: "repeat-purchase",
  title: "Repeat purchases",
  question: "How many customers buy again, and after how many days?",
  tags: ["customers", "loyalty"],
  parameters: [asins],
  sql: `
WITH orders AS (
  SELECT user_id, event_date_utc AS bought_on, SUM(total_product_sales) AS sales
  FROM conversions
  WHERE user_id IS NOT NULL AND event_category = 'purchase'
    AND (CARDINALITY(CUSTOM_PARAMETER('asins')) = 0 OR ARRAY_CONTAINS(CUSTOM_PARAMETER('asins'), tracked_asin))
  GROUP BY user_id, event_date_utc
),
customers AS (
  SELECT user_id, COUNT(bought_on) AS days, SUM(sales) AS sales,
    SECONDS_BETWEEN(MIN(bought_on), MAX(bought_on)) / 86400 AS span
  FROM orders
  GROUP BY user_id
)
SELECT LEAST(days, 5) AS purchases,
  COUNT(DISTINCT user_id) AS customers,
  SUM(sales) AS sales,
  SUM(sales) / COUNT(DISTINCT user_id) AS sales_per_customer,
  AVG(CASE WHEN days > 1 THEN span / (days - 1) END) AS days_between
FROM customers
GROUP BY 1`,
  columns: [
    {
      name: "purchases",
      label: "Times bought",
      unit: "count",
      description: "Days with a purchase; 5 is five or more.",
    },
    { name: "customers", label: "Customers", unit: "users" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "sales_per_customer", label: "Sales a customer", unit: "money" },
    { name: "days_between", label: "Days from one to the next", unit: "days" },
  ],
  chart: { kind: "bars", x: "purchases", y: ["customers"] },
  privacy: "A row needs two customers.",
  guide: `Orders of one day count as one. Remind buyers a few days before the usual time between purchases is over.
A window shorter than twice that time sees hardly anybody buy again.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      conversions: [
        ...usersOf(3, 1, (user_id) => bought(user_id, "2026-06-02")),
        ...usersOf(2, 11, (user_id) => bought(user_id, "2026-06-02")),
        // Twice on one day, and again after 10 and 20 days.
        ...usersOf(2, 11, (user_id) => bought(user_id, "2026-06-02")),
        bought("u0011", "2026-06-12"),
        bought("u0012", "2026-06-22"),
        ...["02", "06", "14"].map((day) => bought("u0021", `2026-06-${day}`)),
      ],
    },
    expected: [
      [1, 3, 30, 10, null],
      [2, 2, 60, 30, 15],
    ],
  },
});

function bought(user_id: string, day: string) {
  return purchase({ user_id, ...morning("event", day) });
}
