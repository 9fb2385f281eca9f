import type { Database } from "../../../server/core/db/connect";

/** A checksum of each table's rows of one agency. */
export type Rows = Map<string, string>;

/** Written by reading itself, or by refusing. */
const moving = ["sessions", "audit_events", "audit_links", "audit_heads"];
/** Columns that say when a key was used. */
const used = ["last_used_at", "last_used_ip"];

export async function rowsOf(db: Database, agencyId: string): Promise<Rows> {
  return db.withAgency(agencyId, async ({ sql }) => {
    const tables = await sql<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'agency_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> all(${moving}) and has_table_privilege(c.oid, 'select') order by 1`;
    const sums: Rows = new Map();
    for (const { name } of tables) {
      const [sum] = await sql<
        { sum: string }[]
      >`select count(*) || ' ' || coalesce(md5(string_agg(r::text, '' order by r::text)), '') as sum
        from ${sql(name)} t, lateral (select to_jsonb(t) - ${used}::text[] as r) rows where agency_id = ${agencyId}`;
      sums.set(name, sum?.sum ?? "");
    }
    return sums;
  });
}

export const changedSince = (before: Rows, after: Rows): string[] =>
  [...after].filter(([table, sum]) => before.get(table) !== sum).map(([table]) => table);
