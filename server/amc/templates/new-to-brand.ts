import { defineTemplate, usersOf } from "./define";

export const newToBrand = defineTemplate({
  id: "new-to-brand",
  title: "New-to-brand customers",
  question: "Which campaigns bring customers who never bought the brand before?",
  tags: ["new to brand", "customers"],
  sql: `
SELECT campaign,
  COUNT(DISTINCT CASE WHEN total_purchases > 0 THEN user_id END) AS buyers,
  COUNT(DISTINCT CASE WHEN new_to_brand_total_purchases > 0 THEN user_id END) AS new_buyers,
  SUM(total_purchases) AS purchases,
  SUM(new_to_brand_total_purchases) AS new_purchases,
  SUM(total_product_sales) AS sales,
  SUM(new_to_brand_total_product_sales) AS new_sales
FROM amazon_attributed_events_by_traffic_time
WHERE user_id IS NOT NULL
GROUP BY campaign
HAVING SUM(total_purchases) > 0`,
  columns: [
    { name: "campaign", label: "Campaign", unit: "text" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "new_buyers", label: "New buyers", unit: "users" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "new_purchases", label: "New-to-brand purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "new_sales", label: "New-to-brand sales", unit: "money" },
  ],
  chart: { kind: "bars", x: "campaign", y: ["buyers", "new_buyers"] },
  privacy: "A campaign needs two users.",
  guide: `New to brand means no purchase of the brand on Amazon in the twelve months before.
A buyer of several campaigns is counted with each: buyers of all rows are more than there are.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      amazon_attributed_events_by_traffic_time: [
        ...usersOf(3, 1, (user_id) => bought(user_id, "Prospecting", true)),
        ...usersOf(2, 1, (user_id) => bought(user_id, "Retargeting", false)),
        bought("u0009", "Rare", true),
      ],
    },
    expected: [
      ["Prospecting", 3, 3, 3, 3, 60, 60],
      ["Retargeting", 2, 0, 2, 0, 40, 0],
    ],
  },
});

function bought(user_id: string, campaign: string, isNew: boolean) {
  return {
    user_id,
    campaign,
    traffic_event_dt_utc: "2026-06-06T08:00:00Z",
    total_purchases: 1,
    total_product_sales: 20,
    new_to_brand_total_purchases: isNew ? 1 : 0,
    new_to_brand_total_product_sales: isNew ? 20 : 0,
  };
}
