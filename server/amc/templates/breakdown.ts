// What DSP ads cost and brought, by columns that impressions, clicks and credited purchases have in common.
import type { OutputColumn } from "../template-contract";
import { type ProofRow, type TemplateProof, usersOf } from "./define";
import { creditedPurchase, impression } from "./proof-rows";

/** `dimensions` are names of such columns, parted by commas. Needs the parameter `campaigns`. */
export const breakdownSql = (dimensions: string) => `
WITH events AS (
  SELECT ${dimensions}, campaign_id_string, user_id, impressions, 0 AS clicks, total_cost / 100000 AS cost,
    0 AS purchases, 0 AS sales
  FROM dsp_impressions
  UNION ALL
  SELECT ${dimensions}, campaign_id_string, user_id, 0 AS impressions, clicks, 0 AS cost, 0 AS purchases, 0 AS sales
  FROM dsp_clicks
  UNION ALL
  SELECT ${dimensions}, campaign_id_string, user_id, 0 AS impressions, 0 AS clicks, 0 AS cost,
    total_purchases AS purchases, total_product_sales AS sales
  FROM amazon_attributed_events_by_traffic_time
  WHERE ad_product_type IS NULL AND total_purchases > 0
)
SELECT ${dimensions},
  COUNT(DISTINCT user_id) AS users,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks,
  SUM(cost) AS cost,
  SUM(purchases) AS purchases,
  SUM(sales) AS sales,
  SUM(sales) / NULLIF(SUM(cost), 0) AS roas
FROM events
WHERE CARDINALITY(CUSTOM_PARAMETER('campaigns')) = 0
  OR ARRAY_CONTAINS(CUSTOM_PARAMETER('campaigns'), campaign_id_string)
GROUP BY ${dimensions}`;

/** The dimensions' columns, and what follows them. */
export const breakdownColumns = (...dimensions: OutputColumn[]): OutputColumn[] => [
  ...dimensions,
  { name: "users", label: "Users", unit: "users" },
  { name: "impressions", label: "Impressions", unit: "count" },
  { name: "clicks", label: "Clicks", unit: "count" },
  { name: "cost", label: "Cost", unit: "money" },
  { name: "purchases", label: "Purchases", unit: "count" },
  { name: "sales", label: "Sales", unit: "money" },
  { name: "roas", label: "Sales for one of cost", unit: "number" },
];

export interface BreakdownGroup {
  /** The dimensions' values. */
  of: ProofRow;
  users: number;
  /** How many of them clicked, and how many bought. */
  clicks: number;
  purchases: number;
}

/** Users of each group see an impression for 0.01, the first ones click, the first ones buy for 10.00. */
export function breakdownData(groups: readonly BreakdownGroup[]): TemplateProof["tables"] {
  const rowsOf = (count: keyof Omit<BreakdownGroup, "of">, make: (row: ProofRow) => ProofRow) =>
    groups.flatMap((group, index) =>
      usersOf(group[count], 1 + index * 1_000, (user_id) => make({ user_id, campaign_id_string: "1", ...group.of })),
    );
  return {
    dsp_impressions: rowsOf("users", impression),
    dsp_clicks: rowsOf("clicks", (row) => ({ ...row, click_dt_utc: "2026-06-04T09:00:00Z", clicks: 1 })),
    amazon_attributed_events_by_traffic_time: rowsOf("purchases", creditedPurchase),
  };
}
