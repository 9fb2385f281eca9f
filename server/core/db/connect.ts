// The one pool a process has, and the only ways to open a transaction on it.
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql, type TransactionSql } from "postgres";
import { bound, type Life } from "./transaction-client";

type Orm = PostgresJsDatabase<Record<string, never>>;
/** A Drizzle transaction with row-level security set. */
export type Tx = Parameters<Parameters<Orm["transaction"]>[0]>[0];

/** The same transaction twice: `db` speaks Drizzle, `sql` is postgres.js for bulk work. Timestamps come back as strings from `sql`. */
export interface Scope {
  db: Tx;
  sql: TransactionSql;
}

export interface Database {
  /** A transaction that sees one agency's rows only. */
  withAgency<T>(agencyId: string, work: (scope: Scope) => Promise<T>): Promise<T>;
  /** A transaction that sees what one person signs in with, and that person's own rows in every agency. */
  withPerson<T>(personId: string, work: (scope: Scope) => Promise<T>): Promise<T>;
  /** A transaction that sees agencies and shared tables, but no agency's rows: scheduler and operators. */
  withSystem<T>(work: (scope: Scope) => Promise<T>): Promise<T>;
  /** The pool, for LISTEN and health checks. Row-level security shows it no rows. */
  pool: Sql;
  close(): Promise<void>;
}

type Setting = "app.agency_id" | "app.person_id" | "app.scope";

/** A process that stands still in the middle of a transaction keeps its locks no longer. */
const longestIdleMs = 5 * 60_000;

export function openDatabase(appUrl: string, options: { poolSize?: number; idleMs?: number } = {}): Database {
  const idleMs = String(options.idleMs ?? longestIdleMs);
  const pool = postgres(appUrl, {
    max: options.poolSize ?? 10,
    connect_timeout: 5,
    idle_timeout: 60,
    onnotice: () => {},
    connection: { application_name: "tidemark" },
  });
  const orm: Orm = drizzle(pool);
  const within = <T>(setting: Setting, value: string, work: (scope: Scope) => Promise<T>) => {
    const life: Life = { over: false };
    const end = () => {
      life.over = true;
    };
    const done = orm.transaction(async (db) => {
      const sql = bound(clientOf(db), life);
      // Sent before anything of the work, and not waited for: the connection answers in order.
      const set = sql`select set_config(${setting}, ${value}, true),
        set_config('idle_in_transaction_session_timeout', ${idleMs}, true)`.execute();
      const [result] = await Promise.all([work({ db, sql }), set]).finally(end);
      return result;
    });
    // With its connection it may be over before its work is.
    return done.finally(end);
  };
  return {
    withAgency: (agencyId, work) => within("app.agency_id", agencyId, work),
    withPerson: (personId, work) => within("app.person_id", personId, work),
    withSystem: (work) => within("app.scope", "system", work),
    pool,
    close: () => pool.end({ timeout: 5 }),
  };
}

/** Work that may fail without ending the transaction it is part of. */
export const withSavepoint = <T>(scope: Scope, work: (scope: Scope) => Promise<T>): Promise<T> =>
  scope.db.transaction((db) => work({ db, sql: clientOf(db) }));

/** Drizzle keeps the postgres.js transaction it runs on, without exporting a type for it. */
function clientOf(db: Tx): TransactionSql {
  return (db as unknown as { session: { client: TransactionSql } }).session.client;
}
