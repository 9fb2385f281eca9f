import { defineTemplate, usersOf } from "./define";
import { sponsoredAd, sponsoredClick } from "./proof-rows";

export const brandedSearch = defineTemplate({
  id: "branded-search",
  title: "Branded and other searches",
  question: "How much of the search budget goes to people who already type the brand's name?",
  tags: ["search", "brand", "sponsored ads"],
  parameters: [
    {
      name: "brand",
      label: "Brand",
      kind: "text",
      default: null,
      help: "As people type it; searches that hold it are branded.",
    },
  ],
  sql: `
WITH searches AS (
  SELECT user_id, ad_product_type, impressions, clicks, spend / 100000000 AS cost,
    CASE WHEN POSITION(LOWER(CUSTOM_PARAMETER('brand')) IN LOWER(customer_search_term)) > 0
      THEN 'Branded' ELSE 'Other' END AS searched
  FROM sponsored_ads_traffic
  WHERE customer_search_term IS NOT NULL
)
SELECT searched, ad_product_type,
  COUNT(DISTINCT user_id) AS users,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(cost) AS cost,
  SUM(clicks) / NULLIF(SUM(impressions), 0) AS click_rate,
  SUM(cost) / NULLIF(SUM(clicks), 0) AS cost_per_click
FROM searches
GROUP BY 1, 2`,
  columns: [
    { name: "searched", label: "Searches", unit: "text" },
    { name: "ad_product_type", label: "Ad product", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "impressions", label: "Impressions", unit: "count" },
    { name: "clicks", label: "Clicks", unit: "count" },
    { name: "cost", label: "Cost", unit: "money" },
    { name: "click_rate", label: "Clicks an impression", unit: "share" },
    { name: "cost_per_click", label: "Cost a click", unit: "money" },
  ],
  chart: { kind: "bars", x: "searched", y: ["cost", "clicks"] },
  privacy: "A row needs two users.",
  guide: `Branded clicks are cheap and would often have come without an ad. Set their budget apart, so that their return does not
hide what other searches bring.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { brand: "Acme" },
    tables: {
      sponsored_ads_traffic: [
        ...usersOf(2, 1, (user_id) => clicked(user_id, "acme coffee")),
        ...usersOf(2, 1, (user_id) => shown(user_id, "best ACME mug")),
        ...usersOf(4, 11, (user_id) => shown(user_id, "coffee")),
        { ...clicked("u0011", "mug"), spend: 80_000_000 },
        { ...shown("u0021", "acme"), ad_product_type: "sponsored_brands" },
        sponsoredAd({ user_id: "u0031", ad_product_type: "sponsored_products" }),
      ],
    },
    expected: [
      ["Branded", "sponsored_products", 2, 4, 2, 1, 0.5, 0.5],
      ["Other", "sponsored_products", 4, 5, 1, 0.8, 0.2, 0.8],
    ],
  },
});

function shown(user_id: string, customer_search_term: string) {
  return sponsoredAd({ user_id, customer_search_term, ad_product_type: "sponsored_products" });
}

function clicked(user_id: string, customer_search_term: string) {
  return sponsoredClick({ user_id, customer_search_term, ad_product_type: "sponsored_products" });
}
