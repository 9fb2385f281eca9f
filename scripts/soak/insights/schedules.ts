// N3: accounts in six zones, over both nights of the clocks' change and the end of a month, planned by four processes at once that are
// killed, started again, and whose clocks jump: each slot has one run, and each hour and day that was lived through has its slot.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import postgres from "postgres";
import type { Capabilities } from "../../../server/connections/contract";
import { accountAccess, accounts, connections } from "../../../server/connections/tables";
import { projectRoot } from "../../../server/core/project-root";
import { syncRuns } from "../../../server/insights/tables";
import { aCtx, anAgency, aSource } from "../../../tests/support/ctx";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { SoakPlace } from "../place";
import { liveThrough, startProcess } from "../processes";

const zones = [
  "America/Los_Angeles",
  "America/New_York",
  "Europe/London",
  "Europe/Berlin",
  "Asia/Tokyo",
  "Australia/Sydney",
];
const planner = join(projectRoot(), "scripts/soak/insights/planner.ts");
const hourMs = 3_600_000;
/** Begin, hours: New York's and Europe's nights of both changes; Sydney's; the end of a month and of a year. */
const whole: [string, number][] = [
  ["2026-03-07T12:00:00Z", 60],
  ["2026-03-28T12:00:00Z", 60],
  ["2026-04-04T00:00:00Z", 48],
  ["2026-10-03T00:00:00Z", 48],
  ["2026-10-24T12:00:00Z", 60],
  ["2026-10-31T00:00:00Z", 60],
  ["2026-12-31T00:00:00Z", 60],
];
const short: typeof whole = [["2026-11-01T01:00:00Z", 14]];

export async function schedules(place: SoakPlace, options: SoakOptions): Promise<Outcome> {
  let [slots, kills, expected] = [0, 0, 0];
  const wrong: string[] = [];
  for (const [begin, hours] of options.short ? short : whole) {
    const agencyId = await anAgency(place.db);
    await addAccounts(place, agencyId, new Date(begin));
    const lived = options.short ? ticksOf(begin, hours, 60) : withJumps(ticksOf(begin, hours, 30));
    const moments = lived.map((moment) => moment.toISOString());
    kills += await liveThrough(moments, () => startProcess(["--import", "tsx", planner, place.appUrl, agencyId]));
    const found = await judge(place, agencyId, lived);
    slots += found.slots;
    expected += found.expected;
    wrong.push(...found.wrong.map((one) => `${begin}: ${one}`));
  }
  for (const one of wrong.slice(0, 20)) process.stderr.write(`  ${one}\n`);
  return check(
    `${slots} slots of ${zones.length} zones, ${expected} hours and days accounted for, ${kills} kills, ${wrong.length} wrong`,
    {
      "exactly one run a slot, and none missing": wrong.length === 0,
      "something was planned": slots > 100 && kills > 0,
    },
  );
}

const ticksOf = (begin: string, hours: number, minutes: number): Date[] =>
  Array.from(
    { length: (hours * 60) / minutes },
    (_, index) => new Date(new Date(begin).getTime() + index * minutes * 60_000),
  );

/** Two hours that no process saw, and an hour that all see twice. */
function withJumps(ticks: Date[]): Date[] {
  const at = Math.floor(ticks.length / 3);
  return [...ticks.slice(0, at), ...ticks.slice(at + 4, -8), ...ticks.slice(-10)];
}

