// When a cron is due: once on each wall time of its zone. Of a time that the clocks skip, the first moment after; of one that comes twice, the first.
// A cron of every hour is due in both hours that the clocks call the same.
import { Cron } from "croner";
import { AppError } from "../core/errors";

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

/** Moments after the first up to and including the second, the oldest first; of more than `most` the latest. */
export function timesBetween(
  timing: Timing,
  { after, until, most }: { after: Date; until: Date; most: number },
): Date[] {
  const times: Date[] = [];
  for (let at = nextTime(timing, after); at && at <= until; at = nextTime(timing, at)) {
    times.push(at);
    if (times.length > most) times.shift();
  }
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
