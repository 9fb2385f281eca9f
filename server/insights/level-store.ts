// What each brand, campaign, ad group or creative of a scope delivered: sorted and cut in the database, then the days of those that are shown.
import { type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { type ListQuery, type ListResult, likePattern } from "../core/query";
import { metricSql } from "./campaign-store";
import { columnName, metricNames } from "./fact-store";
import { type Delivered, deliveredIn, type Grain, sumRow, windowRows, windowsOf } from "./kpi-store";
import type { Level } from "./level-contract";
import { isMetricId, type MetricId, metricOf, noSums, type Sums } from "./metrics";
import { isWhole, type Within } from "./part";
import { list } from "./scope-store";
import { accountDays } from "./version-store";

export interface LevelSums {
  /** A brand's id or Amazon's id; with it the account's, but for brands. */
  accountId: string | null;
  entity: string;
  currency: string;
  sums: Sums;
}

export interface NamedSums extends LevelSums {
  name: string | null;
  detail: string | null;
  state: string | null;
  deliveryStatus: string | null;
}

export interface LevelAsked extends Within {
  level: Level;
  currency: string | null;
}

interface LevelTable {
  grain: Grain;
  account: SQL;
  entity: SQL;
  /** Names of `s`, as `n`; what they are part of, as `p`. */
  names: SQL;
  detail: SQL;
  /** Whether a listing tells the state. */
  listed: boolean;
}

const ofAccount = sql`n.agency_id = s.agency_id and n.account_id = s.account_id`;

const tables: Record<Level, LevelTable> = {
  brands: {
    grain: "account",
    account: sql`null::uuid`,
    entity: sql`coalesce(a.brand_id::text, '')`,
    names: sql`left join brands n on n.agency_id = s.agency_id and n.id::text = s.entity`,
    detail: sql`null::text`,
    listed: false,
  },
  campaigns: {
    grain: "campaign",
    account: sql`r.account_id`,
    entity: sql`r.campaign_id`,
    names: sql`left join campaigns n on ${ofAccount} and n.campaign_id = s.entity
      left join accounts p on p.agency_id = s.agency_id and p.id = s.account_id`,
    detail: sql`p.name`,
    listed: true,
  },
  adGroups: {
    grain: "fact",
    account: sql`r.account_id`,
    entity: sql`r.ad_group_id`,
    names: sql`left join ad_groups n on ${ofAccount} and n.ad_group_id = s.entity
      left join campaigns p on p.agency_id = s.agency_id and p.account_id = s.account_id and p.campaign_id = n.campaign_id`,
    detail: sql`p.name`,
    listed: true,
  },
  creatives: {
    grain: "fact",
    account: sql`r.account_id`,
    entity: sql`r.creative_id`,
    names: sql`left join creatives n on ${ofAccount} and n.creative_id = s.entity`,
    detail: sql`concat_ws(', ', nullif(n.kind, ''), nullif(n.size, ''))`,
    listed: false,
  },
};

const summed = sql.raw(metricNames.map((name) => `coalesce(sum(r.${name}), 0)::bigint as ${name}`).join(", "));
const keyOf = sql`coalesce(s.account_id || ':', '') || s.entity`;

/** Sums by entity and currency, as `s`. A brand is there also where it delivered nothing. */
function sumsOf(tx: TxCtx, asked: LevelAsked, { windows, at }: Pick<Delivered, "windows" | "at">): SQL {
  const { level, part, currency } = asked;
  const { account, entity, grain } = tables[level];
  const isBrands = level === "brands";
  const delivered = deliveredIn(tx, { windows, at, part, grain });
  const owned = sql`join accounts a on a.agency_id = ${tx.agencyId} and a.id = w.account`;
  const everyAccount = sql`${windowRows(windows)} ${owned} left join ${accountDays(tx, at)} r
    on r.agency_id = ${tx.agencyId} and r.account_id = w.account and r.day between w."from" and w."to"`;
  const rows = !isBrands ? delivered : isWhole(part) ? everyAccount : sql`${delivered} ${owned}`;
  const money = isBrands ? sql`coalesce(r.currency, a.currency)` : sql`r.currency`;
  const only = currency === null ? sql`` : sql`where ${money} = ${currency}`;
  return sql`(select ${tx.agencyId}::uuid as agency_id, ${account} as account_id, ${entity} as entity, ${money} as currency, ${summed}
    from ${rows} ${only} group by 2, 3, 4) s`;
}

function orderOf(sort: ListQuery["sort"], first: MetricId): SQL {
  const field = sort?.field ?? first;
  const column = isMetricId(field) ? metricSql(field) : sql`n.name`;
  return sql`${column} ${sql.raw((sort?.order ?? "desc") === "desc" ? "desc" : "asc")} nulls last, n.name, s.account_id, s.entity, s.currency`;
}

const read = (row: Record<string, unknown>): LevelSums => ({
  accountId: (row.account_id as string | null) ?? null,
  entity: String(row.entity),
  currency: String(row.currency),
  sums: sumRow(row),
});

const text = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

/** Over the range; the largest by `first` where no order is asked. */
export async function selectLevel(
  tx: TxCtx,
  asked: LevelAsked,
  { sort, search, start, limit, first }: ListQuery & { first: MetricId },
): Promise<ListResult<NamedSums>> {
  const { scope, level } = asked;
  if (scope.accounts.length === 0) return { items: [], total: 0 };
  const { names, detail, listed } = tables[level];
  const pattern = search === null ? null : likePattern(search);
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    select s.*, n.name, ${detail} as detail, ${listed ? sql`n.state, n.delivery_status` : sql`null as state, null as delivery_status`},
      count(*) over ()::int as total
    from ${sumsOf(tx, asked, { windows: windowsOf(scope.accounts), at: scope.at })} ${names}
    ${pattern === null ? sql`` : sql`where n.name ilike ${pattern} or s.entity ilike ${pattern}`}
    order by ${orderOf(sort, first)} limit ${limit} offset ${start}`);
  const items = rows.map((row) => ({
    ...read(row),
    name: text(row.name),
    detail: text(row.detail) || null,
    state: text(row.state),
    deliveryStatus: text(row.delivery_status),
  }));
  if (items.length > 0 || start === 0) return { items, total: Number(rows[0]?.total ?? 0) };
  // Past the end no row tells how many there are.
  const { total } = await selectLevel(tx, asked, { sort, search, start: 0, limit: 1, first, filters: [] });
  return { items, total };
}

/** Of these entities (`<account>:<id>`, or a brand's id), over the days that the range is compared with. */
export async function previousSums(tx: TxCtx, asked: LevelAsked, keys: readonly string[]): Promise<LevelSums[]> {
  const { accounts, previousAt: at } = asked.scope;
  if (keys.length === 0) return [];
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    select s.* from ${sumsOf(tx, asked, { windows: windowsOf(accounts, false), at })}
    where ${keyOf} = any(${list(keys)}::text[])`);
  return rows.map(read);
}

