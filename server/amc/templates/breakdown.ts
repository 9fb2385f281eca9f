// What DSP ads cost and brought, by columns that impressions, clicks and credited purchases have in common.
import type { OutputColumn } from "../template-contract";
import {
  type BuiltInTemplate,
  defineTemplate,
  type ProofRow,
  type TemplateProof,
  type TemplateSpec,
  usersOf,
} from "./define";
import { campaigns } from "./parameters";
import { creditedPurchase, impression } from "./proof-rows";

export interface Breakdown extends Omit<TemplateSpec, "parameters" | "sql" | "columns" | "chart" | "proof"> {
  /** What to group by; the names are those of the tables' columns. */
  dimensions: readonly OutputColumn[];
  /** Which of them the chart is by. */
  x: string;
  groups: readonly Group[];
  /** Of the groups: their dimensions, users, impressions, clicks, cost, purchases, sales, and sales for one of cost. */
  expected: TemplateProof["expected"];
}

export function defineBreakdown({ dimensions, x, groups, expected, ...words }: Breakdown): BuiltInTemplate {
  return defineTemplate({
    ...words,
    parameters: [campaigns],
    sql: sqlOf(dimensions.map(({ name }) => name).join(", ")),
    columns: [...dimensions, ...measures],
    chart: { kind: "bars", x, y: ["cost", "sales"] },
    proof: { window: { from: "2026-06-01", to: "2026-06-30" }, tables: dataOf(groups), expected },
  });
}

const sqlOf = (dimensions: string) => `
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

const measures: OutputColumn[] = [
  { name: "users", label: "Users", unit: "users" },
  { name: "impressions", label: "Impressions", unit: "count", reported: "impressions" },
  { name: "clicks", label: "Clicks", unit: "count", reported: "clicks" },
  { name: "cost", label: "Cost", unit: "money", reported: "spend" },
  { name: "purchases", label: "Purchases", unit: "count", reported: "totalPurchases" },
  { name: "sales", label: "Sales", unit: "money", reported: "totalSales" },
  { name: "roas", label: "Sales for one of cost", unit: "number" },
];

interface Group {
  /** The dimensions' values. */
  of: ProofRow;
  users: number;
  /** How many of them clicked, and how many bought. */
  clicks: number;
  purchases: number;
}

/** Users of each group see an impression for 0.01, the first ones click, the first ones buy for 10.00. */
function dataOf(groups: readonly Group[]): TemplateProof["tables"] {
  const rowsOf = (count: keyof Omit<Group, "of">, make: (row: ProofRow) => ProofRow) =>
    groups.flatMap((group, index) =>
      usersOf(group[count], 1 + index * 1_000, (user_id) => make({ user_id, campaign_id_string: "1", ...group.of })),
    );
  return {
    dsp_impressions: rowsOf("users", impression),
    dsp_clicks: rowsOf("clicks", (row) => ({ ...row, click_dt_utc: "2026-06-04T09:00:00Z", clicks: 1 })),
    amazon_attributed_events_by_traffic_time: rowsOf("purchases", creditedPurchase),
  };
}
