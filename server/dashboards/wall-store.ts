// Work of brands that did not succeed, counted by brand in one statement.
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";

export interface WorkCounts {
  failedSyncs: number;
  waitingSyncs: number;
  failedChanges: number;
  failedActions: number;
}

type Row = WorkCounts & { brandId: string };

/** Of the brands given. @param since changes and actions that ended earlier are past */
export async function countWork(tx: TxCtx, brandIds: readonly string[], since: Date): Promise<Map<string, WorkCounts>> {
  const seen = tx.brandsWith("actions.read");
  const acting = seen === "all" ? brandIds : brandIds.filter((id) => seen.includes(id));
  const rows = await tx.sql.unsafe<Row[]>(
    `with own as (select id, brand_id from accounts where agency_id = $1::uuid and brand_id = any($2::uuid[])),
    found as (
      select o.brand_id, 'failed_sync' as kind, s.account_id::text || s.subject as what from own o
      join sync_runs s on s.agency_id = $1::uuid and s.account_id = o.id and s.state = 'failed'
      where not exists (select from sync_runs t where t.agency_id = s.agency_id and t.account_id = s.account_id
        and t.subject = s.subject and t.state = 'done' and t.finished_at > s.finished_at)
      union all
      select o.brand_id, 'waiting_sync', s.id::text from own o
      join sync_runs s on s.agency_id = $1::uuid and s.account_id = o.id and s.state in ('due', 'requested')
      where s.note is not null
      union all
      select o.brand_id, 'failed_change', c.id::text from change_sets c
      join change_items i on i.agency_id = c.agency_id and i.set_id = c.id and i.state in ('refused', 'unsure')
      join own o on o.id = i.account_id
      where c.agency_id = $1::uuid and c.state in ('failed', 'partly') and c.ended_at >= $3::timestamptz
      union all
      select r.brand_id, 'failed_action', r.id::text from custom_action_runs r
      where r.agency_id = $1::uuid and r.brand_id = any($4::uuid[]) and r.state in ('failed', 'refused')
        and r.ended_at >= $3::timestamptz and not r.is_test
    )
    select brand_id as "brandId",
      count(distinct what) filter (where kind = 'failed_sync')::int as "failedSyncs",
      count(distinct what) filter (where kind = 'waiting_sync')::int as "waitingSyncs",
      count(distinct what) filter (where kind = 'failed_change')::int as "failedChanges",
      count(distinct what) filter (where kind = 'failed_action')::int as "failedActions"
    from found group by brand_id`,
    [tx.agencyId, arrayLiteral(brandIds), since.toISOString(), arrayLiteral(acting)],
  );
  return new Map(rows.map(({ brandId, ...counts }) => [brandId, { ...counts }]));
}
