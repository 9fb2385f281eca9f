import type { Sandbox } from "../sandbox";
import { addDays, addMonths, startOfDay } from "../world/calendar";
import type { Ad, AdGroup, Campaign, Leaf } from "../world/types";
import { deliveryStatus } from "./delivery-status";
import type { Patch } from "./edits";

// Full Ads API v1 objects, as replies carry them (contracts.md 3.3), with the clients' edits laid over.

export type Entity = Record<string, unknown>;

const moment = (day: string, zone: string): string => new Date(startOfDay(day, zone)).toISOString().replace(".000", "");

/** The last second of a day. */
function lastMoment(day: string, zone: string): string {
  return new Date(startOfDay(addDays(day, 1), zone) - 1000).toISOString().replace(".000", "");
}

export function budgetOf(value: number, currencyCode: string, period: "LIFETIME" | "MONTHLY" | "DAILY"): Entity {
  return {
    budgetType: "MONETARY",
    recurrenceTimePeriod: period,
    budgetValue: { monetaryBudgetValue: { monetaryBudget: { value, currencyCode } } },
  };
}

export function campaignEntity(sandbox: Sandbox, campaign: Campaign): Entity {
  const { advertiser } = campaign;
  const zone = advertiser.timezone;
  const flights = flightsOf(campaign);
  const total = campaign.monthlyBudget * flights.length;
  const entity: Entity = {
    campaignId: campaign.campaignId,
    adProduct: "AMAZON_DSP",
    name: campaign.name,
    state: campaign.state,
    creationDateTime: moment(addDays(campaign.startDay, -6), zone),
    lastUpdatedDateTime: moment(campaign.deliversUntil ?? campaign.startDay, zone),
    startDateTime: moment(campaign.startDay, zone),
    endDateTime: lastMoment(campaign.endDay, zone),
    budgets: [budgetOf(total, advertiser.currency, "LIFETIME")],
    flights,
    fees: [{ feeType: "AGENCY", feeValueType: "PERCENTAGE_OF_BUDGET", feeValue: campaign.agencyFeePercent }],
    frequencies: [{ eventMaxCount: 5, frequencyTargetingSetting: "USER", timeCount: 1, timeUnit: "DAYS" }],
    optimizations: {
      bidSettings: { bidStrategy: campaign.goal === "AWARENESS" ? "SPEND_BUDGET_IN_FULL" : "PRIORITIZE_KPI_TARGET" },
      budgetSettings: { budgetAllocation: "MANUAL", flightBudgetRolloverStrategy: "CUMULATIVE_BUDGET_ROLLOVER" },
      goalSettings: {
        kpi: campaign.kpi,
        kpiValue: campaign.kpiValue,
        goal: campaign.goal,
        currencyCode: advertiser.currency,
      },
      primaryInventoryTypes: [PRIMARY[campaign.inventory]],
    },
    countries: [advertiser.country],
    marketplaces: [advertiser.country],
    purchaseOrderNumber: campaign.externalId,
    tags: [{ key: "brand", value: advertiser.name }],
  };
  const edited: Entity = { ...entity, ...sandbox.edits.of("campaign", campaign.campaignId) };
  return { ...edited, status: deliveryStatus("CAMPAIGN", edited, sandbox.clock.now()) };
}

const PRIMARY = { DISPLAY: "DISPLAY", ONLINE_VIDEO: "VIDEO_OLV", STREAMING_TV: "VIDEO_STV", AUDIO: "AUDIO" } as const;

/** One flight a month. */
function flightsOf(campaign: Campaign): Entity[] {
  const { timezone, currency } = campaign.advertiser;
  const flights: Entity[] = [];
  for (let month = campaign.startDay; month <= campaign.endDay; month = addMonths(month, 1)) {
    const { recurrenceTimePeriod: _period, ...budget } = budgetOf(campaign.monthlyBudget, currency, "LIFETIME");
    flights.push({
      flightId: `${campaign.campaignId.slice(0, 12)}${month.slice(0, 4)}${month.slice(5, 7)}`,
      name: `Flight ${month.slice(0, 7)}`,
      startDateTime: moment(month, timezone),
      endDateTime: lastMoment(addDays(addMonths(month, 1), -1), timezone),
      budget,
    });
  }
  return flights;
}

export function adGroupEntity(sandbox: Sandbox, adGroup: AdGroup): Entity {
  const { campaign } = adGroup;
  const { advertiser } = campaign;
  const zone = advertiser.timezone;
  const entity: Entity = {
    adGroupId: adGroup.adGroupId,
    campaignId: campaign.campaignId,
    adProduct: "AMAZON_DSP",
    name: adGroup.name,
    state: adGroup.state,
    inventoryType: campaign.inventory,
    bid: {
      baseBid: adGroup.baseBid,
      currencyCode: advertiser.currency,
      maxAverageBid: Math.round(adGroup.baseBid * 200) / 100,
    },
    budgets: [budgetOf(adGroup.budget, advertiser.currency, "MONTHLY")],
    startDateTime: moment(campaign.startDay, zone),
    endDateTime: lastMoment(campaign.endDay, zone),
    creationDateTime: moment(addDays(campaign.startDay, -5), zone),
    lastUpdatedDateTime: moment(adGroup.deliversUntil ?? campaign.startDay, zone),
    advertisedProductCategoryIds: ["325100101"],
    creativeRotationType: "RANDOM",
    fees: [{ feeType: "AMAZON_DSP", feeValueType: "PERCENTAGE_OF_SUPPLY_COST", feeValue: 8 }],
    frequencies: [{ eventMaxCount: 3, frequencyTargetingSetting: "USER", timeCount: 1, timeUnit: "DAYS" }],
    optimization: { bidStrategy: "USE_CAMPAIGN_STRATEGY", budgetSettings: { budgetAllocation: "MANUAL" } },
    pacing: { deliveryProfile: "EVEN" },
    purchaseOrderNumber: adGroup.externalId,
    tags: [],
    targetingSettings: {
      amazonViewability: { viewabilityTier: "ALL_TIERS", includeUnmeasurableImpressions: true },
      timeZoneType: "ADVERTISER_REGION",
      userLocationSignal: "CURRENT",
    },
  };
  const edited: Entity = { ...entity, ...sandbox.edits.of("adGroup", adGroup.adGroupId) };
  return { ...edited, status: deliveryStatus("AD_GROUP", edited, sandbox.clock.now()) };
}

export function adEntity(sandbox: Sandbox, ad: Ad): Entity {
  const { advertiser, startDay } = ad.campaign;
  const patch: Patch | undefined = sandbox.edits.of("ad", ad.adId);
  return {
    adId: ad.adId,
    adProduct: "AMAZON_DSP",
    adType: ad.adType,
    name: ad.name,
    state: ad.state,
    // The key and fields of `creative` by ad type are not in the contracts; one object named after the type stands for it.
    creative: { [ad.adType.toLowerCase()]: { size: ad.size, clickThroughUrl: `https://${advertiser.url}/` } },
    creationDateTime: moment(addDays(startDay, -5), advertiser.timezone),
    lastUpdatedDateTime: moment(addDays(startDay, -4), advertiser.timezone),
    marketplaces: [advertiser.country],
    tags: [],
    ...patch,
  };
}

export function associationEntity(leaf: Leaf): Entity {
  return {
    adAssociationId: leaf.adAssociationId,
    adGroupId: leaf.adGroup.adGroupId,
    adId: leaf.ad.adId,
    state: "ENABLED",
    weight: leaf.weight,
  };
}
