// The promises about tenancy, read from the catalog of the migrated database: they hold for tables nobody has thought of yet.
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../../tests/support/database";

const { ownerUrl, appUrl } = testDatabase();
const sql = postgres(ownerUrl, { max: 1 });
afterAll(() => sql.end({ timeout: 5 }));
const appRole = decodeURIComponent(new URL(appUrl).username);

/** Unique keys of tables with an agency that may do without it, and why. */
const keysWithoutAgency: Record<string, string> = {
  key_directory_pkey: "an API key leads to its agency; it holds digests only",
};

test("every table has row-level security forced", async () => {
  const open = await sql`
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not (relrowsecurity and relforcerowsecurity)`;
  expect(open).toEqual([]);
});

test("every table has a policy that covers reading and writing", async () => {
  const lacking = await sql`
    select relname from pg_class c
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
      and not exists (
        select from pg_policy where polrelid = c.oid and polcmd = '*' and polqual is not null and polwithcheck is not null)`;
  expect(lacking).toEqual([]);
});

test("a policy for other roles than tidemark_app stands on the shared tables and the audit log's alone", async () => {
  const wider = await sql<{ table: string }[]>`
    select polrelid::regclass::text as table from pg_policy
    where polroles <> array['tidemark_app'::regrole::oid] or not polpermissive order by 1`;
  expect(wider.map(({ table }) => table)).toEqual([
    "audit_checkpoints",
    "audit_events",
    "audit_heads",
    "audit_links",
    "directory",
    "key_directory",
    "passkey_challenges",
    "rate_limits",
    "signing_keys",
    "token_gates",
    "worker_heartbeats",
  ]);
});

test("nobody but the owner and tidemark_app has any right on any table", async () => {
  const others = await sql`
    select c.relname, a.grantee::regrole::text as grantee from pg_class c, aclexplode(c.relacl) a
    where c.relnamespace = 'public'::regnamespace and a.grantee not in (c.relowner, 'tidemark_app'::regrole)`;
  expect(others).toEqual([]);
});

/** Tables with an agency that can be read without it, and what for. */
const readWithoutAgency: Record<string, string> = {
  audit_checkpoints: "in the system scope, to check every agency's chain",
  domains: "in the system scope, as a host name leads to its agency",
  key_directory: "an API key leads to its agency; it holds digests only",
  users: "by the person whose places they are",
};

test("a table with an agency is read by agency, unless it is a known exception", async () => {
  const wider = await sql<{ table: string }[]>`
    select distinct p.polrelid::regclass::text as table from pg_policy p
    join pg_attribute a on a.attrelid = p.polrelid and a.attname = 'agency_id'
    where pg_get_expr(p.polqual, p.polrelid) !~ 'agency_id = ' order by 1`;
  expect(wider.map(({ table }) => table)).toEqual(Object.keys(readWithoutAgency));
});

test("a table with an agency is written by agency alone, but for the directory of keys", async () => {
  const wider = await sql<{ table: string }[]>`
    select distinct p.polrelid::regclass::text as table from pg_policy p
    join pg_attribute a on a.attrelid = p.polrelid and a.attname = 'agency_id'
    where p.polcmd <> 'r' and coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') !~ 'agency_id = '`;
  expect(wider).toEqual([{ table: "key_directory" }]);
});

test("what a person signs in with is reached by that person alone", async () => {
  const open = await sql<{ table: string }[]>`
    select c.relname as table from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'person_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and not exists (select from pg_attribute b where b.attrelid = c.oid and b.attname = 'agency_id')
      and exists (select from pg_policy p where p.polrelid = c.oid and (pg_get_expr(p.polqual, p.polrelid) !~ '^\\(person_id = '
        or pg_get_expr(p.polwithcheck, p.polrelid) !~ '^\\(person_id = '))`;
  expect(open).toEqual([{ table: "directory" }]);
});

test("the application's role is no superuser, owns nothing, passes no policy by and cannot truncate", async () => {
  const [role] = await sql`
    select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = ${appRole}`;
  expect(Object.values(role ?? { missing: true })).toEqual([false, false, false, false, false]);
  const owned = await sql`select relname from pg_class where pg_has_role(${appRole}, relowner, 'usage')`;
  expect(owned).toEqual([]);
  const truncatable = await sql`
    select relname from pg_class
    where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and has_table_privilege(${appRole}, oid, 'truncate')`;
  expect(truncatable).toEqual([]);
});

test("the application adds to the audit log and can neither change nor remove what stands there, nor link it itself", async () => {
  const may = await sql<{ table: string; rights: string }[]>`
    select t as table, array_to_string(array(
      select p from unnest(array['insert', 'select', 'update', 'delete', 'truncate']) p
      where has_table_privilege(${appRole}, t, p) or (p = 'update' and has_any_column_privilege(${appRole}, t, p))), ' ') as rights
    from unnest(array['audit_events', 'audit_links', 'audit_heads', 'audit_checkpoints']) t`;
  expect(Object.fromEntries(may.map(({ table, rights }) => [table, rights]))).toEqual({
    audit_events: "insert select",
    audit_links: "select",
    audit_heads: "select",
    audit_checkpoints: "insert select",
  });
});

test("every unique key of a table with an agency leads with the agency", async () => {
  const keys = await sql<{ name: string }[]>`
    select i.indexrelid::regclass::text as name from pg_index i
    join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace and not c.relispartition
    join pg_attribute a on a.attrelid = i.indrelid and a.attname = 'agency_id'
    where i.indisunique and i.indkey[0] <> a.attnum`;
  expect(keys.map(({ name }) => name)).toEqual(Object.keys(keysWithoutAgency));
});

test("functions with the owner's rights are the known ones, with a fixed search path and closed to the public", async () => {
  const functions = await sql`
    select proname as name, coalesce(array_to_string(proconfig, ','), '') ~ '^search_path=pg_catalog' as fixed,
      has_function_privilege('public', oid, 'execute') as public
    from pg_proc where pronamespace = 'public'::regnamespace and prosecdef order by 1`;
  expect(functions).toEqual(
    ["tidemark_enqueue", "tidemark_ensure_fact_months", "tidemark_link_event", "tidemark_prune_audit"].map((name) => ({
      name,
      fixed: true,
      public: false,
    })),
  );
});

test("no view shows rows past row-level security", async () => {
  const views = await sql`
    select relname from pg_class
    where relnamespace = 'public'::regnamespace
      and (relkind = 'm' or (relkind = 'v' and not coalesce('security_invoker=true' = any(reloptions), false)))`;
  expect(views).toEqual([]);
});

test("facts are split by month, so that an old month can be read or dropped by itself", async () => {
  const [facts] = await sql`select relkind from pg_class where oid = 'facts'::regclass`;
  expect(facts).toEqual({ relkind: "p" });
});