/** Seen for long, so that nothing but slots of the time itself is due. */
async function addAccounts({ db }: SoakPlace, agencyId: string, begin: Date): Promise<void> {
  const since = new Date(begin.getTime() - 40 * 24 * hourMs);
  const [connectionId, capability] = [randomUUID(), { ok: true }];
  const capabilities = {
    campaigns: capability,
    reports: capability,
    write: capability,
    amc: capability,
    audiences: capability,
  } as Capabilities;
  const found = { state: "done", profiles: 1, entities: 1, advertisers: zones.length };
  await aCtx(aSource(db), agencyId).tx(async (tx) => {
    await tx.db.insert(connections).values({
      agencyId,
      id: connectionId,
      region: "NA",
      ownerUserId: randomUUID(),
      amazonUserId: `amzn1.account.${agencyId}`,
      amazonUserName: "Ben",
      scopes: ["profile"],
      state: "healthy",
      stateSince: since,
      consentedAt: since,
      discovery: { NA: found, EU: found, FE: found } as never,
      createdAt: since,
    });
    for (const [at, timeZone] of zones.entries()) {
      const id = randomUUID();
      await tx.db.insert(accounts).values({
        agencyId,
        id,
        kind: "dsp_advertiser",
        region: "NA",
        amazonId: String(at),
        name: timeZone,
        countryCode: "US",
        currency: "USD",
        timeZone,
        connectionId,
        capabilities,
        reportPullsPerDay: at % 2 ? 4 : null,
        createdAt: since,
        seenAt: since,
      });
      await tx.db
        .insert(accountAccess)
        .values({ agencyId, accountId: id, connectionId, capabilities, probedAt: since });
      await tx.db.insert(syncRuns).values({
        agencyId,
        accountId: id,
        subject: "campaign",
        kind: "backfill",
        slot: "backfill:1",
        state: "done",
        createdAt: since,
        finishedAt: since,
      });
    }
  });
}

interface Row {
  zone: string;
  subject: string;
  kind: string;
  slot: string;
  runs: number;
  jobs: number;
}

async function judge({ ownerUrl }: SoakPlace, agencyId: string, moments: Date[]) {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const rows = await owner<Row[]>`
      select a.time_zone as zone, r.subject, r.kind, r.slot, count(distinct r.id)::int as runs, count(j.id)::int as jobs
      from sync_runs r join accounts a on a.agency_id = r.agency_id and a.id = r.account_id
        left join graphile_worker._private_jobs j on j.payload -> 'input' ->> 'runId' = r.id::text
      where r.agency_id = ${agencyId} and r.slot <> 'backfill:1'
      group by 1, 2, 3, 4`;
    const wrong = rows
      .filter(({ runs, jobs }) => runs !== 1 || jobs !== 1)
      .map(({ zone, subject, slot, runs, jobs }) => `${zone} ${subject} ${slot}: ${runs} runs, ${jobs} jobs`);
    let expected = 0;
    for (const zone of zones) {
      const own = rows.filter((row) => row.zone === zone);
      const days = daysLived(zone, moments);
      const hours = new Set(own.filter(({ subject }) => subject === "entities").map(({ slot }) => slot)).size;
      const lived = hoursLived(moments);
      // An account's hours begin at a minute of its own: those at the ends of a stretch may be cut.
      if (Math.abs(hours - lived) > 2) wrong.push(`${zone}: ${hours} hours of entities, ${lived} lived through`);
      expected += lived + days.length;
      for (const day of days) {
        const settle = own.filter(({ subject, slot }) => subject === "campaign" && slot.startsWith(`settle:${day}`));
        if (settle.length !== 2) wrong.push(`${zone} ${day}: ${settle.length} pieces of the settle window, not 2`);
      }
    }
    return { slots: rows.length, expected, wrong };
  } finally {
    await owner.end({ timeout: 5 });
  }
}

/** Days of a zone of which some tick saw an hour from four in the morning on. */
function daysLived(zone: string, moments: Date[]): string[] {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  });
  const days = moments.flatMap((moment) => {
    const part = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    return Number(part.hour) >= 4 ? [`${part.year}-${part.month}-${part.day}`] : [];
  });
  return [...new Set(days)];
}

/** Whole hours of which some tick saw a minute. */
const hoursLived = (moments: Date[]): number =>
  new Set(moments.map((moment) => moment.toISOString().slice(0, 13))).size;
