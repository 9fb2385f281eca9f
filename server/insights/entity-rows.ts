// Amazon's campaigns, ad groups and ads as rows of ours.
import type { Ad, AdGroup, Budget, Campaign } from "../amazon";
import { microsOf } from "./report-types/amounts";
import type { adGroups, ads, campaigns } from "./tables";

type Common = "agencyId" | "accountId" | "syncedAt";
export type CampaignRow = Omit<typeof campaigns.$inferInsert, Common>;
export type AdGroupRow = Omit<typeof adGroups.$inferInsert, Common>;
export type AdRow = Omit<typeof ads.$inferInsert, Common>;

const moment = (text: string | null | undefined): Date | null => {
  const date = text ? new Date(text) : null;
  return date && Number.isFinite(date.getTime()) ? date : null;
};

const micros = (value: number | null | undefined): bigint | null => {
  const amount = value === null || value === undefined ? null : microsOf(value);
  return amount === null ? null : BigInt(amount);
};

const budgetOf = (budget: Budget | null | undefined): bigint | null =>
  micros(budget?.budgetValue?.monetaryBudgetValue?.monetaryBudget.value);

interface Entity {
  name: string;
  state: string;
  status?: Campaign["status"];
  creationDateTime?: string | null;
  lastUpdatedDateTime?: string | null;
}

const common = (entity: Entity) => ({
  name: entity.name,
  state: entity.state,
  deliveryStatus: entity.status?.deliveryStatus ?? null,
  deliveryReasons: entity.status?.deliveryReasons ?? [],
  createdAt: moment(entity.creationDateTime),
  updatedAt: moment(entity.lastUpdatedDateTime),
  source: entity,
});

export function campaignRow(campaign: Campaign): CampaignRow {
  const [budget] = campaign.budgets ?? [];
  return {
    ...common(campaign),
    campaignId: campaign.campaignId,
    startsAt: moment(campaign.startDateTime),
    endsAt: moment(campaign.endDateTime),
    budget: budgetOf(budget),
    budgetPeriod: budget?.recurrenceTimePeriod ?? null,
    kpi: campaign.optimizations?.goalSettings?.kpi ?? null,
  };
}

export function adGroupRow(adGroup: AdGroup): AdGroupRow {
  return {
    ...common(adGroup),
    adGroupId: adGroup.adGroupId,
    campaignId: adGroup.campaignId,
    inventoryType: adGroup.inventoryType ?? null,
    startsAt: moment(adGroup.startDateTime),
    endsAt: moment(adGroup.endDateTime),
    baseBid: micros(adGroup.bid?.baseBid),
    budget: budgetOf(adGroup.budgets?.[0]),
  };
}

export function adRow(ad: Ad): AdRow {
  return { ...common(ad), adId: ad.adId, adType: ad.adType ?? null };
}
