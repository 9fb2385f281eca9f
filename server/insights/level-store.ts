// What each brand, campaign, ad group or creative of a scope delivered: sorted and cut in the database, then the days of those that are shown.
import { type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { type ListQuery, type ListResult, likePattern } from "../core/query";
import { metricSql } from "./campaign-store";
import { columnName, metricNames } from "./fact-store";
import { type Delivered, deliveredIn, type Grain, sumRow, windowRows, windowsOf } from "./kpi-store";
import type { Level } from "./level-contract";
import { isMetricId, type MetricId, metricOf, noSums, type Sums } from "./metrics";
import { isWhole, type Within } from "./part";
import { conversionOf, type Pricing, pricedColumns, pricedRows, unpricedLast } from "./pricing-store";
import type { Conversion } from "./rate-contract";
import { accountDays } from "./version-store";

export interface LevelSums {
  /** A brand's id or Amazon's id; with it the account's, but for brands. */
  accountId: string | null;
  entity: string;
  currency: string;
  sums: Sums;
  /** Null: its money is as it was paid. */
  conversion: Conversion | null;
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
  /** The columns of `r` that tell it, beside the account. */
  by: string[];
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
    by: [],
    account: sql`null::uuid`,
    entity: sql`coalesce(a.brand_id::text, '')`,
    names: sql`left join brands n on n.agency_id = s.agency_id and n.id::text = s.entity`,
    detail: sql`null::text`,
    listed: false,
  },
  campaigns: {
    grain: "campaign",
    by: ["campaign_id"],
    account: sql`r.account_id`,
    entity: sql`r.campaign_id`,
    names: sql`left join campaigns n on ${ofAccount} and n.campaign_id = s.entity
      left join accounts p on p.agency_id = s.agency_id and p.id = s.account_id`,
    detail: sql`p.name`,
    listed: true,
  },
  adGroups: {
    grain: "fact",
    by: ["ad_group_id"],
    account: sql`r.account_id`,
    entity: sql`r.ad_group_id`,
    names: sql`left join ad_groups n on ${ofAccount} and n.ad_group_id = s.entity
      left join campaigns p on p.agency_id = s.agency_id and p.account_id = s.account_id and p.campaign_id = n.campaign_id`,
    detail: sql`p.name`,
    listed: true,
  },
  creatives: {
    grain: "fact",
    by: ["creative_id"],
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
function sumsOf(tx: TxCtx, asked: LevelAsked, { windows, at }: When): SQL {
  const { level, part, currency, scope } = asked;
  const { pricing } = scope;
  const { account, entity } = tables[level];
  const isBrands = level === "brands";
  const everyAccount = isBrands && isWhole(part);
  const rows = everyAccount ? accountsWithDays(tx, asked, { windows, at }) : deliveredRows(tx, asked, { windows, at });
  const paidIn = sql.raw(pricing ? "r.paid_in" : "r.currency");
  const native = isBrands ? sql`coalesce(${paidIn}, a.currency)` : paidIn;
  const only = currency === null ? sql`` : sql`where ${native} = ${currency}`;
  return sql`(select ${tx.agencyId}::uuid as agency_id, ${account} as account_id, ${entity} as entity,
      ${pricing ? sql`${pricing.to}::text` : native} as currency, ${summed} ${pricing ? sql`, ${pricedColumns(pricing)}` : sql``}
    from ${rows} ${only} group by 2, 3, 4) s`;
}

type When = Pick<Delivered, "windows" | "at">;

/** Rows `r` of the level that were delivered, of brands with their accounts `a`. */
function deliveredRows(tx: TxCtx, { level, part, scope: { pricing } }: LevelAsked, when: When): SQL {
  const { grain, by } = tables[level];
  const from = deliveredIn(tx, { ...when, part, grain });
  const rows = pricing ? pricedRows({ from, by }, pricing) : from;
  return level === "brands"
    ? sql`${rows} join accounts a on a.agency_id = ${tx.agencyId} and a.id = r.account_id`
    : rows;
}

/** All accounts `a` with their rows `r`, if there are any. */
function accountsWithDays(tx: TxCtx, { scope: { pricing } }: LevelAsked, { windows, at }: When): SQL {
  const accounts = sql`${windowRows(windows)} join accounts a on a.agency_id = ${tx.agencyId} and a.id = w.account`;
  if (pricing) {
    const from = deliveredIn(tx, { windows, at, part: {} });
    return sql`${accounts} left join ${pricedRows({ from, by: [] }, pricing)} on r.account_id = w.account`;
  }
  return sql`${accounts} left join ${accountDays(tx, at)} r
    on r.agency_id = ${tx.agencyId} and r.account_id = w.account and r.day between w."from" and w."to"`;
}

function orderOf({ sort, first }: Ordered, pricing: Pricing | null): SQL {
  const field = sort?.field ?? first;
  const column = isMetricId(field) ? metricSql(field) : sql`n.name`;
  return sql`${unpricedLast(pricing, field)} ${column} ${sql.raw((sort?.order ?? "desc") === "desc" ? "desc" : "asc")} nulls last, n.name, s.account_id, s.entity, s.currency`;
}

interface Ordered {
  sort: ListQuery["sort"];
  first: MetricId;
}

const read = (row: Record<string, unknown>, pricing: Pricing | null): LevelSums => ({
  accountId: (row.account_id as string | null) ?? null,
  entity: String(row.entity),
  currency: String(row.currency),
  sums: sumRow(row),
  conversion: pricing && conversionOf(row, pricing),
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
    order by ${orderOf({ sort, first }, scope.pricing)} limit ${limit} offset ${start}`);
  const items = rows.map((row) => ({
    ...read(row, scope.pricing),
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
  const { accounts, previousAt: at, pricing } = asked.scope;
  if (keys.length === 0) return [];
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    select s.* from ${sumsOf(tx, asked, { windows: windowsOf(accounts, false), at })}
    where ${keyOf} = any(${arrayLiteral(keys)}::text[])`);
  return rows.map((row) => read(row, pricing));
}

export interface LevelDay extends Omit<LevelSums, "conversion"> {
  day: string;
  /** Whether it has money and no rate: what is said of it is less than all. */
  unpriced: boolean;
}

/** Of these entities, the columns of one metric by day of the range. */
export async function levelDays(
  tx: TxCtx,
  asked: LevelAsked,
  { keys, metric }: { keys: readonly string[]; metric: MetricId },
): Promise<LevelDay[]> {
  const { scope, level } = asked;
  if (keys.length === 0) return [];
  const { source } = metricOf(metric);
  const columns = typeof source === "string" ? [source] : [source.over, source.under];
  const sums = sql.raw(
    columns.map((column) => `sum(r.${columnName(column)})::text as ${columnName(column)}`).join(", "),
  );
  const { account, entity } = tables[level];
  const delivered = deliveredRows(tx, asked, { windows: windowsOf(scope.accounts), at: scope.at });
  const unpriced = sql.raw(scope.pricing ? "bool_or(r.unpriced)" : "false");
  const key = sql`coalesce(${account} || ':', '') || ${entity}`;
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    select ${account} as account_id, ${entity} as entity, r.currency, r.day::text, ${unpriced} as unpriced, ${sums}
    from ${delivered} where ${key} = any(${arrayLiteral(keys)}::text[]) group by 1, 2, 3, 4`);
  const none = noSums();
  return rows.map(({ account_id, entity: id, currency, day, unpriced: isUnpriced, ...row }) => ({
    accountId: text(account_id),
    entity: String(id),
    currency: String(currency),
    day: String(day),
    unpriced: isUnpriced === true,
    sums: { ...none, ...Object.fromEntries(columns.map((one) => [one, BigInt(String(row[columnName(one)] ?? 0))])) },
  }));
}
