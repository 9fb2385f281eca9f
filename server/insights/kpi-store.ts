// Sums by day out of the rollups: the range and as many days before it in one query.
import type { TxCtx } from "../core/context";
import { columnName, metricNames } from "./fact-store";
import { sourceColumns } from "./metric";
import type { Sums } from "./metrics";
import { rollupSource } from "./report-types";
import type { ScopedAccount } from "./scope";

export interface DaySums {
  currency: string;
  day: string;
  /** In the range; else in the days before it. */
  current: boolean;
  sums: Sums;
}

export const sumRow = (row: Record<string, unknown>): Sums =>
  Object.fromEntries(sourceColumns.map((column) => [column, BigInt(String(row[columnName(column)] ?? 0))])) as Sums;

export const sumColumns = (alias: string) =>
  metricNames.map((name) => `sum(${alias}.${name})::text as ${name}`).join(", ");

/** The accounts' own days as rows: `account`, `from`, `to`, and `previous`, the first of the days before. */
export const windowsOf = (accounts: readonly ScopedAccount[]): string =>
  JSON.stringify(
    accounts.map(({ id, range }) => ({ account: id, from: range.from, to: range.to, previous: range.previous.from })),
  );

export const windowRows = `json_to_recordset($2::json) as w(account uuid, "from" date, "to" date, previous date)`;

/** One account's campaign, or all campaigns of the accounts. */
export async function daySums(
  tx: TxCtx,
  accounts: readonly ScopedAccount[],
  campaignId?: string,
): Promise<(DaySums & { accountId: string })[]> {
  const table = campaignId === undefined ? "rollup_account_day" : "rollup_campaign_day";
  const only = campaignId === undefined ? "" : "and r.campaign_id = $3";
  const rows = await tx.sql.unsafe(
    `select r.account_id, r.currency, r.day::text, r.day >= w."from" as current, ${sumColumns("r")}
    from ${windowRows} join ${table} r
      on r.agency_id = $1::uuid and r.account_id = w.account and r.day between w.previous and w."to" ${only}
    group by 1, 2, 3, 4`,
    [tx.agencyId, windowsOf(accounts), ...(campaignId === undefined ? [] : [campaignId])],
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    currency: row.currency,
    day: row.day,
    current: row.current,
    sums: sumRow(row),
  }));
}

/** Days for which Amazon has answered. */
export interface KnownDays {
  /** Of at least one account. */
  some: ReadonlySet<string>;
  /** Of every account that has the day in its window. */
  all: ReadonlySet<string>;
}

export async function knownDays(tx: TxCtx, accounts: readonly ScopedAccount[]): Promise<Map<string, Set<string>>> {
  const rows = await tx.sql.unsafe(
    `select d.account_id, d.day::text from ${windowRows} join fact_days d
      on d.agency_id = $1::uuid and d.account_id = w.account and d.report_type = $3 and d.day between w.previous and w."to"`,
    [tx.agencyId, windowsOf(accounts), rollupSource],
  );
  const known = new Map(accounts.map(({ id }) => [id, new Set<string>()]));
  for (const row of rows) known.get(row.account_id)?.add(String(row.day));
  return known;
}

/** What is known of the accounts together. */
export function knownTogether(accounts: readonly ScopedAccount[], known: Map<string, Set<string>>): KnownDays {
  const some = new Set(accounts.flatMap(({ id }) => [...(known.get(id) ?? [])]));
  const misses = ({ id, range }: ScopedAccount, day: string) =>
    range.previous.from <= day && day <= range.to && !known.get(id)?.has(day);
  return { some, all: new Set([...some].filter((day) => !accounts.some((account) => misses(account, day)))) };
}

export interface PartSums {
  id: string;
  sums: Sums;
}

/** A campaign's sums by ad group or by creative. */
export async function partSums(
  tx: TxCtx,
  { account, campaignId }: { account: ScopedAccount; campaignId: string },
  part: "ad_group_id" | "creative_id",
): Promise<PartSums[]> {
  const rows = await tx.sql.unsafe(
    `select f.${part} as id, ${sumColumns("f")} from facts f
    where f.agency_id = $1::uuid and f.account_id = $2::uuid and f.report_type = $3 and f.campaign_id = $4
      and f.day between $5::date and $6::date
    group by 1 order by sum(f.total_cost) desc, 1`,
    [tx.agencyId, account.id, rollupSource, campaignId, account.range.from, account.range.to],
  );
  return rows.map((row) => ({ id: row.id, sums: sumRow(row) }));
}
