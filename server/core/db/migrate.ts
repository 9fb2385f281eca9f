// Brings a database to this version: one process at a time, however many start together.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { Logger, runMigrations } from "graphile-worker";
import postgres, { type Sql } from "postgres";
import { AppError } from "../errors";
import type { Log } from "../log";
import { projectRoot } from "../project-root";
import { afterMigrations, appLogin, beforeMigrations, factMonths } from "./after-migrate";
import { type AppLogin, appLoginOf, appUrlOf, scramVerifier } from "./app-role";

export interface MigrateOptions {
  /** A role that owns the database, or may create schemas and roles in it. */
  ownerUrl: string;
  /** DATABASE_APP_URL: an existing login to use instead of the one derived from the owner's. */
  appUrl?: string;
  log: Log;
}

const lockKey = 7_216_401;
/** A migration that cannot get its lock gives up instead of holding up everyone behind it. */
const lockTimeout = "15s";

/** @returns the URL the product is to connect with: subject to row-level security */
export async function migrateDatabase({ ownerUrl, appUrl, log }: MigrateOptions): Promise<{ appUrl: string }> {
  const sql = postgres(ownerUrl, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${lockKey})`;
    await sql.unsafe(`set lock_timeout = '${lockTimeout}'`);
    await checkVersion(sql);
    await sql.unsafe(beforeMigrations);
    await migrate(drizzle(sql), { migrationsFolder: join(projectRoot(), "drizzle") });
    await runMigrations({ connectionString: ownerUrl, logger: quietLogger(log), taskList: {} });
    await finish(sql, { login: appUrl ? undefined : appLoginOf(ownerUrl), log });
    await sql.unsafe(factMonths);
    const url = appUrl ?? appUrlOf(ownerUrl);
    await checkAppRole(sql, decodeURIComponent(new URL(url).username));
    return { appUrl: url };
  } finally {
    // Ends the session, and with it the lock.
    await sql.end({ timeout: 5 });
  }
}

async function checkVersion(sql: Sql): Promise<void> {
  const [row] = await sql<{ version: string; number: number }[]>`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as number`;
  if (row && row.number >= 150_000) return;
  throw new AppError("precondition", `The database server is PostgreSQL ${row?.version}; Tidemark needs 15 or newer.`);
}

/** Runs the steps after the migrations once for each version of them, of the login and of the migrations. */
async function finish(sql: Sql, { login, log }: { login: AppLogin | undefined; log: Log }): Promise<void> {
  await sql.unsafe(
    "create table if not exists drizzle.finished (one bool primary key default true check (one), digest text not null)",
  );
  const journal = readFileSync(join(projectRoot(), "drizzle", "meta", "_journal.json"), "utf8");
  const digest = createHash("sha256")
    .update(JSON.stringify([afterMigrations, appLogin, login ?? null, journal]))
    .digest("hex");
  const [last] = await sql<{ digest: string }[]>`select digest from drizzle.finished`;
  if (last?.digest === digest) return;
  await sql.begin(async (tx) => {
    if (login) {
      await tx`select set_config('tidemark.login_name', ${login.name}, true),
        set_config('tidemark.login_verifier', ${scramVerifier(login.password)}, true)`;
      await tx.unsafe(appLogin);
    }
    await tx.unsafe(afterMigrations);
    await tx`insert into drizzle.finished (digest) values (${digest})
      on conflict (one) do update set digest = excluded.digest`;
  });
  log.info("database is at this version");
}

/** Row-level security says nothing to a superuser, an owner or a role that may pass it by: refuse to serve with one. */
async function checkAppRole(sql: Sql, name: string): Promise<void> {
  const [role] = await sql<{ bypasses: boolean; owns: boolean; member: boolean }[]>`
    select rolsuper or rolbypassrls as bypasses,
      exists (select from pg_class where relnamespace = 'public'::regnamespace and pg_has_role(r.oid, relowner, 'usage')) as owns,
      pg_has_role(r.oid, 'tidemark_app', 'usage') as member
    from pg_roles r where rolname = ${name}`;
  const wrong = !role
    ? "does not exist"
    : role.bypasses || role.owns
      ? "is not held by row-level security (superuser, BYPASSRLS or owner of the tables)"
      : role.member
        ? undefined
        : "is not a member of tidemark_app";
  if (!wrong) return;
  throw new AppError("precondition", `The application's database role ${name} ${wrong}.`, {
    remedy: `Leave DATABASE_APP_URL out, or use a plain login: create role app login password '...' in role tidemark_app`,
  });
}

const quietLogger = (log: Log) =>
  new Logger(() => (level, message) => {
    if (level === "error" || level === "warning") log.warn({ source: "job schema" }, message);
    else log.debug({ source: "job schema" }, message);
  });
