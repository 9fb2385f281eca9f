import type { Inventory } from "../world/types";
import {
  anything,
  between,
  budget,
  type FieldCheck,
  flight,
  frequency,
  listOf,
  moment,
  nonEmptyText,
  nullable,
  nullableText,
  objectOf,
  oneOf,
  tag,
} from "./check-fields";

// Which fields an update may carry, and what they may hold (contracts.md 3.3).

const state = oneOf("ENABLED", "PAUSED");

const KPIS = [
  "CLICK_THROUGH_RATE",
  "COMBINED_RETURN_ON_AD_SPEND",
  "COST_PER_ACTION",
  "COST_PER_CLICK",
  "COST_PER_CONVERSION_OFF_AMAZON",
  "COST_PER_DETAIL_PAGE_VIEW",
  "COST_PER_FIRST_APP_OPEN",
  "COST_PER_INSTALL",
  "COST_PER_SIGN_UP",
  "COST_PER_VIDEO_COMPLETION",
  "DETAIL_PAGE_VIEW_RATE",
  "FREQUENCY_AVERAGE",
  "REACH",
  "RETURN_ON_AD_SPEND",
  "ROAS",
  "ROAS_COMBINED",
  "ROAS_PROMOTED",
  "TOTAL_RETURN_ON_AD_SPEND",
  "VIDEO_COMPLETION_RATE",
];

const STRATEGIES = ["SPEND_BUDGET_IN_FULL", "PRIORITIZE_KPI_TARGET", "USE_CAMPAIGN_STRATEGY"];

export const CAMPAIGN_FIELDS: Record<string, FieldCheck> = {
  name: nonEmptyText,
  state,
  budgets: listOf(budget, { most: 2 }),
  fees: listOf(
    objectOf({
      feeType: oneOf("AGENCY"),
      feeValueType: oneOf("PERCENTAGE_OF_BUDGET"),
      feeValue: between(0, 100),
    }),
    { most: 1 },
  ),
  flights: listOf(flight, { least: 1, most: 150 }),
  frequencies: listOf(frequency, { most: 3 }),
  optimizations: objectOf({
    bidSettings: objectOf({ bidStrategy: oneOf(...STRATEGIES) }, ["bidStrategy"]),
    budgetSettings: objectOf({
      budgetAllocation: oneOf("AUTO", "MANUAL"),
      flightBudgetRolloverStrategy: oneOf("CUMULATIVE_BUDGET_ROLLOVER", "NO_ROLLOVER", "PRIOR_BUDGET_ROLLOVER"),
    }),
    goalSettings: objectOf({ kpi: oneOf(...KPIS), kpiValue: nullable(between(0, 1e9)) }, ["kpi"]),
    primaryInventoryTypes: listOf(oneOf("AUDIO", "DISPLAY", "VIDEO_OLV", "VIDEO_STV"), { most: 10 }),
  }),
  purchaseOrderNumber: nullableText,
  skanAppId: nonEmptyText,
  tags: listOf(tag, { most: 1 }),
};

/** Documented bid ranges are those of the US: display, and video (taken for audio too, which has none of its own). */
const BIDS = { display: [39.99, 79.99], other: [116.99, 233.99] } as const;

export function adGroupFields(inventory: Inventory): Record<string, FieldCheck> {
  const [base, average] = inventory === "DISPLAY" ? BIDS.display : BIDS.other;
  return {
    name: nonEmptyText,
    state,
    bid: objectOf({ baseBid: between(0.01, base), maxAverageBid: nullable(between(0.01, average)) }),
    budgets: listOf(budget, { most: 3 }),
    startDateTime: moment,
    endDateTime: moment,
    advertisedProductCategoryIds: listOf(nonEmptyText, { least: 1, most: 500 }),
    creativeRotationType: oneOf("RANDOM", "WEIGHTED"),
    fees: listOf(anything, { most: 7 }),
    frequencies: listOf(frequency, { most: 3 }),
    optimization: objectOf({
      bidStrategy: oneOf(...STRATEGIES),
      budgetSettings: objectOf({ budgetAllocation: oneOf("AUTO", "MANUAL"), dailyMinSpendValue: between(0, 1e9) }),
    }),
    pacing: objectOf({ deliveryProfile: oneOf("EVEN", "PACE_AHEAD", "ASAP") }, ["deliveryProfile"]),
    purchaseOrderNumber: nullableText,
    tags: listOf(tag, { most: 1 }),
    targetingSettings: anything,
  };
}

/** The fields an ad update may carry are not listed in the contracts; these are the ones every resource shares. */
export const AD_FIELDS: Record<string, FieldCheck> = {
  name: nonEmptyText,
  state,
  tags: listOf(tag, { most: 50 }),
};
