// What a metric is: a sum of a stored column, or one sum through another.

/** The sums that are kept, in the order in which they are stored. Money in micros. */
export const sourceColumns = [
  "impressions",
  "viewableImpressions",
  "measurableImpressions",
  "clicks",
  "totalCost",
  "supplyCost",
  "audienceFee",
  "consoleFee",
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
  "offAmazonConversions",
  "brandSearches",
  "videoStarts",
  "videoCompletes",
] as const;
export type SourceColumn = (typeof sourceColumns)[number];

/** Those of them that are money. */
export const moneyColumns: readonly SourceColumn[] = [
  "totalCost",
  "supplyCost",
  "audienceFee",
  "consoleFee",
  "sales",
  "newToBrandSales",
  "totalSales",
];

/** Days until Amazon no longer restates: traffic 3; conversions their 14-day window and 28 days. */
export const settleDays = { traffic: 3, conversions: 42 } as const;
export type SettleRule = keyof typeof settleDays;

/** The age at which a day was last asked for before it counts as settled. */
export const finalAge: Record<SettleRule, number> = {
  traffic: settleDays.traffic,
  conversions: settleDays.conversions - 1,
};

const trafficColumns: readonly SourceColumn[] = [
  "impressions",
  "viewableImpressions",
  "measurableImpressions",
  "clicks",
  "totalCost",
  "supplyCost",
  "audienceFee",
  "consoleFee",
  "videoStarts",
  "videoCompletes",
];
export const settleOf = (column: SourceColumn): SettleRule =>
  trafficColumns.includes(column) ? "traffic" : "conversions";

/** `percent` and `multiple` are plain ratios (0.0123, 3.4); `money` is micros as text. */
export type Unit = "count" | "money" | "percent" | "multiple";

export interface Metric {
  label: string;
  unit: Unit;
  settle: SettleRule;
  /** One sentence a client understands. */
  definition: string;
  /** Amazon's own column. */
  amazon: string;
  /** A sum of one column, or one sum through another: never an average of ratios. */
  source: SourceColumn | { over: SourceColumn; under: SourceColumn; times?: number };
  /** Whether more of it is better; null where that depends. */
  better: "more" | "less" | null;
}
