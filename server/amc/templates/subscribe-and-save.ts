import { defineTemplate, usersOf } from "./define";
import { purchase } from "./proof-rows";

export const subscribeAndSave = defineTemplate({
  id: "subscribe-and-save",
  title: "Subscribe & Save",
  question: "Do subscribers buy more often than others, and did ads reach them?",
  tags: ["loyalty", "customers", "paid table"],
  sql: `
WITH customers AS (
  SELECT user_id,
    MAX(CASE WHEN sns_subscription_id IS NOT NULL THEN 1 ELSE 0 END) AS subscribed,
    MAX(CASE WHEN exposure_type = 'ad-exposed' THEN 1 ELSE 0 END) AS exposed,
    COUNT(DISTINCT conversion_id) AS orders,
    COUNT(DISTINCT CASE WHEN sns_subscription_id IS NOT NULL THEN conversion_id END) AS subscription_orders,
    SUM(total_product_sales) AS sales
  FROM conversions_all
  WHERE user_id IS NOT NULL AND event_category = 'purchase'
  GROUP BY user_id
)
SELECT CASE WHEN subscribed = 1 THEN 'Subscribers' ELSE 'Others' END AS customers,
  CASE WHEN exposed = 1 THEN 'Saw an ad' ELSE 'Saw none' END AS ads,
  COUNT(DISTINCT user_id) AS buyers,
  SUM(orders) AS orders,
  SUM(subscription_orders) AS subscription_orders,
  SUM(orders) / COUNT(DISTINCT user_id) AS orders_per_buyer,
  SUM(sales) AS sales
FROM customers
GROUP BY 1, 2`,
  columns: [
    { name: "customers", label: "Customers", unit: "text" },
    { name: "ads", label: "Ads", unit: "text" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "orders", label: "Orders", unit: "count" },
    { name: "subscription_orders", label: "By subscription", unit: "count" },
    { name: "orders_per_buyer", label: "Orders a buyer", unit: "number" },
    { name: "sales", label: "Sales", unit: "money" },
  ],
  chart: { kind: "bars", x: "customers", y: ["orders_per_buyer"] },
  privacy: "A row needs two buyers.",
  guide: `Asks a paid table, which holds all purchases of the brand's products, those without ads too.
Orders of a subscription repeat by themselves: what an ad that wins a subscriber is worth shows in a window of months.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      conversions_all: [
        ...usersOf(2, 1, (user_id) => ordered(user_id, 1, { sns_subscription_id: "s", exposure_type: "ad-exposed" })),
        ...usersOf(2, 1, (user_id) => ordered(user_id, 2, { sns_subscription_id: "s" })),
        ordered("u0001", 3, {}),
        ...usersOf(3, 11, (user_id) => ordered(user_id, 1, {})),
        ordered("u0021", 1, { sns_subscription_id: "s" }),
        { ...ordered("u0011", 2, {}), event_category: "website" },
      ],
    },
    expected: [
      ["Subscribers", "Saw an ad", 2, 5, 4, 2.5, 50],
      ["Others", "Saw none", 3, 3, 0, 1, 30],
    ],
  },
});

function ordered(user_id: string, nth: number, row: Parameters<typeof purchase>[0]) {
  return purchase({ user_id, conversion_id: `${user_id} ${nth}`, exposure_type: "non-ad-exposed", ...row });
}
