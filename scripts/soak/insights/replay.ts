// N1: an agency's days as they may go. Time passes by hours, days or a fortnight; what is due is planned by two at once; jobs run in any
// order, some twice, some in a process that is killed at a step; a person asks for days anew. At each rest every level shows Amazon's truth,
// and whatever was shown then is shown again as of then.
import { openDatabase } from "../../../server/core/db/connect";
import { seeded } from "../../../tests/support/restated-days";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { SoakPlace } from "../place";
import { anOffice, type Office } from "./office";
import { differences, type Sums, shownNow } from "./shown";

const hourMs = 3_600_000;
/** Hours that may pass between two rests; amounts are final before the longest. */
const steps = [1, 5, 11, 24, 24, 49, 24 * 9];
const killsAt = [
  "report.requested",
  "report.ready",
  "collect.streamed",
  "report.stored",
  "collect.stored",
  "collect.committed",
  "entities.page",
];

export async function replay(place: SoakPlace, { short }: SoakOptions): Promise<Outcome> {
  const walks = short ? [{ seed: 1, rests: 5 }] : Array.from({ length: 25 }, (_, seed) => ({ seed, rests: 16 }));
  const tally = { rests: 0, kills: 0, repeats: 0, compared: 0, reopened: 0 };
  const wrong: string[] = [];
  for (const walk of walks) wrong.push(...(await goThrough(place, walk, tally)));
  // Thirteen months, a day at a time, of every advertiser.
  if (!short) wrong.push(...(await goThrough(place, { seed: 99, rests: 300, stepHours: 24 }, tally)));
  for (const one of wrong.slice(0, 20)) process.stderr.write(`  ${one}\n`);
  return check(
    `${tally.rests} rests, ${tally.kills} kills, ${tally.repeats} jobs run twice, ${tally.compared} sums equal to the truth, ${tally.reopened} screens reopened, ${wrong.length} wrong`,
    {
      "every level shows the truth, now and as of then": wrong.length === 0,
      "something was killed, repeated and reopened": tally.kills > 0 && tally.repeats > 0 && tally.reopened > 0,
    },
  );
}

interface Walk {
  seed: number;
  rests: number;
  /** The same each time, instead of by chance. */
  stepHours?: number;
}

type Tally = Record<"rests" | "kills" | "repeats" | "compared" | "reopened", number>;

async function goThrough(place: SoakPlace, walk: Walk, tally: Tally): Promise<string[]> {
  const random = seeded(walk.seed * 7919 + 1);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const second = openDatabase(place.appUrl, { poolSize: 2 });
  const office = await anOffice(place, second);
  const wrong: string[] = [];
  const seen: { at: string; range: string; shown: Sums }[] = [];
  try {
    await work(office, { random, pick, tally });
    for (let rest = 0; rest < walk.rests; rest++) {
      office.advance((walk.stepHours ?? pick(steps)) * hourMs);
      if (random() < 0.3) await office.askAnew();
      await office.plan();
      await work(office, { random, pick, tally });
      const range = office.range();
      const shown = await shownNow(office.ctx, { brandId: office.brandId, range });
      const odd = differences(shown, await office.truth());
      tally.compared += Object.keys(shown).length;
      wrong.push(...odd.map((one) => `walk ${walk.seed}, rest ${rest}: ${one}`));
      office.advance(1000);
      seen.push({ at: office.now().toISOString(), range, shown });
      tally.rests++;
    }
    for (const { at, range, shown } of walk.rests > 50 ? seen.filter((_, index) => index % 20 === 0) : seen) {
      const then = await shownNow(office.ctx, { brandId: office.brandId, range, asOf: at });
      wrong.push(...differences(then, shown).map((one) => `walk ${walk.seed}, as of ${at}: ${one}`));
      tally.reopened++;
    }
  } finally {
    await office.close();
    await second.close();
  }
  return wrong;
}

/** Does all that is waiting, in any order. */
async function work(
  office: Office,
  { random, pick, tally }: { random: () => number; pick: <T>(all: readonly T[]) => T; tally: Tally },
): Promise<void> {
  for (;;) {
    const waiting = await office.waiting();
    if (waiting.length === 0) return;
    const job = pick(waiting);
    const chance = random();
    if (chance < 0.04) {
      // It stays in the queue: whoever takes it over begins where the dead one stopped.
      if (await office.killAt(job, pick(killsAt))) tally.kills++;
      continue;
    }
    await office.run(job);
    if (chance < 0.15) {
      await office.run(job);
      tally.repeats++;
    }
    await office.forget(job);
  }
}
