import type { MoneyUnit } from "./contract";

const millicents = new Set([
  "total_cost",
  "impression_cost",
  "click_cost",
  "campaign_budget_amount",
  "line_item_budget_amount",
]);
const microcents = new Set([
  "supply_cost",
  "audience_fee",
  "platform_fee",
  "third_party_fees",
  "managed_service_fee",
  "ocm_fee",
  "bid_price",
]);

/** What a money column's numbers are in. Sales are in currency already. */
export function moneyUnitOf(table: string, column: string): MoneyUnit | null {
  if (millicents.has(column)) return "millicents";
  if (microcents.has(column)) return "microcents";
  return column === "spend" && table.startsWith("sponsored_ads_traffic") ? "microcents" : null;
}
