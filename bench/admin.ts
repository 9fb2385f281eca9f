// The tables that staff work in, over 100,000 rows: list, filter, sort and edit at 50 requests a second, against the bare SQL of each.
import postgres, { type Sql } from "postgres";
import type { Person } from "../scripts/person";
import { startRig } from "../scripts/rig";
import { percentile, print } from "./figure";

const rows = 100_000;
const brandCount = 200;
const requestsPerSecond = 50;
const seconds = 30;
const baselineRuns = 40;

interface Kind {
  name: string;
  ask(person: Person, turn: number): Promise<unknown>;
  /** The same, straight at the database. */
  bare(sql: Sql, turn: number): Promise<unknown>;
}

export async function bench(): Promise<void> {
  const rig = await startRig();
  const sql = postgres(rig.databaseUrl, { max: 1, onnotice: () => {} });
  try {
    // Past the rig's own wire, which runs in this process.
    await rig.startServer({ DATABASE_URL: rig.databaseUrl });
    const person = await rig.newOwner();
    const { agencyId, brandIds, accountIds } = await fill(sql);
    const kinds = kindsOf({ agencyId, brandIds, accountIds });
    const baselines = new Map<string, number[]>();
    for (const kind of kinds) baselines.set(kind.name, await bareTimes(sql, kind));
    for (let turn = 0; turn < 20; turn++) for (const kind of kinds) await kind.ask(person, turn);
    const times = await load(person, kinds);
    for (const { name } of kinds) {
      const [own, bare] = [times.get(name) ?? [], baselines.get(name) ?? []];
      const against = `${percentile(bare, 0.95).toFixed(1)} ms p95 for the bare SQL, same run; ${rows} rows, ${requestsPerSecond} requests/s, goal 50 ms`;
      print({ figure: `admin.${name}.p95`, value: percentile(own, 0.95), unit: "ms", baseline: against });
      const ratio = percentile(own, 0.5) / percentile(bare, 0.5);
      print({
        figure: `admin.${name}.ratio`,
        value: ratio,
        unit: "ratio",
        baseline: "median of the bare SQL, same run",
      });
    }
    const all = [...times.values()].flat();
    print({
      figure: "admin.all.p95",
      value: percentile(all, 0.95),
      unit: "ms",
      baseline: `goal 50 ms; ${all.length} requests in ${seconds} s, the asking process on the same cores`,
    });
  } finally {
    await sql.end();
    await rig.close();
  }
}

interface World {
  agencyId: string;
  brandIds: string[];
  accountIds: string[];
}

async function fill(sql: Sql): Promise<World> {
  const [agency] = await sql<{ id: string }[]>`select id from agencies`;
  if (!agency) throw new Error("The rig has no agency.");
  const agencyId = agency.id;
  await sql.begin(async (tx) => {
    await tx`select set_config('app.agency_id', ${agencyId}, true)`;
    await tx`insert into brands (agency_id, name) select ${agencyId}, 'Client ' || n from generate_series(1, ${brandCount}) n`;
    await tx`insert into accounts (agency_id, kind, region, amazon_id, name, country_code, currency, time_zone, brand_id,
        capabilities, created_at, seen_at)
      select ${agencyId}, 'dsp_advertiser', (array['NA', 'EU', 'FE'])[1 + n % 3], n::text,
        (array['Harbor', 'Lumen', 'Pine', 'Orchard', 'Summit'])[1 + n % 5] || ' ' || md5(n::text),
        (array['US', 'DE', 'JP'])[1 + n % 3], (array['USD', 'EUR', 'JPY'])[1 + n % 3], 'UTC', b.id,
        '{"campaigns":{"ok":true},"reports":{"ok":true},"write":{"ok":true},"amc":{"ok":true},"audiences":{"ok":true}}',
        now() - n * interval '1 minute', now() - n * interval '1 second'
      from generate_series(1, ${rows}::int) n
      join (select id, row_number() over () - 1 as at from brands where agency_id = ${agencyId}) b on b.at = n % ${brandCount}`;
  });
  await sql`analyze accounts`;
  await sql`analyze brands`;
  const idsOf = async (table: string, most: number) =>
    (await sql<{ id: string }[]>`select id from ${sql(table)} where agency_id = ${agencyId} limit ${most}`).map(
      ({ id }) => id,
    );
  return { agencyId, brandIds: await idsOf("brands", brandCount), accountIds: await idsOf("accounts", 1_000) };
}

function kindsOf({ agencyId, brandIds, accountIds }: World): Kind[] {
  const get = (person: Person, query: string) => person.api("GET", `accounts?${query}`);
  const brandAt = (turn: number) => brandIds[turn % brandIds.length] ?? "";
  const accountAt = (turn: number) => accountIds[turn % accountIds.length] ?? "";
  const window = (turn: number) => ({ start: (turn % 20) * 25, limit: 25 });
  return [
    {
      name: "list",
      ask: (person, turn) =>
        get(person, `_sort=name&_order=asc&_start=${window(turn).start}&_end=${window(turn).start + 25}`),
      bare: (sql, turn) => sql`select a.*, b.name as brand_name from accounts a left join brands b
        on b.agency_id = a.agency_id and b.id = a.brand_id where a.agency_id = ${agencyId}
        order by a.name, a.id limit 25 offset ${window(turn).start}`,
    },
    {
      name: "filter",
      ask: (person, turn) => get(person, `region=EU&brandId=${brandAt(turn)}&_sort=name&_order=asc&_start=0&_end=25`),
      bare: (sql, turn) => sql`select a.*, b.name as brand_name from accounts a left join brands b
        on b.agency_id = a.agency_id and b.id = a.brand_id where a.agency_id = ${agencyId} and a.region = 'EU'
        and a.brand_id = ${brandAt(turn)} order by a.name, a.id limit 25`,
    },
    {
      name: "sort",
      ask: (person, turn) =>
        get(person, `_sort=seenAt&_order=desc&_start=${window(turn).start}&_end=${window(turn).start + 25}`),
      bare: (sql, turn) => sql`select a.*, b.name as brand_name from accounts a left join brands b
        on b.agency_id = a.agency_id and b.id = a.brand_id where a.agency_id = ${agencyId}
        order by a.seen_at desc, a.id limit 25 offset ${window(turn).start}`,
    },
    {
      name: "edit",
      ask: (person, turn) =>
        person.api("POST", "accounts/assign", { accountIds: [accountAt(turn)], brandId: brandAt(turn + 1) }),
      bare: (sql, turn) => sql`update accounts set brand_id = ${brandAt(turn)}, version = version + 1
        where agency_id = ${agencyId} and id = ${accountAt(turn)}`,
    },
  ];
}

async function bareTimes(sql: Sql, kind: Kind): Promise<number[]> {
  const times: number[] = [];
  for (let turn = -5; turn < baselineRuns; turn++) {
    const startedAt = performance.now();
    await kind.bare(sql, Math.abs(turn));
    if (turn >= 0) times.push(performance.now() - startedAt);
  }
  return times;
}

/** Requests leave on the beat, whether the ones before are answered or not. */
async function load(person: Person, kinds: Kind[]): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>(kinds.map(({ name }) => [name, []]));
  const open: Promise<void>[] = [];
  const begunAt = performance.now();
  for (let turn = 0; turn < requestsPerSecond * seconds; turn++) {
    const due = begunAt + (turn * 1000) / requestsPerSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    const kind = kinds[turn % kinds.length];
    if (!kind) continue;
    open.push(
      kind.ask(person, turn).then(() => {
        // From the beat, so that a server that falls behind shows it.
        times.get(kind.name)?.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(open);
  return times;
}
