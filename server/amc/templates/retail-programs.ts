import { defineTemplate, usersOf } from "./define";
import { creditedPurchase } from "./proof-rows";

export const retailPrograms = defineTemplate({
  id: "retail-programs",
  title: "Where people buy",
  question: "How many of the purchases that ads bring are made at Whole Foods, at Fresh and on Amazon.com?",
  tags: ["retail"],
  sql: `
SELECT purchase_retail_program,
  CASE WHEN ad_product_type IS NULL THEN 'dsp' ELSE ad_product_type END AS ad_product,
  COUNT(DISTINCT user_id) AS buyers,
  SUM(total_purchases) AS purchases,
  SUM(total_units_sold) AS units,
  SUM(total_product_sales) AS sales,
  SUM(total_product_sales) / SUM(total_purchases) AS sales_per_purchase
FROM amazon_attributed_events_by_conversion_time
WHERE user_id IS NOT NULL AND total_purchases > 0
GROUP BY 1, 2`,
  columns: [
    { name: "purchase_retail_program", label: "Retail program", unit: "text" },
    { name: "ad_product", label: "Ad product", unit: "text" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "units", label: "Units", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
    { name: "sales_per_purchase", label: "Sales a purchase", unit: "money" },
  ],
  chart: { kind: "bars", x: "purchase_retail_program", y: ["sales"] },
  privacy: "A retail program with an ad product needs two buyers.",
  guide: `Names of the programs are Amazon's. Purchases in shops come to what a report of Amazon.com alone shows:
a campaign for groceries may be worth more than its dashboard says.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      amazon_attributed_events_by_conversion_time: [
        ...usersOf(3, 1, (user_id) => bought(user_id, "Amazon.com", 1)),
        ...usersOf(2, 1, (user_id) => bought(user_id, "Whole Foods Market", 3)),
        ...usersOf(2, 1, (user_id) => ({
          ...bought(user_id, "Amazon.com", 2),
          ad_product_type: "sponsored_products",
        })),
        bought("u0009", "Amazon Fresh", 1),
      ],
    },
    expected: [
      ["Amazon.com", "dsp", 3, 3, 3, 30, 10],
      ["Whole Foods Market", "dsp", 2, 2, 6, 60, 30],
      ["Amazon.com", "sponsored_products", 2, 2, 4, 40, 20],
    ],
  },
});

function bought(user_id: string, purchase_retail_program: string, units: number) {
  const sold = { total_units_sold: units, total_product_sales: units * 10 };
  return creditedPurchase({ user_id, purchase_retail_program, ...sold });
}
