import { readFileSync } from "node:fs";
import postgres, { type ISql } from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { emptyDatabase, testDatabase } from "../../../tests/support/database";
import { until } from "../../../tests/support/until";
import { createLog } from "../log";
import { appUrlOf } from "./app-role";
import { migrateDatabase } from "./migrate";

const log = createLog("silent");

function connect(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  onTestFinished(() => sql.end({ timeout: 5 }));
  return sql;
}

test("six processes that start together on an empty database all find it migrated", async () => {
  const ownerUrl = await emptyDatabase();
  const results = await Promise.all(Array.from({ length: 6 }, () => migrateDatabase({ ownerUrl, log })));
  expect(new Set(results.map(({ appUrl }) => appUrl))).toEqual(new Set([appUrlOf(ownerUrl)]));
  const journal = JSON.parse(readFileSync("drizzle/meta/_journal.json", "utf8")) as { entries: unknown[] };
  const applied = await connect(ownerUrl)`select 1 from drizzle.__drizzle_migrations`;
  expect(applied).toHaveLength(journal.entries.length);
});

test("a second start changes nothing in the catalog", async () => {
  const ownerUrl = await emptyDatabase();
  await migrateDatabase({ ownerUrl, log });
  const sql = connect(ownerUrl);
  const rows = () => sql`
    select 'class' as kind, oid, xmin::text from pg_class where relnamespace = 'public'::regnamespace
    union all select 'proc', oid, xmin::text from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'policy', oid, xmin::text from pg_policy
    union all select 'role', oid, xmin::text from pg_authid where rolname like current_database() || '%'
    order by 1, 2`;
  const before = await rows();
  await migrateDatabase({ ownerUrl, log });
  expect(await rows()).toEqual(before);
});

test("an owner that is no superuser, only owner of its database with CREATEROLE, can migrate and serve", async () => {
  const adminUrl = new URL(await emptyDatabase());
  const database = adminUrl.pathname.slice(1);
  const admin = connect(adminUrl.toString());
  const owner = `${database}_own`;
  await admin`create role ${admin(owner)} login createrole password 'a plain password'`;
  await admin`alter database ${admin(database)} owner to ${admin(owner)}`;
  // The group role of this server was made by another owner, who must let this one hand it out.
  await admin`grant tidemark_app to ${admin(owner)} with admin option`;
  onTestFinished(async () => {
    await admin`alter database ${admin(database)} owner to current_user`;
    await admin`reassign owned by ${admin(owner)} to current_user`;
    await admin`drop owned by ${admin(owner)}`;
    await admin`drop role if exists ${admin(`${database}_app`)}`;
    await admin`drop role ${admin(owner)}`;
  });
  const ownerUrl = new URL(adminUrl);
  ownerUrl.username = owner;
  ownerUrl.password = "a plain password";
  const { appUrl } = await migrateDatabase({ ownerUrl: ownerUrl.toString(), log });
  const app = connect(appUrl);
  const [row] = await app`select current_user as name, (select count(*)::int from facts) as facts`;
  expect(row).toEqual({ name: `${database}_app`, facts: 0 });
  // The functions with the owner's rights work for it too, though row-level security holds for it.
  const agency = crypto.randomUUID();
  await app.begin(async (sql) => {
    await sql`select set_config('app.agency_id', ${agency}, true)`;
    await sql`insert into audit_events (agency_id, at, actor_kind, actor_id, actor_name, action, target_type, target_id, request_id)
      values (${agency}, '2024-01-01', 'system', 'x', 'x', 'x.made', 'x', 'x', 'x')`;
  });
  const [kept] = await app.begin(async (sql) => {
    await sql`select set_config('app.agency_id', ${agency}, true)`;
    await sql`insert into audit_checkpoints select agency_id, seq, hash, '2024-01-02', 'x', 'x' from audit_heads`;
    return sql`select tidemark_prune_audit(now() - interval '400 days')::int as removed, (select count(*)::int from audit_events) as left`;
  });
  expect(kept).toMatchObject({ removed: 1 });
});

