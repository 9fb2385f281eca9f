// Looks for secrets wherever something of the product can be read from outside.
import type { Sql } from "postgres";

export interface SecretWatch {
  read(where: string, text: string): void;
  /** Every row of every table, as text. */
  readDatabase(sql: Sql): Promise<void>;
  /** Where which secret was seen; empty is well. */
  hits: string[];
  /** Characters looked through. */
  seen(): number;
}

export function createSecretWatch(secrets: readonly string[]): SecretWatch {
  const hits: string[] = [];
  let length = 0;
  const watch: SecretWatch = {
    hits,
    seen: () => length,
    read(where, text) {
      length += text.length;
      for (const secret of secrets) if (text.includes(secret)) hits.push(`${secret.slice(0, 5)}... in ${where}`);
    },
    async readDatabase(sql) {
      const tables = await sql<{ name: string }[]>`
        select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
        where table_schema in ('public', 'graphile_worker', 'drizzle') and table_type = 'BASE TABLE'`;
      for (const { name } of tables) {
        for await (const rows of sql`select t::text as row from ${sql.unsafe(name)} t`.cursor(2000)) {
          watch.read(`the table ${name}`, rows.map(({ row }) => row).join("\n"));
        }
      }
    },
  };
  return watch;
}
