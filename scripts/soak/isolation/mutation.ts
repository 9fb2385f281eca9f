// I4: the application's own filters by agency are taken out of every statement; row-level security alone must hold.
import { sql as raw } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";
import { resources } from "../../../server/api/resources";
import { makeContext } from "../../../server/context";
import type { Database, Tx } from "../../../server/core/db/connect";
import { AppError } from "../../../server/core/errors";
import { createLog } from "../../../server/core/log";
import { type ListQuery, wholeList } from "../../../server/core/query";
import { aSource } from "../../../tests/support/ctx";
import { check, type Outcome } from "../outcome";
import type { IsolationRig } from "./rig";

interface Taken {
  filters: number;
}

export async function mutation(soak: IsolationRig): Promise<Outcome> {
  const taken: Taken = { filters: 0 };
  const pool = postgres(soak.appUrl, { max: 2, onnotice: () => {} });
  const database = unfiltered(pool, taken);
  const source = aSource(database, { log: createLog("silent"), clock: () => new Date() });
  const owner = soak.home.actors.find(({ role }) => role === "owner");
  const ctx = makeContext(source, {
    agencyId: soak.home.agencyId,
    actor: { kind: "user", userId: owner?.userId ?? "", name: "Owner", sessionId: owner?.sessionId ?? "" },
    memberships: [{ brandId: null, role: "owner" }],
  });
  const query: ListQuery = wholeList();
  let own = 0;
  let read = 0;
  const leaks: string[] = [];
  const look = (what: string, answer: unknown) => {
    const text = JSON.stringify(answer, (_, value) => (typeof value === "bigint" ? String(value) : value)) ?? "";
    read++;
    if (text.includes(soak.home.word)) own++;
    if (text.includes(soak.foreign.word) || text.includes(soak.foreign.agencyId)) leaks.push(what);
  };
  try {
    for (const { name, list, get } of resources) {
      for (const filters of list ? filtersFor(name, soak) : []) {
        look(name, await ctx.tx(async (tx) => list?.run(tx, { ...query, filters })).catch(unlessMissing));
      }
      const foreign = soak.foreign.records[name];
      if (get && foreign && foreign !== "me") {
        look(`${name}/:id`, await ctx.tx((tx) => get.run(tx, foreign)).catch(() => null));
      }
    }
    look("every table", await everyTable(database, soak.home.agencyId));
  } finally {
    await pool.end({ timeout: 5 });
  }
  for (const leak of leaks) process.stderr.write(`LEAK ${leak}\n`);
  return check(
    `${taken.filters} filters taken out of ${read} reads, ${own} with own rows, ${leaks.length} with foreign ones`,
    {
      "no foreign row": leaks.length === 0,
      "filters were there to take": taken.filters > resources.length,
      "own rows were read": own > resources.length / 3,
    },
  );
}

/** Lists of the parts of one record, or of two: each field names one. */
const parents: Record<string, { fields: string[]; of: string }> = {
  "amc-result-differences": { fields: ["executionId", "with"], of: "amc-executions" },
  "amc-result-rows": { fields: ["executionId"], of: "amc-executions" },
  "custom-report-rows": { fields: ["reportId"], of: "custom-reports" },
};

/** A list of parts is asked for those of our record, and of the foreign one; any other as a whole. */
function filtersFor(name: string, { home, foreign }: IsolationRig): ListQuery["filters"][] {
  const parent = parents[name];
  if (!parent) return [[]];
  return [home, foreign].map(({ records }) =>
    parent.fields.map((field) => ({ field, operator: "eq", values: [records[parent.of] ?? ""] })),
  );
}

const unlessMissing = (error: unknown): null => {
  if (error instanceof AppError && error.code === "not_found") return null;
  throw error;
};

async function everyTable(database: Database, agencyId: string): Promise<unknown[]> {
  return database.withAgency(agencyId, async ({ sql }) => {
    const tables = await sql<{ name: string }[]>`
      select distinct c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'agency_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and has_table_privilege(c.oid, 'select') and c.relname <> 'key_directory'`;
    return Promise.all(tables.map(({ name }) => sql`select * from ${sql(name)}`));
  });
}

/** As openDatabase, but each `agency_id = ...` of a statement is made true. */
function unfiltered(pool: Sql, taken: Taken): Database {
  const orm = drizzle(mutated(pool, taken) as Sql) as PostgresJsDatabase<Record<string, never>>;
  const within = <T>(setting: string, value: string, work: (scope: { db: Tx; sql: never }) => Promise<T>) =>
    orm.transaction(async (db) => {
      await db.execute(raw`select set_config(${setting}, ${value}, true)`);
      return work({ db: db as Tx, sql: (db as unknown as { session: { client: never } }).session.client });
    });
  return {
    withAgency: (agencyId, work) => within("app.agency_id", agencyId, work),
    withPerson: (personId, work) => within("app.person_id", personId, work),
    withSystem: (work) => within("app.scope", "system", work),
    pool,
    close: () => pool.end({ timeout: 5 }),
  };
}

function mutated(client: object, taken: Taken): object {
  return new Proxy(client, {
    apply(target, self, args: unknown[]) {
      const [strings, ...values] = args;
      const call = target as (...given: unknown[]) => unknown;
      return call.apply(self, isTemplate(strings) ? [withoutFilters(strings, taken), ...values] : args);
    },
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name === "unsafe") {
        return (text: string, ...rest: unknown[]) =>
          (value as (...given: unknown[]) => unknown).call(target, withoutFilter(text, taken), ...rest);
      }
      if (name === "begin" || name === "savepoint") {
        return (...args: unknown[]) => {
          const work = args.pop() as (tx: object) => unknown;
          return (value as (...given: unknown[]) => unknown).call(target, ...args, (tx: object) =>
            work(mutated(tx, taken)),
          );
        };
      }
      return value;
    },
  });
}

const isTemplate = (value: unknown): value is TemplateStringsArray => Array.isArray(value) && "raw" in value;

/** What Drizzle writes: `"brands"."agency_id" = $1`. The parameter stays in place. */
const withoutFilter = (text: string, taken: Taken): string =>
  text.replace(/"agency_id" = (\$\d+|"\w+"\."agency_id")(::uuid)?/g, (_, other: string) => {
    taken.filters++;
    return other.startsWith("$") ? `"agency_id"::text <> (${other}::text || '-')` : `"agency_id" = ${other}`;
  });

/** What is written by hand: `agency_id = ${agencyId}`. */
function withoutFilters(strings: TemplateStringsArray, taken: Taken): TemplateStringsArray {
  const changed = [...strings];
  for (let at = 0; at < changed.length - 1; at++) {
    if (!/agency_id = $/.test(changed[at] ?? "")) continue;
    taken.filters++;
    changed[at] = (changed[at] ?? "").replace(/agency_id = $/, "agency_id::text <> '-' || ");
  }
  return Object.assign(changed, { raw: changed });
}
