// One campaign as a page shows it: tiles with the period before, days, ad groups and creatives.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import { readBoard } from "./board";
import { creativeNames, selectAdGroups, selectCampaigns } from "./campaign-store";
import type { AdGroup, CampaignInsights, Creative } from "./contract";
import { flightsOf } from "./flights";
import { partSums } from "./kpi-store";
import { seenIn, showAll, showEntity } from "./list-campaigns";
import { metricIds, noSums } from "./metrics";
import { refuseMoneyOrder, shownTo, withoutFields } from "./money";
import { conversionOf } from "./pricing-store";
import { isUnpriced, rowValues } from "./row-values";
import { readScope, type Scope } from "./scope";
import { sortItems } from "./sort-items";
import { type View, viewOf } from "./view";

const creativesShown = 50;

/** @param id `<account>:<campaign>` */
export async function getCampaignInsights(tx: TxCtx, id: string, view: View = {}): Promise<CampaignInsights> {
  requireRead(tx, "insights.read", "anyBrand");
  const [accountId = ""] = id.split(":");
  const scope = await readScope(tx, { accountIds: [accountId] }, view);
  const filters = [{ field: "id", operator: "eq" as const, values: [id] }];
  const { items } = await selectCampaigns(tx, { start: 0, limit: 1, sort: null, search: null, filters }, scope);
  const [campaign] = showAll(scope, items);
  const [account] = scope.accounts;
  if (!account || !campaign) throw notFound("The campaign");
  const { sections, ...board } = await readBoard(tx, { scope, part: { campaignId: campaign.campaignId } });
  const [section] = sections;
  if (!section) throw notFound("The campaign");
  const creatives = await creativesOf(tx, scope, campaign.campaignId);
  return {
    id,
    campaign,
    flights: flightsOf(items[0]?.campaign.source).map((flight) =>
      account.moneyHidden ? withoutFields(flight) : flight,
    ),
    ...board,
    section,
    adGroups: await adGroupsOf(tx, scope, campaign.campaignId),
    creatives: creatives.slice(0, creativesShown),
    moreCreatives: Math.max(0, creatives.length - creativesShown),
  };
}

/** The same by its id and a range, as the API asks. */
export async function listCampaignInsights(tx: TxCtx, query: ListQuery): Promise<ListResult<CampaignInsights>> {
  requireRead(tx, "insights.read", "anyBrand");
  const ids = (filterValues(query, "id") ?? []).slice(0, query.limit);
  const items: CampaignInsights[] = [];
  for (const id of ids) items.push(await getCampaignInsights(tx, id, viewOf(query)));
  return { items, total: items.length };
}

async function adGroupsOf(tx: TxCtx, scope: Scope, campaignId: string): Promise<AdGroup[]> {
  const [account] = scope.accounts;
  if (!account) return [];
  const records = await selectAdGroups(tx, account.id, campaignId);
  const parts = new Map((await partSums(tx, { ...scope, campaignId }, "ad_group_id")).map((part) => [part.id, part]));
  return records.map((record) => {
    const part = parts.get(record.adGroupId) ?? nothingOf(scope);
    const shown = {
      ...showEntity(record, record.adGroupId),
      adGroupId: record.adGroupId,
      campaignId: record.campaignId,
      inventoryType: record.inventoryType,
      baseBid: record.baseBid?.toString() ?? null,
      currency: account.currency,
      values: rowValues(part.sums, { own: scope.own, hidden: account.moneyHidden, unpriced: isUnpriced(part) }),
      ...seenIn(account, part.conversion),
      settled: scope.settled,
    };
    return shownTo(shown, account.moneyHidden);
  });
}

export const adGroupSorts = ["name", ...metricIds];

/** Ad groups of the campaigns named by the filter `campaignId` (`<account>:<campaign>`). */
export async function listAdGroups(tx: TxCtx, query: ListQuery): Promise<ListResult<AdGroup>> {
  requireRead(tx, "campaigns.read", "anyBrand");
  const items: AdGroup[] = [];
  for (const id of filterValues(query, "campaignId") ?? []) {
    const [accountId = "", campaignId = ""] = id.split(":");
    const scope = await readScope(tx, { accountIds: [accountId], permission: "campaigns.read" }, viewOf(query));
    refuseMoneyOrder(query, scope.accounts);
    items.push(...(await adGroupsOf(tx, scope, campaignId)));
  }
  sortItems(items, query.sort, { text: ({ name }) => name });
  return { items: items.slice(query.start, query.start + query.limit), total: items.length };
}

const nothingOf = ({ pricing }: Scope) => ({ sums: noSums(), conversion: pricing && conversionOf({}, pricing) });

async function creativesOf(tx: TxCtx, scope: Scope, campaignId: string): Promise<Creative[]> {
  const [account] = scope.accounts;
  if (!account) return [];
  const parts = await partSums(tx, { ...scope, campaignId }, "creative_id");
  const names = await creativeNames(
    tx,
    account.id,
    parts.map((part) => part.id),
  );
  return parts.map((part) => {
    const { id } = part;
    const { name = `Creative ${id}`, kind = null, size = null } = names.get(id) ?? {};
    const values = rowValues(part.sums, { own: scope.own, hidden: account.moneyHidden, unpriced: isUnpriced(part) });
    return shownTo({ id, name, kind, size, values }, account.moneyHidden);
  });
}
