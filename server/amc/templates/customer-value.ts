import { defineTemplate, usersOf } from "./define";
import { purchase } from "./proof-rows";

export const customerValue = defineTemplate({
  id: "customer-value",
  title: "Value of new and of known customers",
  question: "What do new customers of the window spend in the half-year after it, against those we had before?",
  tags: ["lifetime value", "customers", "new to brand"],
  sql: `
WITH cohort AS (
  SELECT user_id, MAX(CASE WHEN new_to_brand THEN 1 ELSE 0 END) AS is_new, MIN(event_dt_utc) AS first_at
  FROM conversions
  WHERE user_id IS NOT NULL AND event_category = 'purchase'
  GROUP BY user_id
),
spending AS (
  SELECT c.user_id, c.is_new, COUNT(DISTINCT o.conversion_id) AS orders, SUM(o.total_product_sales) AS sales
  FROM cohort c
  INNER JOIN TABLE(EXTEND_TIME_WINDOW('conversions', 'P0D', 'P180D')) o
    ON o.user_id = c.user_id AND o.event_dt_utc >= c.first_at AND o.event_category = 'purchase'
  GROUP BY c.user_id, c.is_new
)
SELECT CASE WHEN is_new = 1 THEN 'New to brand' ELSE 'Known before' END AS customers,
  COUNT(DISTINCT user_id) AS buyers,
  SUM(CASE WHEN orders > 1 THEN 1 ELSE 0 END) AS buyers_again,
  SUM(orders) AS orders,
  SUM(sales) AS sales,
  SUM(sales) / COUNT(DISTINCT user_id) AS sales_per_buyer
FROM spending
GROUP BY 1`,
  columns: [
    { name: "customers", label: "Customers", unit: "text" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "buyers_again", label: "Who bought again", unit: "users" },
    { name: "orders", label: "Orders", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "sales_per_buyer", label: "Sales a buyer", unit: "money" },
  ],
  chart: { kind: "bars", x: "customers", y: ["sales_per_buyer"] },
  privacy: "Each of the two groups needs two buyers.",
  guide: `Counted from a customer's first order in the window to 180 days after its end: choose a window that ended half a year
ago, or the last days of everyone's spending are missing. What a new customer spends in half a year bounds what winning one may cost.`,
  proof: {
    window: { from: "2026-01-01", to: "2026-01-31" },
    tables: {
      conversions: [
        ...usersOf(3, 1, (user_id) => ordered(user_id, "2026-01-10", { new_to_brand: true })),
        ...usersOf(2, 1, (user_id) => ordered(user_id, "2026-04-10", { total_product_sales: 25 })),
        // More than 180 days after the window.
        ordered("u0003", "2026-09-01", {}),
        ...usersOf(2, 11, (user_id) => ordered(user_id, "2026-01-12", { total_product_sales: 40 })),
        ordered("u0011", "2026-02-12", {}),
        // Not in the window: neither new nor known.
        ordered("u0031", "2026-03-01", { new_to_brand: true }),
        { ...ordered("u0012", "2026-02-15", {}), event_category: "website" },
      ],
    },
    expected: [
      ["New to brand", 3, 2, 5, 80, 80 / 3],
      ["Known before", 2, 1, 3, 90, 45],
    ],
  },
});

function ordered(user_id: string, day: string, row: Parameters<typeof purchase>[0]) {
  return purchase({
    user_id,
    conversion_id: `${user_id} ${day}`,
    event_dt_utc: `${day}T08:00:00Z`,
    new_to_brand: false,
    ...row,
  });
}
