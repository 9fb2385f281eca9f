// What was known when: an account's day as it stood after each answer of Amazon's, and facts as they stood at a moment.
import { type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { metricNames } from "./fact-store";
import { rollupSource } from "./report-types";
import type { ReportRun } from "./stage-rows";

const names = metricNames.join(", ");
const of = (alias: string) => metricNames.map((name) => `${alias}.${name}`).join(", ");
const orNothing = (alias: string) => metricNames.map((name) => `coalesce(${alias}.${name}, 0) as ${name}`).join(", ");

/** Answers that change nothing are kept too, else nobody could tell a settled day from one that was not asked for. */
const keptApart = "12 hours";

/** Keeps how the account's days stand after this answer; days of which a newer answer is known are left alone. */
export async function keepVersions(tx: TxCtx, run: ReportRun): Promise<void> {
  await tx.sql.unsafe(
    `insert into account_day_versions as v (agency_id, account_id, day, currency, known_at, age, cause, ${names})
    select n.agency_id, n.account_id, n.day, n.currency, $6::timestamptz,
      ($6::timestamptz at time zone a.time_zone)::date - n.day,
      coalesce((select kind from sync_runs where agency_id = $1::uuid and id = $5::uuid), 'manual'), ${of("n")}
    from (
      select k.agency_id, k.account_id, k.day, k.currency, ${orNothing("r")} from (
        select agency_id, account_id, day, currency from rollup_account_day
        where agency_id = $1::uuid and account_id = $2::uuid and day between $3::date and $4::date
        union select agency_id, account_id, day, currency from account_day_versions
        where agency_id = $1::uuid and account_id = $2::uuid and day between $3::date and $4::date) k
      left join rollup_account_day r using (agency_id, account_id, day, currency)) n
    join fact_days d on d.agency_id = n.agency_id and d.account_id = n.account_id and d.report_type = $7
      and d.day = n.day and d.run_id = $5::uuid
    join accounts a on a.agency_id = n.agency_id and a.id = n.account_id
    left join lateral (select o.* from account_day_versions o
      where o.agency_id = n.agency_id and o.account_id = n.account_id and o.day = n.day and o.currency = n.currency
      order by o.known_at desc limit 1) last on true
    where last.known_at is null or last.known_at <= $6::timestamptz - interval '${keptApart}'
      or (${of("last")}) is distinct from (${of("n")})
    on conflict (agency_id, account_id, day, currency, known_at)
    do update set ${metricNames.map((name) => `${name} = excluded.${name}`).join(", ")}`,
    [tx.agencyId, run.accountId, run.range.from, run.range.to, run.id, tx.now().toISOString(), rollupSource],
  );
}

/** The accounts and days that are looked at. */
export interface Span {
  accountIds: readonly string[];
  from: string;
  to: string;
}

/** Account days as they stood at the moment, as a table for a join: the rollup, or the last versions until then. */
export const accountDays = (tx: TxCtx, at: Date | null): SQL =>
  at === null
    ? sql`rollup_account_day`
    : sql`lateral (select distinct on (v.day, v.currency) v.* from account_day_versions v
        where v.agency_id = ${tx.agencyId} and v.account_id = w.account and v.day between w."from" and w."to"
          and v.known_at <= ${at.toISOString()} order by v.day, v.currency, v.known_at desc)`;

/** Campaign days as they stood at the moment. */
export const campaignDays = (tx: TxCtx, at: Date | null, span: Span): SQL =>
  at === null
    ? sql`rollup_campaign_day`
    : sql`(select agency_id, account_id, campaign_id, day, currency, ${sql.raw(metricNames.map((name) => `sum(${name})::bigint as ${name}`).join(", "))}
        from ${factsAt(tx, at, span)} f where report_type = ${rollupSource}
        group by agency_id, account_id, campaign_id, day, currency)`;

const factColumns = ["report_type", "campaign_id", "ad_group_id", "creative_id", "segment"];

/** Facts as they stood at the moment: what was known by then and still is, and what was superseded later. */
export function factsAt(tx: TxCtx, at: Date | null, { accountIds, from, to }: Span): SQL {
  if (at === null) return sql`facts`;
  const moment = at.toISOString();
  const columns = (keys: string, values: string) =>
    sql.raw(`${keys}.agency_id, ${keys}.account_id, ${keys}.day, ${factColumns.map((name) => `${keys}.${name}`).join(", ")},
      ${values}.currency, ${of(values)}, ${values}.extra, ${keys}.known_at`);
  const asked = (alias: string) => {
    const the = sql.raw(alias);
    return sql`${the}.agency_id = ${tx.agencyId} and ${the}.account_id = any(${arrayLiteral(accountIds)}::uuid[])
      and ${the}.day between ${from} and ${to} and ${the}.known_at <= ${moment}`;
  };
  return sql`(select ${columns("n", "n")} from facts n where ${asked("n")}
    union all
    select ${columns("o", "was")} from fact_revisions o cross join lateral jsonb_populate_record(null::facts, o.fact) was
    where ${asked("o")} and o.superseded_at > ${moment})`;
}
