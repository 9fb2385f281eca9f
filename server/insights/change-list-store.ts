// Change sets as a list shows them: who, when, how many of what state.
import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Permission, TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { listClauses } from "../core/db/list-clauses";
import type { ListQuery, ListResult } from "../core/query";
import type { ItemRow, SetRow } from "./change-store";
import { changeSets } from "./tables";

export interface SetSummary {
  set: SetRow;
  accounts: string[];
  counts: { changes: number; campaigns: number; items: number } & Record<ItemRow["state"], number>;
  undoneBy: string | null;
}

/** What a reader sees of each set: the items of their brands. A set without any is not there. */
function summariesOf(tx: TxCtx, permission: Permission): SQL {
  const ids = tx.brandsWith(permission);
  const visible = ids === "all" ? sql`true` : sql`a.brand_id::text = any(${arrayLiteral(ids)}::text[])`;
  const state = (name: ItemRow["state"]) => sql.raw(`count(*) filter (where i.state = '${name}')::int as ${name}`);
  return sql`(select i.set_id, count(*)::int as items, count(distinct coalesce(g.campaign_id, i.entity_id))::int as campaigns,
      sum((select count(*) from jsonb_object_keys(i.after)))::int as changes, array_agg(distinct a.name) as accounts,
      ${state("waiting")}, ${state("sending")}, ${state("applied")}, ${state("refused")}, ${state("unsure")}, ${state("skipped")}
    from change_items i
    join accounts a on a.agency_id = i.agency_id and a.id = i.account_id
    left join ad_groups g on i.entity = 'ad-group' and g.agency_id = i.agency_id and g.account_id = i.account_id
      and g.ad_group_id = i.entity_id
    where i.agency_id = ${tx.agencyId}::uuid and ${visible}
    group by i.set_id) n`;
}

const columns = {
  id: changeSets.id,
  state: changeSets.state,
  createdAt: changeSets.createdAt,
  createdBy: changeSets.createdBy,
  startedAt: changeSets.startedAt,
};

export async function selectSets(tx: TxCtx, query: ListQuery, permission: Permission): Promise<ListResult<SetSummary>> {
  const search = [changeSets.note, changeSets.createdBy];
  const clauses = listClauses(query, {
    fields: columns,
    search,
    order: [desc(changeSets.createdAt)],
    tie: changeSets.id,
  });
  const summaries = summariesOf(tx, permission);
  const joined = sql`n.set_id = ${changeSets.id}`;
  const where = and(eq(changeSets.agencyId, tx.agencyId), clauses.where);
  const rows = await tx.db
    .select({
      set: changeSets,
      accounts: sql<string[]>`n.accounts`,
      counts: sql<
        SetSummary["counts"]
      >`jsonb_build_object('changes', n.changes, 'campaigns', n.campaigns, 'items', n.items,
        'waiting', n.waiting, 'sending', n.sending, 'applied', n.applied, 'refused', n.refused, 'unsure', n.unsure,
        'skipped', n.skipped)`,
      undoneBy: sql<string | null>`(select u.id from change_sets u where u.agency_id = ${changeSets.agencyId}
        and u.undoes = ${changeSets.id} and u.state <> 'discarded' order by u.created_at desc limit 1)`,
    })
    .from(changeSets)
    .innerJoin(summaries, joined)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db
    .select({ total: sql<number>`count(*)::int` })
    .from(changeSets)
    .innerJoin(summaries, joined)
    .where(where);
  return { items: rows, total: count?.total ?? 0 };
}
