import { defineTemplate, usersOf } from "./define";
import { creditedPurchase, impression, sponsoredAd } from "./proof-rows";

const adProducts = [
  { value: "dsp", label: "DSP" },
  { value: "sponsored_products", label: "Sponsored Products" },
  { value: "sponsored_brands", label: "Sponsored Brands" },
  { value: "sponsored_display", label: "Sponsored Display" },
];

export const overlapPair = defineTemplate({
  id: "overlap-pair",
  title: "Two ad products, alone and together",
  question: "Do people who saw both ad products buy more often than those who saw one?",
  tags: ["overlap", "sponsored ads"],
  parameters: [
    { name: "first", label: "One", kind: "choice", choices: adProducts, default: "dsp" },
    { name: "second", label: "The other", kind: "choice", choices: adProducts, default: "sponsored_products" },
  ],
  sql: `
WITH exposures AS (
  SELECT user_id, 'dsp' AS product FROM dsp_impressions WHERE user_id IS NOT NULL
  UNION ALL
  SELECT user_id, ad_product_type AS product FROM sponsored_ads_traffic WHERE user_id IS NOT NULL
),
people AS (
  SELECT user_id,
    MAX(CASE WHEN product = CUSTOM_PARAMETER('first') THEN 1 ELSE 0 END) AS saw_one,
    MAX(CASE WHEN product = CUSTOM_PARAMETER('second') THEN 1 ELSE 0 END) AS saw_other
  FROM exposures
  GROUP BY user_id
),
buys AS (
  SELECT user_id, SUM(total_purchases) AS purchases, SUM(total_product_sales) AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE user_id IS NOT NULL AND total_purchases > 0
  GROUP BY user_id
)
SELECT CASE
    WHEN p.saw_one = 1 AND p.saw_other = 1 THEN CONCAT(CUSTOM_PARAMETER('first'), ' + ', CUSTOM_PARAMETER('second'))
    WHEN p.saw_one = 1 THEN CUSTOM_PARAMETER('first')
    ELSE CUSTOM_PARAMETER('second') END AS products,
  COUNT(DISTINCT p.user_id) AS users,
  COUNT(DISTINCT b.user_id) AS buyers,
  COUNT(DISTINCT b.user_id) / COUNT(DISTINCT p.user_id) AS purchase_rate,
  SUM(COALESCE(b.purchases, 0)) AS purchases,
  SUM(COALESCE(b.sales, 0)) AS sales
FROM people p
LEFT JOIN buys b ON b.user_id = p.user_id
WHERE p.saw_one + p.saw_other > 0
GROUP BY 1`,
  columns: [
    { name: "products", label: "Ad products", unit: "text", description: "Those of the two that a user saw." },
    { name: "users", label: "Users", unit: "users" },
    { name: "buyers", label: "Buyers", unit: "users" },
    { name: "purchase_rate", label: "Buyers among users", unit: "share" },
    { name: "purchases", label: "Purchases", unit: "count" },
    { name: "sales", label: "Sales", unit: "money" },
  ],
  chart: { kind: "overlap", sets: "products", value: "users" },
  privacy: "A group needs two users.",
  guide: `Each user is in one group. If both together do no better than the better one alone, the overlap is wasted.
People see sponsored ads because they search: part of a higher rate is theirs, not the ads'.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    values: { first: "sponsored_products", second: "sponsored_display" },
    tables: {
      dsp_impressions: [impression({ user_id: "u0050" })],
      sponsored_ads_traffic: [
        ...usersOf(4, 1, (user_id) => sponsoredAd({ user_id, ad_product_type: "sponsored_products" })),
        ...usersOf(2, 3, (user_id) => sponsoredAd({ user_id, ad_product_type: "sponsored_display" })),
        sponsoredAd({ user_id: "u0010", ad_product_type: "sponsored_display" }),
      ],
      amazon_attributed_events_by_traffic_time: [
        creditedPurchase({ user_id: "u0001" }),
        ...usersOf(2, 3, (user_id) => creditedPurchase({ user_id, total_product_sales: 20 })),
      ],
    },
    expected: [
      ["sponsored_products", 2, 1, 0.5, 1, 10],
      ["sponsored_products + sponsored_display", 2, 2, 1, 2, 40],
    ],
  },
});
