// The factors of a metric: each a ratio of two sums, so that the product of all is the metric itself.
import type { SourceColumn } from "./metric";
import type { MetricId } from "./metrics";

export interface Link {
  label: string;
  over: SourceColumn;
  under: SourceColumn | null;
  times?: number;
}

const delivered: Link = { label: "Impressions", over: "impressions", under: null };
const bought: Link = { label: "Spend", over: "totalCost", under: null };
const reach: Link = { label: "Impressions for the money (CPM)", over: "impressions", under: "totalCost" };
const interest: Link = {
  label: "Detail page views for each impression (DPVR)",
  over: "detailPageViews",
  under: "impressions",
};
const conversion: Link = { label: "Purchases for each detail page view", over: "purchases", under: "detailPageViews" };
const basket: Link = { label: "Sales for each purchase", over: "sales", under: "purchases" };

/** Metrics that are not here have no factors that would say more than their parts. */
export const explained: Partial<Record<MetricId, readonly Link[]>> = {
  spend: [delivered, { label: "Price of an impression (CPM)", over: "totalCost", under: "impressions" }],
  clicks: [delivered, { label: "Clicks for each impression (CTR)", over: "clicks", under: "impressions" }],
  detailPageViews: [delivered, interest],
  purchases: [delivered, interest, conversion],
  sales: [bought, reach, interest, conversion, basket],
  roas: [reach, interest, conversion, basket],
  cpp: [
    { label: "Price of an impression (CPM)", over: "totalCost", under: "impressions" },
    { label: "Impressions for each detail page view", over: "impressions", under: "detailPageViews" },
    { label: "Detail page views for each purchase", over: "detailPageViews", under: "purchases" },
  ],
};
