// A brand's dashboard over 10 million facts, while a sync writes: warm, cold, by 50 people at once; against the bare rollup query,
// against the same with a tenth of the history, and against DuckDB over the same rows.
import postgres, { type Sql } from "postgres";
import type { Person } from "../scripts/person";
import { startRig } from "../scripts/rig";
import { appUrlOf } from "../server/core/db/app-role";
import { type Database, openDatabase } from "../server/core/db/connect";
import { addDays } from "../server/insights/date-range";
import { aSource } from "../tests/support/ctx";
import { addDaysOfFacts, type BigAgency, factsADay, makeAgency, size } from "./big-agency";
import { percentile, print } from "./figure";
import { type Place as ContentPlace, contentOf } from "./page-content";
import { type Writing, writeBeside } from "./write-beside";

const days = { few: 40, all: 400 } as const;
const goal = { warm: 100, cold: 400, crowd: 500, content: 1000 } as const;
const people = 50;

export async function bench(): Promise<void> {
  const rig = await startRig();
  const sql = postgres(rig.databaseUrl, { max: 1, onnotice: () => {} });
  const db = openDatabase(appUrlOf(rig.databaseUrl));
  try {
    // Past the rig's own wire, which runs in this process.
    await rig.startServer({ DATABASE_URL: rig.databaseUrl });
    const owner = await rig.createOwner();
    const person = await rig.signIn(owner);
    const agency = await makeAgency(sql);
    const { yesterday } = agency;
    await addDaysOfFacts(sql, agency, { from: addDays(yesterday, 1 - days.few), to: yesterday });
    const few = await measure({ sql, person, agency, db });
    await addDaysOfFacts(sql, agency, { from: addDays(yesterday, 1 - days.all), to: addDays(yesterday, -days.few) });
    const all = await measure({ sql, person, agency, db });
    tell(few, all);
    await crowd(person, agency);
    await content({ rig, owner }, agency);
  } finally {
    await db.close();
    await sql.end();
    await rig.close();
  }
}

interface Place {
  sql: Sql;
  db: Database;
  person: Person;
  agency: BigAgency;
}

interface Measured {
  facts: number;
  warm: number[];
  cold: number[];
  bare: number[];
  writes: number;
}

/** Each brand's dashboard asked for several times, while another process's sync commits to one of them after the other. */
async function measure({ sql, db, person, agency }: Place): Promise<Measured> {
  const [row] = await sql<
    { facts: number }[]
  >`select count(*)::int as facts from facts where agency_id = ${agency.agencyId}`;
  const ask = (brandId: string) => timed(() => person.api("GET", `brand-dashboards?id=${brandId}&range=last-30-days`));
  for (const brandId of agency.brandIds) await ask(brandId);
  const writing: Writing = writeBeside(aSource(db), agency);
  const [warm, cold, bare]: number[][] = [[], [], []];
  try {
    for (let round = 0; round < 3; round++) {
      for (const [at, brandId] of agency.brandIds.entries()) {
        const accountId = agency.accountIds[at] ?? "";
        await sql`update coverage set data_version = data_version + 1 where agency_id = ${agency.agencyId} and account_id = ${accountId}`;
        cold?.push(await ask(brandId));
        warm?.push(await ask(brandId));
        bare?.push(await timed(() => bareRollup(sql, agency, accountId)));
      }
    }
  } finally {
    await writing.stop();
  }
  return { facts: row?.facts ?? 0, warm: warm ?? [], cold: cold ?? [], bare: bare ?? [], writes: writing.commits() };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** What the dashboard cannot do without: the days of both windows, and the largest campaigns. */
async function bareRollup(sql: Sql, { agencyId, yesterday }: BigAgency, accountId: string): Promise<void> {
  const [from, before] = [addDays(yesterday, -29), addDays(yesterday, -59)];
  await sql`select day, sum(total_cost), sum(impressions), sum(clicks), sum(purchases), sum(sales) from rollup_account_day
    where agency_id = ${agencyId} and account_id = ${accountId} and day between ${before} and ${yesterday} group by day`;
  await sql`select campaign_id, sum(total_cost), sum(impressions), sum(clicks), sum(purchases), sum(sales) from rollup_campaign_day
    where agency_id = ${agencyId} and account_id = ${accountId} and day between ${from} and ${yesterday}
    group by campaign_id order by 2 desc limit 10`;
}

function tell(few: Measured, all: Measured): void {
  const p95 = (times: readonly number[]) => percentile(times, 0.95);
  const beside = `${all.facts} facts, ${all.writes} commits of a sync beside it`;
  print({
    figure: "dashboard_warm_p95",
    value: p95(all.warm),
    unit: "ms",
    baseline: `goal ${goal.warm} ms; ${beside}`,
  });
  print({
    figure: "dashboard_cold_p95",
    value: p95(all.cold),
    unit: "ms",
    baseline: `goal ${goal.cold} ms; ${beside}`,
  });
  print({
    figure: "dashboard_p95_over_bare_rollup",
    value: p95(all.warm) / p95(all.bare),
    unit: "ratio",
    baseline: `p95 ${p95(all.bare).toFixed(1)} ms of the two bare queries, same run; goal 2`,
  });
  print({
    figure: "dashboard_cold_over_bare_rollup",
    value: percentile(all.cold, 0.5) / percentile(all.bare, 0.5),
    unit: "ratio",
    baseline: "medians; an answer that nobody had asked for since the last commit",
  });
  print({
    figure: "dashboard_p95_10M_over_1M",
    value: p95(all.cold) / p95(few.cold),
    unit: "ratio",
    baseline: `cold p95 ${p95(few.cold).toFixed(1)} ms over ${few.facts} facts, same run; goal 1.3`,
  });
}

/** So many ask for a brand at the same moment, on a connection each. */
async function crowd(person: Person, { brandIds }: BigAgency): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 4; round++) {
    const asked = Array.from({ length: people }, (_, at) =>
      timed(() => person.api("GET", `brand-dashboards?id=${brandIds[(at + round) % size.brands]}&range=last-30-days`)),
    );
    times.push(...(await Promise.all(asked)));
  }
  print({
    figure: "dashboard_50_people_p95",
    value: percentile(times, 0.95),
    unit: "ms",
    baseline: `goal ${goal.crowd} ms; ${people} requests at once, four times, the asking process on the same cores`,
  });
}

async function content(place: ContentPlace, { brandIds }: BigAgency): Promise<void> {
  const { contents } = await contentOf(place, `/brands/${brandIds[0]}`);
  print({
    figure: "dashboard_content",
    value: percentile(contents, 0.5),
    unit: "ms",
    baseline: `goal ${goal.content} ms; whole page in a browser with an empty cache, loopback, over ${factsADay * days.all} facts`,
  });
}
