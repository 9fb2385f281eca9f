import { defineTemplate, type ProofRow, usersOf } from "./define";
import { creditedPurchase } from "./proof-rows";

export const asinTrackedItem = defineTemplate({
  id: "asin-tracked-item",
  title: "Products: promoted and halo",
  question: "Do ads sell the products they promote, or others of the brand?",
  tags: ["products"],
  sql: `
SELECT tracked_item, tracked_asin,
  COUNT(DISTINCT user_id) AS users,
  SUM(total_detail_page_view) AS page_views,
  SUM(total_add_to_cart) AS carts,
  SUM(purchases) AS promoted_purchases,
  SUM(brand_halo_purchases) AS halo_purchases,
  SUM(product_sales) AS promoted_sales,
  SUM(brand_halo_product_sales) AS halo_sales,
  SUM(brand_halo_product_sales) / NULLIF(SUM(total_product_sales), 0) AS halo_share
FROM amazon_attributed_events_by_conversion_time
WHERE user_id IS NOT NULL AND tracked_item IS NOT NULL
GROUP BY tracked_item, tracked_asin`,
  columns: [
    { name: "tracked_item", label: "Item", unit: "text" },
    { name: "tracked_asin", label: "ASIN", unit: "text", description: "Empty for items that are no product." },
    { name: "users", label: "Users", unit: "users" },
    { name: "page_views", label: "Product page views", unit: "count" },
    { name: "carts", label: "Added to cart", unit: "count" },
    { name: "promoted_purchases", label: "Purchases, promoted", unit: "count" },
    { name: "halo_purchases", label: "Purchases, halo", unit: "count" },
    { name: "promoted_sales", label: "Sales, promoted", unit: "money" },
    { name: "halo_sales", label: "Sales, halo", unit: "money" },
    { name: "halo_share", label: "Halo of sales", unit: "share" },
  ],
  chart: { kind: "bars", x: "tracked_item", y: ["promoted_sales", "halo_sales"] },
  privacy: "An item needs two users.",
  guide: `A product can be promoted by one campaign and be the halo of another. Products that sell as a halo sell without being
promoted: promote others, or let them lead a campaign of their own if most of a campaign's sales are theirs.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      amazon_attributed_events_by_conversion_time: [
        ...usersOf(3, 1, (user_id) => viewed(user_id, "B0PAN")),
        ...usersOf(2, 1, (user_id) => bought(user_id, "B0PAN", "")),
        ...usersOf(2, 2, (user_id) => bought(user_id, "B0LID", "brand_halo_")),
        bought("u0004", "B0LID", ""),
        viewed("u0009", "B0RARE"),
        ...usersOf(2, 1, (user_id) => event(user_id, "signUp", { tracked_asin: null })),
      ],
    },
    expected: [
      ["B0PAN", "B0PAN", 3, 3, 0, 2, 0, 20, 0, 0],
      ["B0LID", "B0LID", 3, 0, 0, 1, 2, 10, 20, 2 / 3],
      ["signUp", null, 2, 0, 0, 0, 0, 0, 0, null],
    ],
  },
});

function event(user_id: string, tracked_item: string, what: ProofRow) {
  return creditedPurchase({
    user_id,
    tracked_item,
    tracked_asin: tracked_item,
    total_detail_page_view: 0,
    total_add_to_cart: 0,
    purchases: 0,
    brand_halo_purchases: 0,
    product_sales: 0,
    brand_halo_product_sales: 0,
    total_product_sales: 0,
    ...what,
  });
}

function viewed(user_id: string, tracked_item: string) {
  return event(user_id, tracked_item, { total_detail_page_view: 1 });
}

function bought(user_id: string, tracked_item: string, kind: "" | "brand_halo_") {
  return event(user_id, tracked_item, {
    [`${kind}purchases`]: 1,
    [`${kind}product_sales`]: 10,
    total_product_sales: 10,
  });
}
