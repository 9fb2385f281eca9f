import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, purchase } from "./proof-rows";

export const lifetimeValueByCampaign = defineTemplate({
  id: "lifetime-value-by-campaign",
  title: "Lifetime value by campaign",
  question: "Which campaigns win the customers who are worth most a year later?",
  tags: ["lifetime value", "customers", "new to brand"],
  sql: `
WITH ordered AS (
  SELECT user_id, campaign, conversion_event_dt_utc AS won_at,
    ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY conversion_event_dt_utc, campaign) AS nth
  FROM amazon_attributed_events_by_conversion_time
  WHERE user_id IS NOT NULL AND new_to_brand_total_purchases > 0
),
won AS (
  SELECT user_id, campaign, won_at
  FROM ordered
  WHERE nth = 1
),
worth AS (
  SELECT w.user_id, w.campaign, COUNT(DISTINCT o.conversion_id) AS orders,
    SUM(COALESCE(o.total_product_sales, 0)) AS sales
  FROM won w
  LEFT JOIN TABLE(EXTEND_TIME_WINDOW('conversions', 'P0D', 'P365D')) o
    ON o.user_id = w.user_id AND o.event_dt_utc >= w.won_at AND o.event_category = 'purchase'
    AND SECONDS_BETWEEN(w.won_at, o.event_dt_utc) <= 365 * 86400
  GROUP BY w.user_id, w.campaign
)
SELECT campaign,
  COUNT(DISTINCT user_id) AS customers,
  SUM(CASE WHEN orders > 1 THEN 1 ELSE 0 END) AS customers_again,
  SUM(orders) AS orders,
  SUM(sales) AS sales,
  SUM(sales) / COUNT(DISTINCT user_id) AS value_per_customer
FROM worth
GROUP BY campaign`,
  columns: [
    { name: "campaign", label: "Campaign", unit: "text", description: "Credited with the first purchase." },
    { name: "customers", label: "Customers won", unit: "users" },
    { name: "customers_again", label: "Who bought again", unit: "users" },
    { name: "orders", label: "Orders", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "value_per_customer", label: "Value of a customer", unit: "money" },
  ],
  chart: { kind: "bars", x: "campaign", y: ["value_per_customer"] },
  privacy: "A campaign needs two customers.",
  guide: `Everything a new customer spends from the first purchase on counts, for a year, whoever is credited with the rest.
Choose a window that ended a year ago. A campaign that wins few customers of high value may beat one that wins many.`,
  proof: {
    window: { from: "2025-05-01", to: "2025-05-31" },
    tables: {
      amazon_attributed_events_by_conversion_time: [
        ...usersOf(3, 1, (user_id) => won(user_id, "Brand", "2025-05-10")),
        ...usersOf(2, 11, (user_id) => won(user_id, "Search", "2025-05-10")),
        // Won already.
        won("u0001", "Search", "2025-05-20"),
        won("u0021", "Rare", "2025-05-10"),
        { ...won("u0031", "Brand", "2025-05-10"), new_to_brand_total_purchases: 0 },
      ],
      conversions: [
        ...usersOf(3, 1, (user_id) => ordered(user_id, "2025-05-10", 20)),
        ...usersOf(2, 2, (user_id) => ordered(user_id, "2025-11-10", 50)),
        ...usersOf(2, 11, (user_id) => ordered(user_id, "2025-05-10", 30)),
        // More than a year later, and before.
        ordered("u0011", "2026-05-25", 500),
        ordered("u0012", "2025-05-02", 500),
        ordered("u0021", "2025-05-10", 10),
      ],
    },
    expected: [
      ["Brand", 3, 2, 5, 160, 160 / 3],
      ["Search", 2, 0, 2, 60, 30],
    ],
  },
});

function won(user_id: string, campaign: string, day: string) {
  const conversion_event_dt_utc = `${day}T08:00:00Z`;
  return creditedPurchase({ user_id, campaign, conversion_event_dt_utc, new_to_brand_total_purchases: 1 });
}

function ordered(user_id: string, day: string, total_product_sales: number) {
  const event_dt_utc = `${day}T08:00:00Z`;
  return purchase({ user_id, conversion_id: `${user_id} ${day}`, event_dt_utc, total_product_sales });
}
