// What the audit log says of connections.
import { sql } from "drizzle-orm";
import { auditEvents } from "../audit/tables";
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { connections } from "./tables";

export interface HistoryRow extends Record<string, unknown> {
  id: string;
  connectionId: string;
  at: string;
  action: string;
  actorName: string | null;
  reason: string | null;
  lasted: number | null;
  accounts: number;
  accountNames: string[] | null;
  direction: "left" | "came" | null;
  otherName: string | null;
  total: number;
}

interface Page {
  /** Null: of all connections. */
  connectionIds: readonly string[] | null;
  newestFirst: boolean;
  start: number;
  limit: number;
}

/** Names told of the accounts that moved together. */
const namesTold = 5;

/**
 * A connection's own events; the accounts that left it or came to it, those of one moment as one; and what happened to all
 * connections at once. Names of accounts are those of brands the actor may see.
 */
export async function selectHistory(tx: TxCtx, page: Page): Promise<HistoryRow[]> {
  const seen = tx.brandsWith("accounts.read");
  const mayName = seen === "all" ? sql`true` : sql`brand_id::text = any(${arrayLiteral(seen)}::text[])`;
  const ofThese = page.connectionIds ? sql`and k.id::text = any(${arrayLiteral(page.connectionIds)}::text[])` : sql``;
  const eventsOfThese = page.connectionIds
    ? sql`and target_id = any(${arrayLiteral(page.connectionIds)}::text[])`
    : sql``;
  const direction = page.newestFirst ? sql`desc` : sql`asc`;
  return tx.db.execute<HistoryRow>(sql`
    with events as (
      select * from ${auditEvents} where agency_id = ${tx.agencyId}::uuid
        and ((target_type = 'connection' ${eventsOfThese}) or action = 'connection.keys_rotated'
          or (target_type = 'account' and (before ? 'connectionId' or after ? 'connectionId')))
    ), told as (
      select k.id as connection_id, e.*, null::text as direction, null::text as other_name
      from events e join ${connections} k on k.agency_id = e.agency_id
        and (e.target_id = k.id::text or (e.action = 'connection.keys_rotated' and e.at >= k.created_at))
      where e.target_type <> 'account' ${ofThese}
      union all
      select k.id, e.*, 'left', e.after ->> 'connectionName'
      from events e join ${connections} k on k.agency_id = e.agency_id and e.before ->> 'connectionId' = k.id::text
      where e.target_type = 'account' ${ofThese}
      union all
      select k.id, e.*, 'came', e.before ->> 'connectionName'
      from events e join ${connections} k on k.agency_id = e.agency_id and e.after ->> 'connectionId' = k.id::text
      where e.target_type = 'account' ${ofThese}
    ), lines as (
      select min(id::text) as id, connection_id, max(at) as at, action, direction, other_name,
        case when actor_kind = 'user' then actor_name end as actor_name, max(after ->> 'reason') as reason,
        count(*) filter (where target_type = 'account')::int as accounts,
        (array_agg(target_label order by target_label) filter (where target_type = 'account' and ${mayName}))[1:${namesTold}::int]
          as account_names
      from told group by connection_id, action, request_id, direction, other_name, actor_kind, actor_name,
        date_trunc('minute', at), case when target_type = 'account' then null else id end
    )
    select id || ':' || connection_id as id, connection_id as "connectionId", at::text, action, actor_name as "actorName",
      reason, accounts, account_names as "accountNames", direction, other_name as "otherName",
      count(*) over ()::int as total,
      case when ${changesState(sql`action`)} then (
        select extract(epoch from lines.at - max(e.at))::int from events e
        where e.target_id = lines.connection_id::text and e.at < lines.at and ${changesState(sql`e.action`)}
      ) end as lasted
    from lines order by lines.at ${direction}, id limit ${page.limit} offset ${page.start}`);
}

const changesState = (action: ReturnType<typeof sql>) =>
  sql`(${action} like 'connection.became_%' or ${action} in ('connection.connected', 'connection.reconnected', 'connection.disconnected'))`;