export interface LevelDay extends LevelSums {
  day: string;
}

/** Of these entities, the columns of one metric by day of the range. */
export async function levelDays(
  tx: TxCtx,
  asked: LevelAsked,
  { keys, metric }: { keys: readonly string[]; metric: MetricId },
): Promise<LevelDay[]> {
  const { scope, part, level } = asked;
  if (keys.length === 0) return [];
  const { source } = metricOf(metric);
  const columns = typeof source === "string" ? [source] : [source.over, source.under];
  const sums = sql.raw(
    columns.map((column) => `sum(r.${columnName(column)})::text as ${columnName(column)}`).join(", "),
  );
  const { account, entity, grain } = tables[level];
  const delivered = deliveredIn(tx, { windows: windowsOf(scope.accounts), at: scope.at, part, grain });
  const accounts =
    level === "brands" ? sql`join accounts a on a.agency_id = ${tx.agencyId} and a.id = r.account_id` : sql``;
  const key = sql`coalesce(${account} || ':', '') || ${entity}`;
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    select ${account} as account_id, ${entity} as entity, r.currency, r.day::text, ${sums}
    from ${delivered} ${accounts} where ${key} = any(${list(keys)}::text[]) group by 1, 2, 3, 4`);
  const none = noSums();
  return rows.map(({ account_id, entity: id, currency, day, ...row }) => ({
    accountId: text(account_id),
    entity: String(id),
    currency: String(currency),
    day: String(day),
    sums: { ...none, ...Object.fromEntries(columns.map((one) => [one, BigInt(String(row[columnName(one)] ?? 0))])) },
  }));
}
