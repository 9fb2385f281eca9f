// A brand's dashboard over 10 million facts, while a sync writes: warm, cold, by 50 people at once; against the bare rollup query,
// against the same with a tenth of the history, and against DuckDB over the same rows.
import postgres, { type Sql } from "postgres";
import { request } from "undici";
import type { Person } from "../scripts/person";
import { startRig } from "../scripts/rig";
import { appUrlOf } from "../server/core/db/app-role";
import { addDays } from "../server/insights/date-range";
import { addDaysOfFacts, type BigAgency, factsADay, makeAgency, sizeOf } from "./big-agency";
import { type DuckRollups, duckRollups } from "./duck-rollups";
import { percentile, print } from "./figure";
import { type Place as ContentPlace, contentOf } from "./page-content";
import { writeBeside } from "./write-beside";

const days = { few: 40, all: 400 } as const;
const goal = { warm: 100, cold: 400, crowd: 500, content: 1000 } as const;
const people = 50;

export async function bench(share: number): Promise<void> {
  const rig = await startRig();
  const sql = postgres(rig.databaseUrl, { max: 1, onnotice: () => {} });
  try {
    // Past the rig's own wire, which runs in this process.
    await rig.startServer({ DATABASE_URL: rig.databaseUrl });
    const owner = await rig.createOwner();
    const person = await rig.signIn(owner);
    const agency = await makeAgency(sql, sizeOf(share));
    const { yesterday } = agency;
    await addDaysOfFacts(sql, agency, { from: addDays(yesterday, 1 - days.few), to: yesterday });
    const place = { ownerUrl: rig.databaseUrl, sql, person, agency };
    const few = await measure(place);
    await addDaysOfFacts(sql, agency, { from: addDays(yesterday, 1 - days.all), to: addDays(yesterday, -days.few) });
    const all = await measure(place);
    tell(few, all);
    await crowd(person, agency);
    await content({ rig, owner }, agency);
  } finally {
    await sql.end();
    await rig.close();
  }
}

interface Place {
  ownerUrl: string;
  sql: Sql;
  person: Person;
  agency: BigAgency;
}

interface Measured {
  facts: number;
  warm: number[];
  cold: number[];
  bare: number[];
  duck: number[];
  writes: number;
}

/** Each brand's dashboard asked for several times, while another process's sync commits to one of them after the other. */
async function measure({ ownerUrl, sql, person, agency }: Place): Promise<Measured> {
  const [row] = await sql<
    { facts: number }[]
  >`select count(*)::int as facts from facts where agency_id = ${agency.agencyId}`;
  const ask = (brandId: string) => timed(() => dashboardOf(person, brandId));
  for (const brandId of agency.brandIds) await ask(brandId);
  const inDuck = await duckRollups(ownerUrl, agency);
  const writing = await writeBeside(appUrlOf(ownerUrl), agency);
  const measured = { warm: [], cold: [], bare: [], duck: [] } as Record<"warm" | "cold" | "bare" | "duck", number[]>;
  try {
    for (let round = 0; round < 3; round++) {
      for (const [at, brandId] of agency.brandIds.entries()) {
        const accountId = agency.accountIds[at] ?? "";
        await sql`update coverage set data_version = data_version + 1 where agency_id = ${agency.agencyId} and account_id = ${accountId}`;
        measured.cold.push(await ask(brandId));
        measured.warm.push(await ask(brandId));
        measured.bare.push(await timed(() => bareRollup(sql, agency, accountId)));
        measured.duck.push(await timed(() => sameInDuck(inDuck, agency, accountId)));
      }
    }
  } finally {
    await writing.stop();
    inDuck.close();
  }
  return { facts: row?.facts ?? 0, ...measured, writes: writing.commits() };
}

/** To the last byte, by a client that does no more than that: what is measured is the server. */
async function dashboardOf({ baseUrl, cookies }: Person, brandId: string): Promise<void> {
  const { statusCode, body } = await request(`${baseUrl}/api/v1/brand-dashboards?id=${brandId}&range=last-30-days`, {
    headers: {
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
      "accept-encoding": "gzip, deflate, br",
    },
  });
  await body.bytes();
  if (statusCode !== 200) throw new Error(`The dashboard was answered with ${statusCode}.`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const sums = "sum(total_cost), sum(impressions), sum(clicks), sum(purchases), sum(sales)";
const ofAccount = "agency_id = $1 and account_id = $2 and day between $3::date and $4::date";
/** What the dashboard cannot do without: the days of both windows, and the largest campaigns. */
const questions = [
  { text: `select day, ${sums} from rollup_account_day where ${ofAccount} group by day`, days: 60 },
  {
    text: `select campaign_id, ${sums} from rollup_campaign_day where ${ofAccount} group by campaign_id order by 2 desc limit 10`,
    days: 30,
  },
];

const askedOf = ({ agencyId, yesterday }: BigAgency, accountId: string) =>
  questions.map(({ text, days: length }) => ({
    text,
    values: [agencyId, accountId, addDays(yesterday, 1 - length), yesterday],
  }));

async function bareRollup(sql: Sql, agency: BigAgency, accountId: string): Promise<void> {
  for (const { text, values } of askedOf(agency, accountId)) await sql.unsafe(text, values, { prepare: true });
}

async function sameInDuck(duck: DuckRollups, agency: BigAgency, accountId: string): Promise<void> {
  for (const { text, values } of askedOf(agency, accountId)) await duck.ask(text, values);
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
    figure: "dashboard_p95_over_duckdb",
    value: p95(all.warm) / p95(all.duck),
    unit: "ratio",
    baseline: `p95 ${p95(all.duck).toFixed(1)} ms of the same two queries in DuckDB, in this process, over the same rollup rows, same run`,
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
async function crowd(person: Person, { brandIds, size }: BigAgency): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 4; round++) {
    const asked = Array.from({ length: people }, (_, at) =>
      timed(() => dashboardOf(person, brandIds[(at + round) % size.brands] ?? "")),
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

async function content(place: ContentPlace, { brandIds, size }: BigAgency): Promise<void> {
  const { contents } = await contentOf(place, `/brands/${brandIds[0]}`);
  print({
    figure: "dashboard_content",
    value: percentile(contents, 0.5),
    unit: "ms",
    baseline: `goal ${goal.content} ms; whole page in a browser with an empty cache, loopback, over ${factsADay(size) * days.all} facts`,
  });
}
