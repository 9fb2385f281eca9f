// When a cron is due: once on each wall time of its zone. Of a time that the clocks skip, the first moment after; of one that comes twice, the first.
// A cron of every hour is due in both hours that the clocks call the same.
import { Cron } from "croner";
import { AppError } from "../core/errors";

/** Of what was missed, more are not made up for, nor shown. */
export const mostMissed = 200;

export interface Timing {
  cron: string;
  timeZone: string;
}

/** The first moment after the given one; null: there is none. */
export function nextTime({ cron, timeZone }: Timing, after: Date): Date | null {
  return parse(cron, timeZone).nextRun(after);
}

export function nextTimes(timing: Timing, after: Date, count: number): Date[] {
  return parse(timing.cron, timing.timeZone).nextRuns(count, after);
}

const hourMs = 3_600_000;

/** Moments after the first up to and including the second, the oldest first; of more than `most` the latest. */
export function timesBetween(
  timing: Timing,
  { after, until, most }: { after: Date; until: Date; most: number },
): Date[] {
  const cron = parse(timing.cron, timing.timeZone);
  // Looks back twice as far each time, so that a long stretch of a frequent schedule is not walked from its beginning.
  for (let span = hourMs; ; span *= 2) {
    const from = new Date(Math.max(after.getTime(), until.getTime() - span));
    const times = walk(cron, from, until);
    if (times.length >= most || from <= after) return times.slice(-most);
  }
}

/** Moments within so many milliseconds of any of those given, the oldest first, each once. */
export function timesNear(timing: Timing, moments: readonly Date[], withinMs: number): Date[] {
  const cron = parse(timing.cron, timing.timeZone);
  const times: Date[] = [];
  let seenUntil = 0;
  for (const at of moments.map((moment) => moment.getTime()).sort((a, b) => a - b)) {
    const until = at + withinMs;
    if (until <= seenUntil) continue;
    times.push(...walk(cron, new Date(Math.max(at - withinMs - 1, seenUntil)), new Date(until)));
    seenUntil = until;
  }
  return times;
}

function walk(cron: Cron, after: Date, until: Date): Date[] {
  const times: Date[] = [];
  for (let at = cron.nextRun(after); at && at <= until; at = cron.nextRun(at)) times.push(at);
  return times;
}

/** Five fields, and no seconds: a run takes minutes. @throws {AppError} invalid */
function parse(cron: string, timeZone: string): Cron {
  try {
    if (cron.trim().split(/\s+/).length !== 5) throw new Error("it needs five fields");
    return new Cron(cron, { timezone: timeZone, paused: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError("invalid", `This is no timing: ${why}.`, {
      fields: { cron: "Write minute, hour, day of month, month and day of week, such as 0 6 * * 1." },
      remedy: "Correct the timing.",
    });
  }
}

export const requireTiming = ({ cron, timeZone }: Timing): void => {
  parse(cron, timeZone);
};
