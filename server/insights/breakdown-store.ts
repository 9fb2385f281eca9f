// Sums of facts by the values of a dimension, and what one report of the accounts knows of their days.
import { type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { columnName, metricNames } from "./fact-store";
import { spanOf, sumColumns, sumRow, windowRows, windowsOf } from "./kpi-store";
import { type MetricId, metricOf, type Sums } from "./metrics";
import { pricedRows, unpricedLast } from "./pricing-store";
import type { Dimension } from "./report-types";
import type { Scope, ScopedAccount } from "./scope";
import { factsAt } from "./version-store";

/** Accounts with the days that are looked at, and the moment these are seen as of; null: as they are. */
export interface Looked {
  accounts: readonly ScopedAccount[];
  at: Date | null;
}

/** The facts of one report in the accounts' days, as they stood then. */
function factsOf(tx: TxCtx, looked: Looked, type: string): SQL {
  const windows = windowsOf(looked.accounts);
  const facts = factsAt(tx, looked.at, spanOf(windows));
  return sql`${windowRows(windows)} join ${facts} f
    on f.agency_id = ${tx.agencyId} and f.account_id = w.account and f.report_type = ${type} and f.day between w."from" and w."to"`;
}

export interface ValueSums {
  currency: string;
  /** In the order of the dimension's `by`. */
  key: string[];
  name: string | null;
  /** How many values it stands for: more than one where they are the rest. */
  members: number;
  sums: Sums;
  /** Whether some day of its money has no rate. */
  unpriced: boolean;
}

/** Which accounts have facts in which currency: an account's own may have changed since. */
export async function giversOf(
  tx: TxCtx,
  looked: Looked,
  type: string,
): Promise<{ accountId: string; currency: string }[]> {
  const rows = await tx.db.execute<{ accountId: string; currency: string }>(
    sql`select distinct f.account_id as "accountId", f.currency from ${factsOf(tx, looked, type)}`,
  );
  return [...rows];
}

export interface SumsOf {
  type: string;
  dimension: Dimension;
  campaignId?: string | undefined;
  /** The metric whose column orders them. */
  by: MetricId;
  /** How many values of a currency are told apart. */
  limit: number;
}

/** The first values of each currency, then what the others add up to. */
export async function valueSums(tx: TxCtx, looked: Looked & Pick<Scope, "pricing">, of: SumsOf): Promise<ValueSums[]> {
  if (looked.accounts.length === 0) return [];
  const { pricing } = looked;
  const { dimension, campaignId, limit, by } = of;
  const keys = dimension.by.map((_, index) => `k${index}`);
  const picked = sql.join(
    dimension.by.map((key, index) => sql`${keyOf(dimension, key)} as ${sql.raw(keys[index] ?? "")}`),
    sql`, `,
  );
  const named = sql.raw(keys.join(", "));
  const only = campaignId === undefined ? sql`` : sql`and f.campaign_id = ${campaignId}`;
  const facts = sql`(select f.account_id, f.day, f.currency, ${picked}, ${nameOf(dimension)} as name,
    ${sql.raw(metricNames.map((name) => `f.${name}`).join(", "))} from ${factsOf(tx, looked, of.type)} ${only}) r`;
  const missing = sql.raw(pricing ? "count(*) filter (where r.unpriced)" : "0");
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    with grouped as (
      select r.currency, ${named}, ${namesOf(dimension)} as name, ${missing} as missing_days,
        ${sql.raw(metricNames.map((name) => `sum(r.${name}) as ${name}`).join(", "))}
      from ${pricing ? pricedRows({ from: facts, by: [...keys, "name"] }, pricing) : facts} group by r.currency, ${named}
    ), placed as (
      select *, least(row_number() over (partition by currency
        order by ${unpricedLast(pricing, by)} ${sql.raw(orderColumn(by))} desc nulls last, ${named}), ${limit + 1}::int) as place
      from grouped s
    )
    select currency, count(*)::int as members, json_build_array(${sql.raw(keys.map((key) => `min(${key})`).join(", "))}) as key,
      min(name) as name, max(missing_days) > 0 as unpriced, ${sql.raw(sumColumns("placed"))}
    from placed group by currency, place order by currency, place`);
  return rows.map((row) => ({
    currency: String(row.currency),
    key: row.key as string[],
    name: row.name as string | null,
    members: Number(row.members),
    sums: sumRow(row),
    unpriced: row.unpriced === true,
  }));
}

const keyOf = ({ ofDays }: Dimension, key: string): SQL =>
  ofDays ? sql`to_char(f.day, 'ID')` : sql`coalesce(f.extra ->> ${key}::text, '')`;

const nameOf = ({ name = "" }: Dimension): SQL => sql`nullif(f.extra ->> ${name}::text, '')`;

const namesOf = ({ ofDays }: Dimension): SQL =>
  ofDays
    ? sql`to_char(max(r.day), 'FMDay') || ', ' || count(distinct r.day) || case count(distinct r.day) when 1 then ' day' else ' days' end`
    : sql`max(r.name)`;

function orderColumn(by: MetricId): string {
  const { source } = metricOf(by);
  return columnName(typeof source === "string" ? source : source.over);
}

export interface TypeReach {
  accountId: string;
  syncedAt: Date | null;
  lastDay: string | null;
  /** Days of the account's window that are here. */
  knownDays: number;
  /** What Amazon said, where it refused the last try. */
  refused: string | null;
}

/** What is here of one report, for each account; at a moment: what was known by then. */
export async function typeReach(tx: TxCtx, looked: Looked, type: string): Promise<TypeReach[]> {
  const { at } = looked;
  const then = at === null ? sql`` : sql`and d.first_known_at <= ${at.toISOString()}`;
  const askedAt = sql.raw(at === null ? "d.observed_at" : "d.first_known_at");
  const rows = await tx.db.execute<
    Omit<TypeReach, "syncedAt"> & { syncedAt: string | null } & Record<string, unknown>
  >(sql`
    select w.account as "accountId", k."syncedAt", k."lastDay", coalesce(k."knownDays", 0) as "knownDays",
      (select case when s.state = 'failed' then s.note end from sync_runs s where s.agency_id = ${tx.agencyId}
        and s.account_id = w.account and s.subject = ${type} and s.state in ('done', 'failed')
        order by s.finished_at desc, s.id desc limit 1) as refused
    from ${windowRows(windowsOf(looked.accounts))} cross join lateral (
      select max(${askedAt}) as "syncedAt", max(d.day)::text as "lastDay",
        count(*) filter (where d.day between w."from" and w."to")::int as "knownDays"
      from fact_days d where d.agency_id = ${tx.agencyId} and d.account_id = w.account and d.report_type = ${type} ${then}) k`);
  return rows.map((row) => ({ ...row, syncedAt: row.syncedAt ? new Date(row.syncedAt) : null }));
}

export interface ReachFact {
  accountId: string;
  /** The first day of the month. */
  day: string;
  reach: string | null;
  frequency: string | null;
  askedAt: string;
}

/** One row a month and account, the newest month first. */
export async function reachFacts(tx: TxCtx, looked: Looked, type: string): Promise<ReachFact[]> {
  if (looked.accounts.length === 0) return [];
  const rows = await tx.db.execute<ReachFact & Record<string, unknown>>(sql`
    select f.account_id as "accountId", f.day::text, f.extra ->> 'reach' as reach, f.extra ->> 'frequencyAverage' as frequency,
      d.observed_at as "askedAt"
    from ${factsOf(tx, looked, type)}
    join fact_days d on d.agency_id = f.agency_id and d.account_id = f.account_id and d.report_type = f.report_type and d.day = f.day
    order by f.day desc, f.account_id`);
  return [...rows];
}
