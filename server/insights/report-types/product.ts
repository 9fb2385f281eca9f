// Results by product: the 500 first ASINs of each order. Amazon reports no cost by product.
import { breakdownReport, field } from "./breakdown";

export const productReport = breakdownReport({
  id: "product",
  label: "Product",
  columns: [
    "impressions",
    "clicks",
    "detailPageViews",
    "addToCart",
    "purchases",
    "unitsSold",
    "sales",
    "newToBrandPurchases",
    "newToBrandSales",
    "totalPurchases",
    "totalUnitsSold",
    "totalSales",
  ],
  segment: [field("asin"), field("featuredAsin"), field("conversionType")],
  also: [field("productName"), field("parentAsin"), field("productCategory")],
  dimensions: [
    { id: "product", label: "Product", by: ["asin"], name: "productName" },
    { id: "productCategory", label: "Category", by: ["productCategory"] },
  ],
  v3: { type: "dspProduct", groupBy: ["order"] },
  legacy: { type: "PRODUCTS", groupBy: ["ORDER"] },
});
