import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import { type CampaignRecord, type SummedCampaign, selectCampaigns, selectTotals } from "./campaign-store";
import type { Campaign, CampaignTotal } from "./contract";
import type { CustomMetric } from "./custom-metrics";
import { hidesMoney, refuseMoneyOrder, shownTo } from "./money";
import type { Conversion } from "./rate-contract";
import { isUnpriced, rowValues } from "./row-values";
import { freshnessOf, readScope, type Scope, type ScopedAccount, settledByRule } from "./scope";
import { viewOf } from "./view";

/** Campaigns of the accounts the actor may see, with their sums over `range`, each in its account's zone. */
export async function listCampaigns(tx: TxCtx, query: ListQuery): Promise<ListResult<Campaign>> {
  requireRead(tx, "campaigns.read", "anyBrand");
  const scope = await scopeOf(tx, query);
  refuseMoneyOrder(query, scope.accounts);
  const { items, total } = await selectCampaigns(tx, query, scope);
  return { items: showAll(scope, items), total };
}

/** One item a currency over all campaigns that match; sorting and window are of no concern. */
export async function listCampaignTotals(tx: TxCtx, query: ListQuery): Promise<ListResult<CampaignTotal>> {
  requireRead(tx, "campaigns.read", "anyBrand");
  const scope = await scopeOf(tx, query);
  const totals = await selectTotals(tx, query, scope);
  const items = totals.map((total) => {
    const { currency, campaigns, conversion } = total;
    const hidden = hidesMoney(scope.accounts.filter((account) => conversion || account.currency === currency));
    const values = rowValues(total.sums, { own: scope.own, hidden, unpriced: isUnpriced(total) });
    return shownTo({ id: currency, currency, campaigns, values, ...(conversion ? { conversion } : {}) }, hidden);
  });
  return { items, total: items.length };
}

/** @param id `<account>:<campaign>` */
export async function getCampaign(tx: TxCtx, id: string): Promise<Campaign> {
  const filters = [{ field: "id", operator: "eq" as const, values: [id] }];
  const { items } = await listCampaigns(tx, { ...wholeList(1), filters });
  const [campaign] = items;
  if (!campaign) throw notFound("The campaign");
  return campaign;
}

const scopeOf = (tx: TxCtx, query: ListQuery): Promise<Scope> =>
  readScope(
    tx,
    {
      brandIds: filterValues(query, "brandId") ?? undefined,
      accountIds: filterValues(query, "accountId") ?? accountsOfIds(query),
      permission: "campaigns.read",
    },
    viewOf(query),
  );

/** Ids name their account: the others need not be looked at. */
const accountsOfIds = (query: ListQuery): string[] | undefined =>
  filterValues(query, "id")?.map((id) => id.split(":")[0] ?? "");

export function showAll(scope: Scope, items: readonly SummedCampaign[]): Campaign[] {
  const byId = new Map(scope.accounts.map((account) => [account.id, account]));
  return items.flatMap((item) => {
    const account = byId.get(item.campaign.accountId);
    return account ? [showCampaign(account, item, scope.own)] : [];
  });
}

function showCampaign(account: ScopedAccount, summed: SummedCampaign, own: readonly CustomMetric[]): Campaign {
  const { campaign, conversion } = summed;
  const { from, to } = account.range;
  const shown = {
    ...showEntity(campaign, campaign.campaignId),
    campaignId: campaign.campaignId,
    accountName: account.name,
    brandId: account.brandId,
    brandName: account.brandName,
    budgetPeriod: campaign.budgetPeriod,
    kpi: campaign.kpi,
    currency: account.currency,
    timeZone: account.timeZone,
    range: { from, to },
    values: rowValues(summed.sums, { own, hidden: account.moneyHidden, unpriced: isUnpriced(summed) }),
    ...seenIn(account, conversion),
    settled: settledByRule(account.range, account.today),
    freshness: freshnessOf([account]),
  };
  return shownTo(shown, account.moneyHidden);
}

/** What the money of its values is in. */
export const seenIn = ({ currency }: ScopedAccount, conversion: Conversion | null) => ({
  valuesCurrency: conversion?.to ?? currency,
  ...(conversion ? { conversion } : {}),
});

type Entity = Pick<
  CampaignRecord,
  "accountId" | "name" | "state" | "deliveryStatus" | "deliveryReasons" | "startsAt" | "endsAt" | "budget"
>;

export const showEntity = (entity: Entity, amazonId: string) => ({
  id: `${entity.accountId}:${amazonId}`,
  accountId: entity.accountId,
  name: entity.name,
  state: entity.state,
  deliveryStatus: entity.deliveryStatus,
  deliveryReasons: entity.deliveryReasons,
  startsAt: entity.startsAt?.toISOString() ?? null,
  endsAt: entity.endsAt?.toISOString() ?? null,
  budget: entity.budget?.toString() ?? null,
});