test("a login given by DATABASE_APP_URL is refused when row-level security does not hold for it", async () => {
  const ownerUrl = await emptyDatabase();
  await expect(migrateDatabase({ ownerUrl, appUrl: ownerUrl, log })).rejects.toThrow(/not held by row-level security/);
});

test("a job added in a transaction that is rolled back was never added, and a waiting one with the same key is replaced", async () => {
  const { db, ownerUrl } = testDatabase();
  const owner = connect(ownerUrl);
  const key = `migrate test ${crypto.randomUUID()}`;
  const add = (payload: string) =>
    db.withSystem(
      ({ sql }) =>
        sql`select tidemark_enqueue('test.nothing', ${payload}::text::json, null, now() + interval '1 day', ${key}, 3)`,
    );
  const waiting = () => owner`select payload from graphile_worker._private_jobs where key = ${key}`;
  await expect(
    db.withSystem(async ({ sql }) => {
      await sql`select tidemark_enqueue('test.nothing', '{}'::json, null, now(), ${key}, 3)`;
      throw new Error("the work failed");
    }),
  ).rejects.toThrow("the work failed");
  expect(await waiting()).toEqual([]);
  await add('{"n":1}');
  await add('{"n":2}');
  expect(await waiting()).toEqual([{ payload: { n: 2 } }]);
  await owner`select graphile_worker.remove_job(${key})`;
});

test("the application cannot reach the job tables, make tables or empty one", async () => {
  const { appUrl } = testDatabase();
  const sql = connect(appUrl);
  await expect(sql`select * from graphile_worker._private_jobs`).rejects.toThrow(/permission denied/);
  await expect(sql`create table mine (id int)`).rejects.toThrow(/permission denied/);
  await expect(sql`truncate facts`).rejects.toThrow(/permission denied/);
  await expect(sql`select ensure_month_partitions('facts', '2020-01-01', '2020-01-31')`).rejects.toThrow(
    /permission denied/,
  );
});

test("months of facts are made on request, within bounds, and closed to direct reading", async () => {
  const { db, appUrl } = testDatabase();
  await db.withSystem(({ sql }) => sql`select tidemark_ensure_fact_months('2019-11-15', '2020-01-02')`);
  await db.withSystem(({ sql }) => sql`select tidemark_ensure_fact_months('2019-11-15', '2020-01-02')`);
  const found = await connect(appUrl)`
    select c.relname as name, relrowsecurity and relforcerowsecurity as closed
    from pg_inherits join pg_class c on c.oid = inhrelid
    where inhparent = 'facts'::regclass and c.relname < 'facts_2020_02' order by 1`;
  expect(found).toEqual(["facts_2019_11", "facts_2019_12", "facts_2020_01"].map((name) => ({ name, closed: true })));
  await expect(connect(appUrl)`select * from facts_2019_12`).rejects.toThrow(/permission denied/);
  const absurd = db.withSystem(({ sql }) => sql`select tidemark_ensure_fact_months('0001-01-01', '2020-01-01')`);
  await expect(absurd).rejects.toThrow(/no fact months/);
});

test("two that need the same month at once both find it made", async () => {
  const { appUrl, ownerUrl } = testDatabase();
  const [one, other, owner] = [connect(appUrl), connect(appUrl), connect(ownerUrl)];
  const make = (sql: ISql) => sql`select tidemark_ensure_fact_months('2018-03-01', '2018-03-31')`;
  let waiting: Promise<unknown> = Promise.resolve();
  await one.begin(async (tx) => {
    await make(tx);
    waiting = make(other).execute();
    waiting.catch(() => {});
    await until(async () => {
      const locks = await owner`select 1 from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`;
      return locks.length > 0;
    });
  });
  await expect(waiting).resolves.toHaveLength(1);
});

test("today and the coming month have their partitions from the start", async () => {
  const { ownerUrl } = testDatabase();
  const sql = connect(ownerUrl);
  const [row] = await sql`
    select to_regclass('facts_' || to_char(now(), 'YYYY_MM')) is not null as today,
      to_regclass('facts_' || to_char(now() + interval '1 month', 'YYYY_MM')) is not null as coming`;
  expect(row).toEqual({ today: true, coming: true });
});
