import type { AudienceJob } from "./audience-shape";

// How audiences age. Nothing here attaches them to a campaign, so all refresh ever more slowly.

const DAY_MS = 86_400_000;
/** Days of age from which the gap between refreshes is so many times its first length: how the 14-, 30- and 100-day rules act is not documented. */
const SLOWER = [
  { fromDays: 14, factor: 2 },
  { fromDays: 30, factor: 4 },
  { fromDays: 100, factor: 8 },
];
/** One that is never refreshed ends after so many days. */
const UNREFRESHED_DAYS = 30;

export function refreshOf(job: AudienceJob, now: number): { lastRefreshed: number; deactivated: boolean } {
  const made = job.ended?.at ?? job.begun.at;
  const rate = job.body.refreshRateDays;
  if (rate === 0) return { lastRefreshed: made, deactivated: now - made >= UNREFRESHED_DAYS * DAY_MS };
  let last = made;
  for (;;) {
    const age = (last - made) / DAY_MS;
    const factor = SLOWER.reduce((slowest, step) => (age >= step.fromDays ? step.factor : slowest), 1);
    const next = last + rate * factor * DAY_MS;
    if (next > now) return { lastRefreshed: last, deactivated: false };
    last = next;
  }
}
