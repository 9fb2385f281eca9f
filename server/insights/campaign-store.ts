// Campaigns and ad groups with their sums over a range, filtered, searched and sorted in the database.
import { and, asc, desc, eq, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { accounts } from "../connections/tables";
import type { TxCtx } from "../core/context";
import { listClauses } from "../core/db/list-clauses";
import type { ListQuery, ListResult } from "../core/query";
import { brands } from "../workspace/tables";
import { columnName, metricNames } from "./fact-store";
import { spanOf, sumRow, windowRows, windowsOf } from "./kpi-store";
import { isMetricId, type MetricId, metricIds, metricOf, type Sums } from "./metrics";
import type { Scope } from "./scope";
import { adGroups, campaigns } from "./tables";
import { campaignDays } from "./version-store";
import { withoutView } from "./view";

export type CampaignRecord = typeof campaigns.$inferSelect;
export type AdGroupRecord = typeof adGroups.$inferSelect;

const fields = {
  id: sql`(${campaigns.accountId}::text || ':' || ${campaigns.campaignId})`,
  accountId: sql`${campaigns.accountId}::text`,
  accountName: accounts.name,
  brandId: sql`${accounts.brandId}::text`,
  brandName: brands.name,
  name: campaigns.name,
  campaignId: campaigns.campaignId,
  state: campaigns.state,
  deliveryStatus: campaigns.deliveryStatus,
  currency: accounts.currency,
  kpi: campaigns.kpi,
  startsAt: campaigns.startsAt,
  endsAt: campaigns.endsAt,
  budget: campaigns.budget,
};

export const campaignSorts = [
  "name",
  "accountName",
  "brandName",
  "state",
  "startsAt",
  "endsAt",
  "budget",
  ...metricIds,
];

const stored = (column: string) => sql.raw(`s.${column}`);

/** A metric of the summed row `s`, for sorting; empty where it has no base. */
export function metricSql(id: MetricId): SQL {
  const { source } = metricOf(id);
  if (typeof source === "string") return sql`coalesce(${stored(columnName(source))}, 0)`;
  const { over, under, times = 1 } = source;
  return sql`${stored(columnName(over))}::numeric * ${sql.raw(String(times))} / nullif(${stored(columnName(under))}, 0)`;
}

/** Whose campaigns over which days, and as of which moment. */
export type Looked = Pick<Scope, "accounts" | "at">;

/** The sums of each campaign over the accounts' own days. */
function sumsOf(tx: TxCtx, { accounts: scoped, at }: Looked): SQL {
  const windows = windowsOf(scoped);
  const days = campaignDays(tx, at, spanOf(windows));
  return sql`(
    select r.account_id, r.campaign_id, ${sql.raw(metricNames.map((name) => `sum(r.${name})::bigint as ${name}`).join(", "))}
    from ${windowRows(windows)}
    join ${days} r on r.agency_id = ${tx.agencyId}::uuid and r.account_id = w.account and r.day between w."from" and w."to"
    group by r.account_id, r.campaign_id) s`;
}

const sameCampaign = sql`s.account_id = ${campaigns.accountId} and s.campaign_id = ${campaigns.campaignId}`;
const sums = Object.fromEntries(metricNames.map((name) => [name, sql<string | null>`${stored(name)}::text`]));

function clausesOf(tx: TxCtx, query: ListQuery, { accounts: scoped, at }: Looked) {
  const filters = withoutView(query);
  const search = [campaigns.name, campaigns.campaignId];
  const clauses = listClauses(
    { ...query, filters, sort: null },
    { fields, search, order: [], tie: campaigns.campaignId },
  );
  const ids = scoped.map((account) => account.id);
  const thenThere = at ? or(isNull(campaigns.createdAt), lte(campaigns.createdAt, at)) : undefined;
  return and(eq(campaigns.agencyId, tx.agencyId), inArray(campaigns.accountId, ids), thenThere, clauses.where);
}

function orderOf({ sort }: ListQuery): SQL[] {
  const last = [asc(campaigns.accountId), asc(campaigns.campaignId)];
  if (!sort) return [asc(campaigns.name), ...last];
  const column = isMetricId(sort.field) ? metricSql(sort.field) : fields[sort.field as keyof typeof fields];
  return [sql`${sort.order === "desc" ? desc(column) : asc(column)} nulls last`, ...last];
}

export interface SummedCampaign {
  campaign: CampaignRecord;
  sums: Sums;
}

const ofAccount = and(eq(accounts.agencyId, campaigns.agencyId), eq(accounts.id, campaigns.accountId));
const ofBrand = and(eq(brands.agencyId, accounts.agencyId), eq(brands.id, accounts.brandId));

export async function selectCampaigns(tx: TxCtx, query: ListQuery, scope: Looked): Promise<ListResult<SummedCampaign>> {
  if (scope.accounts.length === 0) return { items: [], total: 0 };
  const where = clausesOf(tx, query, scope);
  const rows = await tx.db
    .select({ campaign: campaigns, sums })
    .from(campaigns)
    .innerJoin(accounts, ofAccount)
    .leftJoin(brands, ofBrand)
    .leftJoin(sumsOf(tx, scope), sameCampaign)
    .where(where)
    .orderBy(...orderOf(query))
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db
    .select({ total: sql<number>`count(*)::int` })
    .from(campaigns)
    .innerJoin(accounts, ofAccount)
    .leftJoin(brands, ofBrand)
    .where(where);
  return { items: rows.map((row) => ({ ...row, sums: sumRow(row.sums) })), total: count?.total ?? 0 };
}

/** Sums over all campaigns that match, by currency. */
export async function selectTotals(
  tx: TxCtx,
  query: ListQuery,
  scope: Looked,
): Promise<{ currency: string; campaigns: number; sums: Sums }[]> {
  if (scope.accounts.length === 0) return [];
  const totals = Object.fromEntries(metricNames.map((name) => [name, sql<string | null>`sum(${stored(name)})::text`]));
  const rows = await tx.db
    .select({ currency: accounts.currency, campaigns: sql<number>`count(*)::int`, sums: totals })
    .from(campaigns)
    .innerJoin(accounts, ofAccount)
    .leftJoin(brands, ofBrand)
    .leftJoin(sumsOf(tx, scope), sameCampaign)
    .where(clausesOf(tx, query, scope))
    .groupBy(accounts.currency)
    .orderBy(sql`count(*) desc`, accounts.currency);
  return rows.map((row) => ({ ...row, sums: sumRow(row.sums) }));
}

export async function selectAdGroups(tx: TxCtx, accountId: string, campaignId: string): Promise<AdGroupRecord[]> {
  return tx.db
    .select()
    .from(adGroups)
    .where(
      and(eq(adGroups.agencyId, tx.agencyId), eq(adGroups.accountId, accountId), eq(adGroups.campaignId, campaignId)),
    )
    .orderBy(adGroups.name, adGroups.adGroupId);
}

/** With the name of its campaign, where a listing has it. */
export async function findAdGroup(
  tx: TxCtx,
  accountId: string,
  adGroupId: string,
): Promise<{ record: AdGroupRecord; campaignName: string | null } | null> {
  const ofCampaign = and(
    eq(campaigns.agencyId, adGroups.agencyId),
    eq(campaigns.accountId, adGroups.accountId),
    eq(campaigns.campaignId, adGroups.campaignId),
  );
  const [found] = await tx.db
    .select({ record: adGroups, campaignName: campaigns.name })
    .from(adGroups)
    .leftJoin(campaigns, ofCampaign)
    .where(
      and(eq(adGroups.agencyId, tx.agencyId), eq(adGroups.accountId, accountId), eq(adGroups.adGroupId, adGroupId)),
    );
  return found ?? null;
}

/** Creatives as reports name them, else as the listing of ads does. */
export async function creativeNames(
  tx: TxCtx,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, { name: string; kind: string | null; size: string | null }>> {
  const rows = await tx.sql<{ id: string; name: string; kind: string | null; size: string | null }[]>`
    select creative_id as id, name, kind, size from creatives
    where agency_id = ${tx.agencyId} and account_id = ${accountId} and creative_id = any(${[...ids]}::text[])`;
  return new Map(rows.map(({ id, ...rest }) => [id, rest]));
}
