// How the sync of each account stands, out of the runs of its campaigns and their report; report-coverage.ts has the other types.

import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { rollupSource } from "./report-types";

/** What an account's own state is read from. */
const quoted = ["entities", rollupSource].map((subject) => `'${subject}'`).join(", ");

export interface SyncFacts {
  accountId: string;
  amazonId: string;
  region: "NA" | "EU" | "FE";
  canReport: boolean;
  reportPullsPerDay: number | null;
  reportsReason: string | null;
  /** Can a connection read its campaigns now? */
  reachable: boolean;
  backfillTotal: number;
  backfillDone: number;
  backfillFailed: number;
  plannedDays: number;
  knownDays: number;
  open: number;
  /** Of a run that waits for more than the next poll. */
  openNote: string | null;
  nextAt: string | null;
  /** Of what failed when it was last tried. */
  failedNote: string | null;
  rejectedRows: number;
  entitiesSyncedAt: string | null;
}

/** A plan takes Postgres longer than the work: told nothing of how many accounts there are, it keeps one. */
export async function syncFacts(tx: TxCtx, accountIds: readonly string[]): Promise<Map<string, SyncFacts>> {
  const rows = await tx.sql.unsafe<SyncFacts[]>(
    `select a.id as "accountId", a.amazon_id as "amazonId", a.region,
      coalesce((a.capabilities -> 'reports' ->> 'ok')::boolean, false) as "canReport",
      a.report_pulls_per_day as "reportPullsPerDay",
      a.capabilities -> 'reports' ->> 'reason' as "reportsReason",
      coalesce((a.capabilities -> 'campaigns' ->> 'ok')::boolean, false) and exists (
        select from account_access x join connections k on k.agency_id = x.agency_id and k.id = x.connection_id
        where x.agency_id = a.agency_id and x.account_id = a.id and k.state in ('healthy', 'expiring', 'degraded')
      ) as reachable,
      b."backfillTotal", b."backfillDone", b."backfillFailed", b."plannedDays", o.open, o."openNote", o."nextAt",
      (select coalesce(sum(rows_rejected), 0)::int from sync_runs s
        where s.agency_id = a.agency_id and s.account_id = a.id and s.rows_rejected > 0) as "rejectedRows",
      (select count(*)::int from fact_days d where d.agency_id = a.agency_id and d.account_id = a.id
        and d.report_type = '${rollupSource}') as "knownDays",
      last.note as "failedNote", e.synced_at as "entitiesSyncedAt"
    from accounts a
    left join coverage e on e.agency_id = a.agency_id and e.account_id = a.id and e.subject = 'entities'
    cross join lateral (
      select count(*)::int as "backfillTotal",
        count(*) filter (where state = 'done')::int as "backfillDone",
        count(*) filter (where state = 'failed')::int as "backfillFailed",
        coalesce(sum(range_end - range_start + 1), 0)::int as "plannedDays"
      from sync_runs s where s.agency_id = a.agency_id and s.account_id = a.id and s.kind = 'backfill' and s.subject = '${rollupSource}'
    ) b
    cross join lateral (
      select count(*)::int as open, max(note) as "openNote", min(next_at) as "nextAt"
      from sync_runs s where s.agency_id = a.agency_id and s.account_id = a.id and s.state in ('due', 'requested')
        and s.subject in (${quoted})
    ) o
    left join lateral (
      select latest.note from unnest(array[${quoted}]) subjects (name) cross join lateral (
        select state, note from sync_runs s
        where s.agency_id = a.agency_id and s.account_id = a.id and s.subject = subjects.name and s.state in ('done', 'failed')
        order by finished_at desc, id desc limit 1
      ) latest where latest.state = 'failed' order by subjects.name limit 1
    ) last on true
    where a.agency_id = $1::uuid and a.id = any((select $2::uuid[])::uuid[])`,
    [tx.agencyId, arrayLiteral(accountIds)],
  );
  return new Map(rows.map((row) => [row.accountId, { ...row }]));
}

/** What a new agency has done so far. */
export async function journeyFacts(tx: TxCtx): Promise<{ connections: number; advertisers: number; assigned: number }> {
  const [row] = await tx.sql.unsafe<{ connections: number; advertisers: number; assigned: number }[]>(
    `select (select count(*)::int from connections where agency_id = $1::uuid and state <> 'disconnected') as connections,
      count(*)::int as advertisers, count(brand_id)::int as assigned
    from accounts where agency_id = $1::uuid and kind = 'dsp_advertiser'`,
    [tx.agencyId],
  );
  return row ?? { connections: 0, advertisers: 0, assigned: 0 };
}

/** Brands whose numbers the actor may see, the archived left out. */
export async function brandNames(tx: TxCtx): Promise<{ id: string; name: string }[]> {
  const rows = await tx.sql.unsafe<{ id: string; name: string }[]>(
    "select id, name from brands where agency_id = $1::uuid and archived_at is null order by name, id",
    [tx.agencyId],
  );
  const seen = tx.brandsWith("insights.read");
  return rows.filter(({ id }) => seen === "all" || seen.includes(id)).map(({ id, name }) => ({ id, name }));
}
