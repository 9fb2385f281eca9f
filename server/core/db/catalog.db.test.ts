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
  directory_pkey: "the sign-in address leads to the agency; it holds digests only",
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

test("a policy for other roles than tidemark_app stands on the shared tables alone", async () => {
  const wider = await sql<{ table: string }[]>`
    select polrelid::regclass::text as table from pg_policy
    where polroles <> array['tidemark_app'::regrole::oid] or not polpermissive order by 1`;
  expect(wider.map(({ table }) => table)).toEqual(["directory", "rate_limits", "token_gates", "worker_heartbeats"]);
});

test("nobody but the owner and tidemark_app has any right on any table", async () => {
  const others = await sql`
    select c.relname, a.grantee::regrole::text as grantee from pg_class c, aclexplode(c.relacl) a
    where c.relnamespace = 'public'::regnamespace and a.grantee not in (c.relowner, 'tidemark_app'::regrole)`;
  expect(others).toEqual([]);
});

test("a table with an agency is read by agency, unless it is the directory", async () => {
  const shared = await sql`
    select distinct p.polrelid::regclass::text as table from pg_policy p
    join pg_attribute a on a.attrelid = p.polrelid and a.attname = 'agency_id'
    where pg_get_expr(p.polqual, p.polrelid) !~ 'agency_id = ' or pg_get_expr(p.polwithcheck, p.polrelid) !~ 'agency_id = '`;
  expect(shared).toEqual([{ table: "directory" }]);
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

test("the application adds to the audit log and can neither change nor remove what stands there", async () => {
  const [may] = await sql`
    select has_table_privilege(${appRole}, 'audit_events', 'select') and has_table_privilege(${appRole}, 'audit_events', 'insert') as add,
      has_table_privilege(${appRole}, 'audit_events', 'update') or has_any_column_privilege(${appRole}, 'audit_events', 'update') as change,
      has_table_privilege(${appRole}, 'audit_events', 'delete') as remove`;
  expect(may).toEqual({ add: true, change: false, remove: false });
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
    ["tidemark_enqueue", "tidemark_ensure_fact_months"].map((name) => ({ name, fixed: true, public: false })),
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
