import { defineTemplate, usersOf } from "./define";
import { creditedPurchase } from "./proof-rows";

export const newToBrandProducts = defineTemplate({
  id: "new-to-brand-products",
  title: "New-to-brand purchases by product",
  question: "Which products do new customers buy first?",
  tags: ["new to brand", "products"],
  sql: `
SELECT tracked_asin,
  COUNT(DISTINCT user_id) AS buyers,
  SUM(total_purchases) AS purchases,
  SUM(new_to_brand_total_purchases) AS new_purchases,
  SUM(new_to_brand_total_purchases) / SUM(total_purchases) AS share_new,
  SUM(total_product_sales) AS sales,
  SUM(new_to_brand_total_product_sales) AS new_sales
FROM amazon_attributed_events_by_conversion_time
WHERE user_id IS NOT NULL AND tracked_asin IS NOT NULL AND total_purchases > 0
GROUP BY tracked_asin`,
  columns: [
    { name: "tracked_asin", label: "ASIN", unit: "text" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "new_purchases", label: "New-to-brand purchases", unit: "count" },
    { name: "share_new", label: "Share new", unit: "share" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "new_sales", label: "New-to-brand sales", unit: "money" },
  ],
  chart: { kind: "bars", x: "tracked_asin", y: ["purchases", "new_purchases"] },
  privacy: "A product needs two buyers.",
  guide: `Products with a high share of new purchases open the door to the brand: put them into prospecting.
Those with a low share sell to people who know it: they fit retargeting.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      amazon_attributed_events_by_conversion_time: [
        ...usersOf(3, 1, (user_id) => bought(user_id, "B0DOOR", 20)),
        ...usersOf(1, 4, (user_id) => bought(user_id, "B0DOOR", 0)),
        ...usersOf(2, 1, (user_id) => bought(user_id, "B0LOYAL", 0)),
        bought("u0009", "B0RARE", 20),
        creditedPurchase({ user_id: "u0009", tracked_asin: null }),
      ],
    },
    expected: [
      ["B0DOOR", 4, 4, 3, 0.75, 80, 60],
      ["B0LOYAL", 2, 2, 0, 0, 40, 0],
    ],
  },
});

function bought(user_id: string, tracked_asin: string, newSales: number) {
  return creditedPurchase({
    user_id,
    tracked_asin,
    total_product_sales: 20,
    new_to_brand_total_purchases: newSales > 0 ? 1 : 0,
    new_to_brand_total_product_sales: newSales,
  });
}
