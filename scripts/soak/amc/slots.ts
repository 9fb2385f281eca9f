// Q4: hourly schedules in three zones, over nights on which clocks go back, started by four processes at once that are killed and started again:
// one run a due hour and instance.
import postgres from "postgres";
import { changePolicy } from "../../../server/amc/change-policy";
import { createSchedule } from "../../../server/amc/change-schedule";
import { policyId } from "../../../server/amc/contract";
import { anInstance } from "../../../tests/support/amc-instance";
import { aClock, aCtx, anAgency, aSource, asOwner } from "../../../tests/support/ctx";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import { liveThrough } from "../processes";
import type { AmcSoakPlace } from "./place";
import { workersOf } from "./workers";

const zones = ["America/New_York", "Europe/Berlin", "Australia/Adelaide"];
const instances = 2;
const quarterMs = 15 * 60_000;
/** New York's night; in the whole run Berlin's too. */
const short = { begin: new Date("2026-11-01T01:00:00Z"), hours: 21 };
const whole = { begin: new Date("2026-10-24T20:00:00Z"), hours: 182 };

export async function slots(place: AmcSoakPlace, options: SoakOptions): Promise<Outcome> {
  const { begin, hours } = options.short ? short : whole;
  const quarters = Array.from({ length: hours * 4 }, (_, index) => new Date(begin.getTime() + (index + 1) * quarterMs));
  const agencyId = await anAgency(place.db);
  const expected = await schedule(place, agencyId, { begin, quarters });
  const moments = quarters.filter((_, index) => index % 2 === 1).map((now) => JSON.stringify({ now }));
  const start = await workersOf(place, agencyId);
  const kills = await liveThrough(moments, () => start());
  const { wrong, runs } = await judge(place, agencyId, expected);
  for (const one of wrong.slice(0, 20)) process.stderr.write(`  ${one}\n`);
  return check(`${expected.size} slots due, ${runs} runs started, ${kills} kills, ${wrong.length} wrong`, {
    "each slot has one run": wrong.length === 0 && runs === expected.size,
    "there were slots and kills": expected.size >= (options.short ? 120 : 1_000) && kills > 0,
  });
}

/** @returns what is due: schedule, instance and moment */
async function schedule(
  { db }: AmcSoakPlace,
  agencyId: string,
  { begin, quarters }: { begin: Date; quarters: Date[] },
): Promise<Set<string>> {
  const ctx = aCtx(aSource(db, { clock: aClock(begin) }), agencyId, { memberships: asOwner });
  // No run answers for another.
  await changePolicy(ctx, { id: policyId, freshHours: 0, mostOverlapping: 1_000 });
  const expected = new Set<string>();
  for (const timeZone of zones) {
    const instanceIds = await Promise.all(Array.from({ length: instances }, () => anInstance(ctx)));
    const timing = { cron: "0 * * * *", timeZone, missed: "all" as const };
    const window = { kind: "last" as const, days: 7 };
    const { id } = await createSchedule(ctx, { ...timing, name: timeZone, templateId: "overlap", instanceIds, window });
    for (const dueAt of fullHours(timeZone, quarters)) {
      for (const instanceId of instanceIds) expected.add(keyOf({ scheduleId: id, instanceId, dueAt }));
    }
  }
  return expected;
}

/** An hour that the clocks say twice is two hours. */
function fullHours(timeZone: string, quarters: readonly Date[]): Date[] {
  const minute = new Intl.DateTimeFormat("en", { timeZone, minute: "numeric" });
  return quarters.filter((moment) => minute.format(moment) === "0");
}

interface Slot {
  scheduleId: string;
  instanceId: string;
  dueAt: Date;
}

const keyOf = ({ scheduleId, instanceId, dueAt }: Slot): string => `${scheduleId} ${instanceId} ${dueAt.toISOString()}`;

async function judge({ ownerUrl }: AmcSoakPlace, agencyId: string, expected: ReadonlySet<string>) {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const found = await owner<(Slot & { state: string; runs: number })[]>`
      select s.schedule_id as "scheduleId", s.instance_id as "instanceId", s.due_at as "dueAt", s.state, count(e.id)::int as runs
      from amc_slots s left join amc_executions e on e.agency_id = s.agency_id and e.id = s.execution_id
        and e.schedule_id = s.schedule_id and e.instance_id = s.instance_id and e.origin = 'schedule'
      where s.agency_id = ${agencyId} group by 1, 2, 3, 4`;
    const [all] = await owner<{ runs: number }[]>`
      select count(*)::int as runs from amc_executions where agency_id = ${agencyId}`;
    const keys = new Set(found.map(keyOf));
    const wrong = [
      ...[...expected].filter((key) => !keys.has(key)).map((key) => `${key} was not started`),
      ...found.filter((slot) => !expected.has(keyOf(slot))).map((slot) => `${keyOf(slot)} was not due`),
      ...found
        .filter(({ state, runs }) => state !== "started" || runs !== 1)
        .map((slot) => `${keyOf(slot)}: ${slot.state}, ${slot.runs} runs`),
    ];
    return { wrong, runs: all?.runs ?? 0 };
  } finally {
    await owner.end({ timeout: 5 });
  }
}
