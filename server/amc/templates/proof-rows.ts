// Rows of proofs: each builder knows when an event happened and what it brought, and is told the rest.
import type { ProofRow } from "./define";

/** When an event happened: half past eight in the morning of a day, in UTC. */
export const morning = (event: "impression" | "event", day: string): ProofRow => ({
  [`${event}_dt_utc`]: `${day}T08:30:00Z`,
  [`${event}_dt_hour_utc`]: `${day}T08:00:00Z`,
  [`${event}_date_utc`]: day,
});

/** A DSP impression that cost 0.01. */
export const impression = (row: ProofRow): ProofRow => ({
  impression_dt_utc: "2026-06-04T08:00:00Z",
  impressions: 1,
  total_cost: 1_000,
  ...row,
});

/** A sponsored ad that was shown, and neither clicked nor paid for. */
export const sponsoredAd = (row: ProofRow): ProofRow => ({
  event_dt_utc: "2026-06-05T08:00:00Z",
  impressions: 1,
  clicks: 0,
  spend: 0,
  ...row,
});

/** A click of a sponsored ad that cost 0.50. */
export const sponsoredClick = (row: ProofRow): ProofRow => sponsoredAd({ clicks: 1, spend: 50_000_000, ...row });

/** A purchase of 10.00 that an ad is credited with, as both tables of attributed events have it. */
export const creditedPurchase = (row: ProofRow): ProofRow => ({
  traffic_event_dt_utc: "2026-06-06T08:00:00Z",
  conversion_event_dt_utc: "2026-06-07T08:00:00Z",
  total_purchases: 1,
  total_product_sales: 10,
  ...row,
});

/** A purchase of one unit for 10.00, whoever gets the credit. */
export const purchase = (row: ProofRow): ProofRow => ({
  event_dt_utc: "2026-06-07T08:00:00Z",
  event_category: "purchase",
  event_subtype: "order",
  conversions: 1,
  total_product_sales: 10,
  total_units_sold: 1,
  ...row,
});
