// Campaigns and ad groups with their sums over a range, filtered, searched and sorted in the database.
import { and, asc, desc, eq, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { accounts } from "../connections/tables";
import type { TxCtx } from "../core/context";
import { listClauses } from "../core/db/list-clauses";
import type { ListQuery, ListResult } from "../core/query";
import { brands } from "../workspace/tables";
import { columnName, metricNames } from "./fact-store";
import { deliveredIn, sumColumns, sumRow, windowsOf } from "./kpi-store";
import { isMetricId, type MetricId, metricIds, metricOf, type Sums } from "./metrics";
import { conversionOf, type Pricing, pricedColumns, pricedRows, unpricedLast } from "./pricing-store";
import type { Conversion } from "./rate-contract";
import type { Scope } from "./scope";
import { adGroups, campaigns } from "./tables";
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
export type Looked = Pick<Scope, "accounts" | "at" | "pricing">;

const summed = sql.raw(metricNames.map((name) => `sum(r.${name})::bigint as ${name}`).join(", "));
const delivered = (tx: TxCtx, { accounts: scoped, at }: Looked): SQL =>
  deliveredIn(tx, { windows: windowsOf(scoped), at, part: {}, grain: "campaign" });

/** The sums of each campaign over the accounts' own days. */
function sumsOf(tx: TxCtx, looked: Looked): SQL {
  const { pricing } = looked;
  const from = delivered(tx, looked);
  return sql`(
    select r.account_id, r.campaign_id, ${summed} ${pricing ? sql`, ${pricedColumns(pricing)}` : sql``}
    from ${pricing ? pricedRows({ from, by: ["campaign_id"] }, pricing) : from}
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

function orderOf({ sort }: ListQuery, pricing: Pricing | null): SQL[] {
  const last = [asc(campaigns.accountId), asc(campaigns.campaignId)];
  if (!sort) return [asc(campaigns.name), ...last];
  const column = isMetricId(sort.field) ? metricSql(sort.field) : fields[sort.field as keyof typeof fields];
  return [
    sql`${unpricedLast(pricing, sort.field)} ${sort.order === "desc" ? desc(column) : asc(column)} nulls last`,
    ...last,
  ];
}

/** How a row was converted, as `pricedColumns` tells it. */
type Rates = Record<string, unknown> | null;

export interface SummedCampaign {
  campaign: CampaignRecord;
  sums: Sums;
  /** Null: its money is as it was paid. */
  conversion: Conversion | null;
}

const ofAccount = and(eq(accounts.agencyId, campaigns.agencyId), eq(accounts.id, campaigns.accountId));
const ofBrand = and(eq(brands.agencyId, accounts.agencyId), eq(brands.id, accounts.brandId));

export async function selectCampaigns(tx: TxCtx, query: ListQuery, scope: Looked): Promise<ListResult<SummedCampaign>> {
  if (scope.accounts.length === 0) return { items: [], total: 0 };
  const { pricing } = scope;
  const where = clausesOf(tx, query, scope);
  const rows = await tx.db
    .select({ campaign: campaigns, sums, rates: pricing ? sql<Rates>`to_json(s)` : sql<Rates>`null` })
    .from(campaigns)
    .innerJoin(accounts, ofAccount)
    .leftJoin(brands, ofBrand)
    .leftJoin(sumsOf(tx, scope), sameCampaign)
    .where(where)
    .orderBy(...orderOf(query, pricing))
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db
    .select({ total: sql<number>`count(*)::int` })
    .from(campaigns)
    .innerJoin(accounts, ofAccount)
    .leftJoin(brands, ofBrand)
    .where(where);
  const items = rows.map(({ campaign, sums: summed, rates }) => ({
    campaign,
    sums: sumRow(summed),
    conversion: pricing && conversionOf(rates ?? {}, pricing),
  }));
  return { items, total: count?.total ?? 0 };
}

export interface SummedTotal extends Omit<SummedCampaign, "campaign"> {
  currency: string;
  campaigns: number;
}

/** Sums over all campaigns that match: by currency, or all of them in the one that they are seen in. */
export async function selectTotals(tx: TxCtx, query: ListQuery, scope: Looked): Promise<SummedTotal[]> {
  if (scope.accounts.length === 0) return [];
  return scope.pricing ? pricedTotal(tx, query, { ...scope, pricing: scope.pricing }) : nativeTotals(tx, query, scope);
}

async function nativeTotals(tx: TxCtx, query: ListQuery, scope: Looked): Promise<SummedTotal[]> {
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
  return rows.map((row) => ({ ...row, sums: sumRow(row.sums), conversion: null }));
}

/** Each account's day is converted once, as a dashboard does it, so that both say the same. */
async function pricedTotal(tx: TxCtx, query: ListQuery, scope: Looked & { pricing: Pricing }): Promise<SummedTotal[]> {
  const { pricing } = scope;
  const matching = tx.db
    .select({ accountId: campaigns.accountId, campaignId: campaigns.campaignId })
    .from(campaigns)
    .innerJoin(accounts, ofAccount)
    .leftJoin(brands, ofBrand)
    .where(clausesOf(tx, query, scope));
  const from = sql`${delivered(tx, scope)} join (${matching.getSQL()}) m (account_id, campaign_id)
    on m.account_id = r.account_id and m.campaign_id = r.campaign_id`;
  const [row = {}] = await tx.db.execute<Record<string, unknown>>(sql`
    select (select count(*)::int from (${matching.getSQL()}) m) as campaigns, ${sql.raw(sumColumns("r"))}, ${pricedColumns(pricing)}
    from ${pricedRows({ from, by: [] }, pricing)}`);
  const campaignsThere = Number(row.campaigns);
  if (campaignsThere === 0) return [];
  const conversion = conversionOf(row, pricing);
  return [{ currency: pricing.to, campaigns: campaignsThere, sums: sumRow(row), conversion }];
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
