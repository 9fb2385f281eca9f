// Campaigns, ad groups and ads of Ads API v1 as Amazon replies with them (contracts 3.3). Only what identifies an entity
// is required: Amazon's own "required" lists have grown before.
import { z } from "zod";
import { AmazonId, openEnum } from "../json";

const State = openEnum(["ENABLED", "PAUSED", "ARCHIVED"]);

const Status = z.object({
  deliveryStatus: openEnum(["DELIVERING", "LIMITED", "NOT_DELIVERING", "UNAVAILABLE"]).nullish(),
  deliveryReasons: z.array(z.string()).nullish(),
});

/** Money of Amazon's API: a decimal in the account's currency, which replies name. */
const BudgetValue = z.object({
  monetaryBudgetValue: z
    .object({ monetaryBudget: z.object({ value: z.number(), currencyCode: z.string().nullish() }) })
    .nullish(),
});

export const Budget = z.object({
  budgetType: openEnum(["MONETARY"]).nullish(),
  recurrenceTimePeriod: openEnum(["DAILY", "LIFETIME", "MONTHLY"]).nullish(),
  budgetValue: BudgetValue.nullish(),
});
export type Budget = z.output<typeof Budget>;

export const Flight = z.object({
  flightId: AmazonId.nullish(),
  name: z.string().nullish(),
  startDateTime: z.string(),
  endDateTime: z.string(),
  budget: Budget.nullish(),
});
export type Flight = z.output<typeof Flight>;

const Fee = z.looseObject({ feeType: z.string(), feeValueType: z.string().nullish(), feeValue: z.number().nullish() });

const Frequency = z.looseObject({
  eventMaxCount: z.number(),
  frequencyTargetingSetting: openEnum(["USER", "HOUSEHOLD"]),
  timeCount: z.number(),
  timeUnit: openEnum(["DAYS", "HOURS", "MINUTES"]),
});

const Tag = z.object({ key: z.string(), value: z.string().nullish() });

const bidStrategies = ["SPEND_BUDGET_IN_FULL", "PRIORITIZE_KPI_TARGET", "USE_CAMPAIGN_STRATEGY"] as const;

const CampaignOptimizations = z.looseObject({
  bidSettings: z.looseObject({ bidStrategy: openEnum(bidStrategies).nullish() }).nullish(),
  budgetSettings: z
    .looseObject({
      budgetAllocation: openEnum(["AUTO", "MANUAL"]).nullish(),
      flightBudgetRolloverStrategy: z.string().nullish(),
    })
    .nullish(),
  goalSettings: z
    .looseObject({
      kpi: z.string().nullish(),
      kpiValue: z.number().nullish(),
      goal: openEnum(["AWARENESS", "CONSIDERATION", "CONVERSIONS"]).nullish(),
      currencyCode: z.string().nullish(),
    })
    .nullish(),
  primaryInventoryTypes: z.array(z.string()).nullish(),
});

const Times = {
  creationDateTime: z.string().nullish(),
  lastUpdatedDateTime: z.string().nullish(),
};

export const Campaign = z.looseObject({
  campaignId: AmazonId,
  name: z.string(),
  state: State,
  adProduct: z.string().nullish(),
  status: Status.nullish(),
  ...Times,
  startDateTime: z.string().nullish(),
  endDateTime: z.string().nullish(),
  budgets: z.array(Budget).nullish(),
  flights: z.array(Flight).nullish(),
  fees: z.array(Fee).nullish(),
  frequencies: z.array(Frequency).nullish(),
  optimizations: CampaignOptimizations.nullish(),
  countries: z.array(z.string()).nullish(),
  marketplaces: z.array(z.string()).nullish(),
  purchaseOrderNumber: z.string().nullish(),
  tags: z.array(Tag).nullish(),
});
export type Campaign = z.output<typeof Campaign>;

const Bid = z.looseObject({
  baseBid: z.number(),
  maxAverageBid: z.number().nullish(),
  currencyCode: z.string().nullish(),
});

export const AdGroup = z.looseObject({
  adGroupId: AmazonId,
  campaignId: AmazonId,
  name: z.string(),
  state: State,
  adProduct: z.string().nullish(),
  status: Status.nullish(),
  inventoryType: z.string().nullish(),
  bid: Bid.nullish(),
  budgets: z.array(Budget).nullish(),
  startDateTime: z.string().nullish(),
  endDateTime: z.string().nullish(),
  ...Times,
  creativeRotationType: openEnum(["RANDOM", "WEIGHTED"]).nullish(),
  fees: z.array(Fee).nullish(),
  frequencies: z.array(Frequency).nullish(),
  optimization: z.looseObject({ bidStrategy: openEnum(bidStrategies).nullish() }).nullish(),
  pacing: z.looseObject({ deliveryProfile: openEnum(["EVEN", "PACE_AHEAD", "ASAP"]).nullish() }).nullish(),
  purchaseOrderNumber: z.string().nullish(),
  tags: z.array(Tag).nullish(),
});
export type AdGroup = z.output<typeof AdGroup>;

export const Ad = z.looseObject({
  adId: AmazonId,
  name: z.string(),
  state: State,
  adProduct: z.string().nullish(),
  adType: openEnum(["AUDIO", "COMPONENT", "DISPLAY", "THIRD_PARTY", "VIDEO"]).nullish(),
  ...Times,
  marketplaces: z.array(z.string()).nullish(),
  tags: z.array(Tag).nullish(),
});
export type Ad = z.output<typeof Ad>;
