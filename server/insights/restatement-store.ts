// Account days whose versions differ between two moments.
import { type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import type { ListQuery, ListResult } from "../core/query";
import { metricNames } from "./fact-store";
import type { Restatement } from "./history-contract";
import { sumRow, windowRows, windowsOf } from "./kpi-store";
import type { Sums } from "./metrics";
import type { ScopedAccount } from "./scope";

export interface MovedDay {
  accountId: string;
  day: string;
  currency: string;
  before: Sums | null;
  after: Sums;
  movedAt: Date;
  age: number;
  changes: number;
  cause: Restatement["cause"];
}

interface Between {
  accounts: readonly ScopedAccount[];
  since: Date;
  until: Date;
}

const raw = (text: string) => sql.raw(text);
const of = (alias: string) => metricNames.map((name) => `${alias}.${name}`).join(", ");
const named = (alias: string, prefix: string) =>
  metricNames.map((name) => `${alias}.${name}::text as ${prefix}${name}`).join(", ");

/** The newest day first. A day that had just begun, or had not, did not move: it came. */
export async function movedDays(
  tx: TxCtx,
  { accounts, since, until }: Between,
  { start, limit }: Pick<ListQuery, "start" | "limit">,
): Promise<ListResult<MovedDay>> {
  const lastBy = (moment: Date): SQL => sql`(select distinct on (v.day, v.currency) v.* from account_day_versions v
    where v.agency_id = ${tx.agencyId} and v.account_id = w.account and v.day between w."from" and w."to"
      and v.known_at <= ${moment.toISOString()} order by v.day, v.currency, v.known_at desc)`;
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    with moved as (
      select w.account, n.day, n.currency, ${raw(named("n", "after_"))}, ${raw(named("b", "before_"))},
        b.known_at is not null as known
      from ${windowRows(windowsOf(accounts))}
      cross join lateral ${lastBy(until)} n
      left join lateral ${lastBy(since)} b on b.day = n.day and b.currency = n.currency
      where case when b.known_at is null then n.day < (${since.toISOString()}::timestamptz - interval '1 day')::date
        else (${raw(of("b"))}) is distinct from (${raw(of("n"))}) end)
    select m.*, m.day::text as day, c.known_at, c.age, c.cause, c.changes, count(*) over ()::int as total
    from moved m
    cross join lateral (
      select last_value(s.known_at) over whole as known_at, last_value(s.age) over whole as age,
        last_value(s.cause) over whole as cause, count(*) over ()::int as changes
      from (
        select v.known_at, v.age, v.cause, (${raw(of("v"))}) is distinct from (${raw(metricNames.map((name) => `lag(v.${name}) over one`).join(", "))}) as differs
        from account_day_versions v
        where v.agency_id = ${tx.agencyId} and v.account_id = m.account and v.day = m.day and v.currency = m.currency
          and v.known_at <= ${until.toISOString()}
        window one as (order by v.known_at)) s
      where s.differs and s.known_at > ${since.toISOString()}
      window whole as (order by s.known_at rows between unbounded preceding and unbounded following)
      limit 1) c
    order by m.day desc, m.account limit ${limit} offset ${start}`);
  return { items: rows.map(read), total: Number(rows[0]?.total ?? 0) };
}

const sums = (row: Record<string, unknown>, prefix: string): Sums =>
  sumRow(Object.fromEntries(metricNames.map((name) => [name, row[`${prefix}${name}`]])));

const read = (row: Record<string, unknown>): MovedDay => ({
  accountId: String(row.account),
  day: String(row.day),
  currency: String(row.currency),
  before: row.known === true ? sums(row, "before_") : null,
  after: sums(row, "after_"),
  movedAt: new Date(String(row.known_at)),
  age: Number(row.age),
  changes: Number(row.changes),
  cause: row.cause as MovedDay["cause"],
});
