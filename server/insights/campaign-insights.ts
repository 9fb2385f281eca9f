// One campaign as a page shows it: tiles with the period before, days, ad groups and creatives.
import { z } from "zod";
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import { creativeNames, selectAdGroups, selectCampaigns } from "./campaign-store";
import type { AdGroup, CampaignInsights, Creative } from "./contract";
import { daySums, knownDays, knownTogether, partSums } from "./kpi-store";
import { rangeFilter, showAll, showEntity } from "./list-campaigns";
import { metricIds, noSums, valuesOf } from "./metrics";
import { microsOf } from "./report-types/amounts";
import { readScope, type Scope, type ScopedAccount } from "./scope";
import { sectionsOf } from "./section";

const creativesShown = 50;

/** @param id `<account>:<campaign>` */
export async function getCampaignInsights(tx: TxCtx, id: string, range?: string): Promise<CampaignInsights> {
  requireRead(tx, "insights.read", "anyBrand");
  const [accountId = ""] = id.split(":");
  const scope = await readScope(tx, { accountIds: [accountId] }, range);
  const filters = [{ field: "id", operator: "eq" as const, values: [id] }];
  const { items } = await selectCampaigns(
    tx,
    { start: 0, limit: 1, sort: null, search: null, filters },
    scope.accounts,
  );
  const [campaign] = showAll(scope, items);
  const [account] = scope.accounts;
  if (!account || !campaign) throw notFound("The campaign");
  const sums = await daySums(tx, scope.accounts, campaign.campaignId);
  const known = knownTogether(scope.accounts, await knownDays(tx, scope.accounts));
  const [section] = sectionsOf(scope, sums, { known });
  if (!section) throw notFound("The campaign");
  const creatives = await creativesOf(tx, account, campaign.campaignId);
  return {
    id,
    campaign,
    flights: flightsOf(items[0]?.campaign.source),
    range: scope.range,
    freshness: scope.freshness,
    settled: scope.settled,
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
  for (const id of ids) items.push(await getCampaignInsights(tx, id, rangeFilter(query)));
  return { items, total: items.length };
}

async function adGroupsOf(tx: TxCtx, scope: Scope, campaignId: string): Promise<AdGroup[]> {
  const [account] = scope.accounts;
  if (!account) return [];
  const records = await selectAdGroups(tx, account.id, campaignId);
  const parts = await partSums(tx, { account, campaignId }, "ad_group_id");
  const sums = new Map(parts.map((part) => [part.id, part.sums]));
  return records.map((record) => ({
    ...showEntity(record, record.adGroupId),
    adGroupId: record.adGroupId,
    campaignId: record.campaignId,
    inventoryType: record.inventoryType,
    baseBid: record.baseBid?.toString() ?? null,
    currency: account.currency,
    values: valuesOf(metricIds, sums.get(record.adGroupId) ?? noSums()),
    settled: scope.settled,
  }));
}

/** Ad groups of the campaigns named by the filter `campaignId` (`<account>:<campaign>`). */
export async function listAdGroups(tx: TxCtx, query: ListQuery): Promise<ListResult<AdGroup>> {
  requireRead(tx, "campaigns.read", "anyBrand");
  const items: AdGroup[] = [];
  for (const id of filterValues(query, "campaignId") ?? []) {
    const [accountId = "", campaignId = ""] = id.split(":");
    items.push(
      ...(await adGroupsOf(tx, await readScope(tx, { accountIds: [accountId] }, rangeFilter(query)), campaignId)),
    );
  }
  return { items: items.slice(query.start, query.start + query.limit), total: items.length };
}

async function creativesOf(tx: TxCtx, account: ScopedAccount, campaignId: string): Promise<Creative[]> {
  const parts = await partSums(tx, { account, campaignId }, "creative_id");
  const names = await creativeNames(
    tx,
    account.id,
    parts.map((part) => part.id),
  );
  return parts.map(({ id, sums }) => ({
    id,
    name: names.get(id)?.name ?? `Creative ${id}`,
    kind: names.get(id)?.kind ?? null,
    size: names.get(id)?.size ?? null,
    values: valuesOf(metricIds, sums),
  }));
}

const Money = z.object({ monetaryBudgetValue: z.object({ monetaryBudget: z.object({ value: z.number() }) }) });
const Flights = z.object({
  flights: z.array(
    z.object({
      name: z.string().nullish(),
      startDateTime: z.iso.datetime({ offset: true }).nullish().catch(null),
      endDateTime: z.iso.datetime({ offset: true }).nullish().catch(null),
      budget: z.object({ budgetValue: Money.nullish().catch(null) }).nullish(),
    }),
  ),
});

/** Out of the campaign as Amazon sent it; what has another shape is left out. */
function flightsOf(source: unknown): CampaignInsights["flights"] {
  const read = Flights.safeParse(source);
  if (!read.success) return [];
  return read.data.flights.map(({ name, startDateTime, endDateTime, budget }) => ({
    name: name ?? null,
    startsAt: startDateTime ? new Date(startDateTime).toISOString() : null,
    endsAt: endDateTime ? new Date(endDateTime).toISOString() : null,
    budget: microsText(budget?.budgetValue?.monetaryBudgetValue.monetaryBudget.value),
  }));
}

const microsText = (value: number | undefined): string | null =>
  value === undefined ? null : (microsOf(value)?.toString() ?? null);
