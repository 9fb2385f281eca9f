// Sums by day out of the rollups, or as they stood at a moment: the range, and the days it is compared with.
import { type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { columnName, metricNames } from "./fact-store";
import { sourceColumns } from "./metric";
import type { Sums } from "./metrics";
import { hidesMoney } from "./money";
import { isWhole, type Part } from "./part";
import { conversionOf, pricedColumns, pricedRows } from "./pricing-store";
import type { Conversion } from "./rate-contract";
import { type DayRange, rollupSource } from "./report-types";
import type { Scope, ScopedAccount } from "./scope";
import { accountDays, campaignDays, factsAt, type Span } from "./version-store";

export interface DaySums {
  currency: string;
  day: string;
  /** In the range; else in the days it is compared with. */
  current: boolean;
  sums: Sums;
}

export const sumRow = (row: Record<string, unknown>): Sums =>
  Object.fromEntries(sourceColumns.map((column) => [column, BigInt(String(row[columnName(column)] ?? 0))])) as Sums;

export const sumColumns = (alias: string) =>
  metricNames.map((name) => `sum(${alias}.${name})::text as ${name}`).join(", ");

/** All that the accounts delivered, or a part of it: the range, and the days it is compared with. */
export async function daySums(tx: TxCtx, scope: Seen, part: Part = {}): Promise<(DaySums & { accountId: string })[]> {
  const found = await inWindows(scope, (windows, at) => sumsIn(tx, { windows, at, part }));
  return found.map((row) => ({
    accountId: String(row.account_id),
    currency: String(row.currency),
    day: String(row.day),
    current: row.current === true,
    sums: sumRow(row),
  }));
}

export interface Window {
  account: string;
  from: string;
  to: string;
  current: boolean;
}

/** Accounts with their days and the moments these are seen as of. */
export type Seen = Pick<Scope, "accounts" | "at" | "previousAt">;

/** The accounts' own days of the range, or those it is compared with. */
export const windowsOf = (accounts: readonly ScopedAccount[], current = true): Window[] =>
  accounts.map(({ id, range }) => {
    const { from, to } = current ? range : range.previous;
    return { account: id, from, to, current };
  });

/** Asks once where both windows are seen as of one moment. */
export async function inWindows<T>(
  { accounts, at, previousAt }: Seen,
  ask: (windows: Window[], at: Date | null) => Promise<T[]>,
): Promise<T[]> {
  const [current, previous] = [windowsOf(accounts, true), windowsOf(accounts, false)];
  if (at?.getTime() === previousAt?.getTime()) return ask([...current, ...previous], at);
  return [...(await ask(current, at)), ...(await ask(previous, previousAt))];
}

export const windowRows = (windows: readonly Window[]): SQL =>
  sql`json_to_recordset(${JSON.stringify(windows)}::json) as w(account uuid, "from" date, "to" date, current boolean)`;

/** What is told apart: from the smallest table that can. */
export type Grain = "account" | "campaign" | "fact";

export interface Delivered {
  windows: Window[];
  at: Date | null;
  part: Part;
  /** The least that must be told apart; the part may need more. */
  grain?: Grain;
}

const grainOf = ({ part, grain = "account" }: Delivered): Grain => {
  if (grain === "fact" || part.adGroupId !== undefined || part.creativeId !== undefined) return "fact";
  return grain === "campaign" || part.campaignId !== undefined ? "campaign" : "account";
};

/** Rows `r` that were delivered in the windows `w`, for a `from`: out of the rollups, below campaigns out of the facts. */
export function deliveredIn(tx: TxCtx, of: Delivered): SQL {
  const { windows, at, part } = of;
  const grain = grainOf(of);
  const tables: Record<Grain, () => SQL> = {
    account: () => accountDays(tx, at),
    campaign: () => campaignDays(tx, at, spanOf(windows)),
    fact: () => factsAt(tx, at, spanOf(windows)),
  };
  const ofReport = grain === "fact" ? sql`and r.report_type = ${rollupSource}` : sql``;
  return sql`${windowRows(windows)} join ${tables[grain]()} r on r.agency_id = ${tx.agencyId} and r.account_id = w.account
    and r.day between w."from" and w."to" ${ofReport} ${isWhole(part) ? sql`` : onlyPart(part)}`;
}

const onlyPart = ({ campaignId, adGroupId, creativeId }: Part): SQL => sql`
  ${campaignId === undefined ? sql`` : sql`and r.campaign_id = ${campaignId}`}
  ${adGroupId === undefined ? sql`` : sql`and r.ad_group_id = ${adGroupId}`}
  ${creativeId === undefined ? sql`` : sql`and r.creative_id = ${creativeId}`}`;

function sumsIn(tx: TxCtx, of: Delivered): Promise<Record<string, unknown>[]> {
  return tx.db.execute<Record<string, unknown>>(sql`
    select r.account_id, r.currency, r.day::text, w.current, ${sql.raw(sumColumns("r"))}
    from ${deliveredIn(tx, of)} group by 1, 2, 3, 4`);
}

/** By currency: what the accounts delivered in the range, of all campaigns or of those with these ids of Amazon. */
export async function totalSums(
  tx: TxCtx,
  accounts: readonly ScopedAccount[],
  campaignIds?: readonly string[],
): Promise<{ currency: string; sums: Sums }[]> {
  const grain = campaignIds ? "campaign" : "account";
  const ofCampaigns = campaignIds ? sql`where r.campaign_id = any(${arrayLiteral(campaignIds)}::text[])` : sql``;
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    select r.currency, ${sql.raw(sumColumns("r"))}
    from ${deliveredIn(tx, { windows: windowsOf(accounts), at: null, part: {}, grain })} ${ofCampaigns} group by 1`);
  return rows.map((row) => ({ currency: String(row.currency), sums: sumRow(row) }));
}

/** All accounts and days that windows touch. */
export const spanOf = (windows: readonly Window[]): Span => ({
  accountIds: [...new Set(windows.map(({ account }) => account))],
  from: windows.map(({ from }) => from).sort()[0] ?? "",
  to:
    windows
      .map(({ to }) => to)
      .sort()
      .at(-1) ?? "",
});

/** Days for which Amazon has answered. */
export interface KnownDays {
  /** Of at least one account. */
  some: ReadonlySet<string>;
  /** Of every account that has the day in its window. */
  all: ReadonlySet<string>;
}

/** By account and day: when Amazon was last asked for it. */
export type AnsweredDays = Map<string, Map<string, Date>>;

export async function knownDays(tx: TxCtx, scope: Seen): Promise<AnsweredDays> {
  const rows = await inWindows(scope, (windows, at) => {
    const then = at === null ? sql`` : sql`and d.first_known_at <= ${at.toISOString()}`;
    return tx.db.execute<{ account_id: string; day: string; at: string }>(sql`
      select d.account_id, d.day::text, ${askedAt(at)} as at from ${windowRows(windows)} join fact_days d
        on d.agency_id = ${tx.agencyId} and d.account_id = w.account and d.report_type = ${rollupSource}
          and d.day between w."from" and w."to" ${then}`);
  });
  const known: AnsweredDays = new Map(scope.accounts.map(({ id }) => [id, new Map()]));
  for (const row of rows) known.get(row.account_id)?.set(row.day, new Date(row.at));
  return known;
}

const askedAt = (at: Date | null): SQL =>
  at === null
    ? sql`d.observed_at`
    : sql`coalesce((select max(v.known_at) from account_day_versions v where v.agency_id = d.agency_id
        and v.account_id = d.account_id and v.day = d.day and v.known_at <= ${at.toISOString()}), d.first_known_at)`;

/** What is known of the accounts together. */
export function knownTogether(accounts: readonly ScopedAccount[], known: AnsweredDays): KnownDays {
  const some = new Set(accounts.flatMap(({ id }) => [...(known.get(id)?.keys() ?? [])]));
  const within = ({ from, to }: DayRange, day: string) => from <= day && day <= to;
  const misses = ({ id, range }: ScopedAccount, day: string) =>
    (within(range, day) || within(range.previous, day)) && !known.get(id)?.has(day);
  return { some, all: new Set([...some].filter((day) => !accounts.some((account) => misses(account, day)))) };
}

export interface PartSums {
  id: string;
  sums: Sums;
  conversion: Conversion | null;
}

/** Of a campaign of the first account. */
type LookedInto = Pick<Scope, "accounts" | "at" | "pricing"> & { campaignId: string };

/** A campaign's sums by ad group or by creative. */
export async function partSums(
  tx: TxCtx,
  { accounts, campaignId, at, pricing }: LookedInto,
  part: "ad_group_id" | "creative_id",
): Promise<PartSums[]> {
  const from = deliveredIn(tx, { windows: windowsOf(accounts), at, part: { campaignId }, grain: "fact" });
  const order = sql.raw(hidesMoney(accounts) ? "impressions" : "total_cost");
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    select r.${sql.raw(part)} as id, ${sql.raw(sumColumns("r"))} ${pricing ? sql`, ${pricedColumns(pricing)}` : sql``}
    from ${pricing ? pricedRows({ from, by: [part] }, pricing) : from} group by 1 order by sum(r.${order}) desc nulls last, 1`);
  return rows.map((row) => ({
    id: String(row.id),
    sums: sumRow(row),
    conversion: pricing && conversionOf(row, pricing),
  }));
}
