// What has been planned and what has come of the reports that split delivery.
import type { TxCtx } from "../core/context";
import type { ReportHistory } from "./due-reports";
import { rollupSource } from "./report-types";

export interface AccountReports {
  /** Is the campaign report's backfill over? */
  ready: boolean;
  /** Is another type's backfill under way, and not for long? */
  busy: boolean;
  types: Map<string, ReportHistory>;
}

interface Row {
  accountId: string;
  subject: string;
  ready: boolean;
  busy: boolean;
  backfillAt: string | null;
  from: string | null;
  to: string | null;
}

/** Days that are missing are looked for until the day's pull has been planned: they are asked for with it. */
const sql = `select a.id as "accountId", t.subject, c.ready, c.busy, b.at as "backfillAt", m."from"::text, m."to"::text
  from accounts a
  cross join json_to_recordset($2::json) as t(subject text, "from" date, "to" date)
  cross join lateral (
    select count(*) filter (where s.subject = $3) > 0 and count(*) filter (where s.subject = $3 and s.state in ('due', 'requested')) = 0 as ready,
      count(*) filter (where s.subject <> $3 and s.state in ('due', 'requested') and s.created_at > $4::timestamptz) > 0 as busy
    from sync_runs s where s.agency_id = a.agency_id and s.account_id = a.id and s.slot like 'backfill:%'
  ) c
  left join lateral (
    select s.created_at as at from sync_runs s
    where s.agency_id = a.agency_id and s.account_id = a.id and s.subject = t.subject and s.slot = 'backfill:1'
  ) b on true
  left join lateral (
    select min(one.day)::date as "from", max(one.day)::date as "to"
    from generate_series(t."from", t."to", interval '1 day') as one(day)
    where b.at is not null
      and not exists (select from sync_runs s where s.agency_id = a.agency_id and s.account_id = a.id and s.subject = t.subject
        and s.slot = 'settle:' || ($5::timestamptz at time zone a.time_zone)::date || ':1')
      and not exists (select from fact_days d where d.agency_id = a.agency_id and d.account_id = a.id
        and d.report_type = t.subject and d.day = one.day::date)
  ) m on true
  where a.agency_id = $1::uuid and a.kind = 'dsp_advertiser'`;

/** @param windows by type, the days behind its settle window @param since backfills planned before it no longer make an account busy */
export async function reportHistory(
  tx: TxCtx,
  windows: readonly { subject: string; from: string; to: string }[],
  since: Date,
): Promise<Map<string, AccountReports>> {
  const rows = await tx.sql.unsafe<Row[]>(sql, [
    tx.agencyId,
    JSON.stringify(windows),
    rollupSource,
    since.toISOString(),
    tx.now().toISOString(),
  ]);
  const accounts = new Map<string, AccountReports>();
  for (const { accountId, subject, ready, busy, backfillAt, from, to } of rows) {
    const account = accounts.get(accountId) ?? { ready, busy, types: new Map() };
    account.types.set(subject, {
      backfillAt: backfillAt ? new Date(backfillAt) : null,
      missing: from && to ? { from, to } : null,
    });
    accounts.set(accountId, account);
  }
  return accounts;
}
