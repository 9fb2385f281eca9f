import { defineTemplate, usersOf } from "./define";
import { impression, sponsoredAd } from "./proof-rows";

export const incrementalReach = defineTemplate({
  id: "incremental-reach",
  title: "Incremental reach",
  question: "How many people does each tactic reach whom no other reaches?",
  tags: ["reach", "incremental"],
  sql: `
WITH exposures AS (
  SELECT user_id, campaign AS tactic, 'DSP' AS product, SUM(total_cost) / 100000 AS cost
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY user_id, campaign
  UNION ALL
  SELECT user_id, ad_product_type AS tactic, 'Sponsored ads' AS product, SUM(spend) / 100000000 AS cost
  FROM sponsored_ads_traffic
  WHERE user_id IS NOT NULL
  GROUP BY user_id, ad_product_type
),
counted AS (
  SELECT user_id, tactic, product, cost, COUNT(tactic) OVER (PARTITION BY user_id) AS tactics
  FROM exposures
)
SELECT tactic, product,
  COUNT(DISTINCT user_id) AS users,
  SUM(CASE WHEN tactics = 1 THEN 1 ELSE 0 END) AS only_here,
  SUM(CASE WHEN tactics = 1 THEN 1 ELSE 0 END) / COUNT(DISTINCT user_id) AS share_only_here,
  SUM(cost) AS cost,
  SUM(cost) / NULLIF(SUM(CASE WHEN tactics = 1 THEN 1 ELSE 0 END), 0) AS cost_per_added_user
FROM counted
GROUP BY tactic, product`,
  columns: [
    { name: "tactic", label: "Tactic", unit: "text", description: "A DSP campaign, or a sponsored ad product." },
    { name: "product", label: "Ad product", unit: "text" },
    { name: "users", label: "Users", unit: "users" },
    { name: "only_here", label: "Reached by nothing else", unit: "users" },
    { name: "share_only_here", label: "Share of its users", unit: "share" },
    { name: "cost", label: "Cost", unit: "money" },
    { name: "cost_per_added_user", label: "Cost an added user", unit: "money" },
  ],
  chart: { kind: "bars", x: "tactic", y: ["users", "only_here"] },
  privacy: "A tactic needs two users.",
  guide: `What would be lost if a tactic stopped is its people whom nothing else reaches. Compare the cost of an added user:
large reach at a low price is worth little where others reach the same people.`,
  proof: {
    window: { from: "2026-06-01", to: "2026-06-30" },
    tables: {
      dsp_impressions: [
        ...usersOf(6, 1, (user_id) => impression({ user_id, campaign: "Brand" })),
        ...usersOf(4, 4, (user_id) => impression({ user_id, campaign: "Video", total_cost: 3_000 })),
        impression({ user_id: "u0020", campaign: "Rare" }),
      ],
      sponsored_ads_traffic: [
        ...usersOf(2, 7, (user_id) =>
          sponsoredAd({ user_id, ad_product_type: "sponsored_products", spend: 40_000_000 }),
        ),
      ],
    },
    // u0001-u0003 saw Brand only; u0004-u0006 Brand and Video; u0007 Video and a sponsored product; u0008 that product only.
    expected: [
      ["Brand", "DSP", 6, 3, 0.5, 0.06, 0.02],
      ["Video", "DSP", 4, 0, 0, 0.12, null],
      ["sponsored_products", "Sponsored ads", 2, 1, 0.5, 0.8, 0.8],
    ],
  },
});
