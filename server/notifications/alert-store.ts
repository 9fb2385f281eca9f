// SQL of open alerts: the latest message about each thing, where it is not over.
import type { TxCtx } from "../core/context";
import type { OpenAlert } from "./open-alerts";

export async function selectLatestAlerts(tx: TxCtx): Promise<OpenAlert[]> {
  const rows = await tx.sql.unsafe<OpenAlert[]>(
    `select l.subject, l.signal, l.title, l.action, l.created_at as at from (
      select distinct on (m.subject ->> 'type', m.subject ->> 'id') m.* from messages m
      where m.agency_id = $1::uuid
      order by m.subject ->> 'type', m.subject ->> 'id', m.created_at desc, m.id
    ) l
    left join connections k on k.agency_id = l.agency_id and l.subject ->> 'type' = 'connection'
      and k.id::text = l.subject ->> 'id'
    where l.signal in ('attention', 'problem')
      and (l.read_at is null or k.state in ('expiring', 'degraded', 'needs_reconsent'))
    order by l.created_at desc, l.id`,
    [tx.agencyId],
  );
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}
