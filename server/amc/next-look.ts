/** Amazon's limit of requests is not published: all the runs of an agency together are looked at about this often. */
const looksPerSecond = 6;
/** Steps are taken up once a second: a little less is the next one. */
const soonestMs = 900;
const latestMs = 60_000;
/** Of the time it took: how much longer a run may seem to have taken. */
const shareOfElapsed = 0.04;

/**
 * How long until a run at Amazon is looked at again: soon while it is young, so that the chart of a short one is there at once,
 * and in proportion to its age later, so that a long one costs few calls; the rarer, the more run at once.
 */
export function nextLookMs({ elapsedMs, running }: { elapsedMs: number; running: number }): number {
  const fair = Math.max(soonestMs, (1000 * running) / looksPerSecond);
  return Math.min(Math.max(fair, elapsedMs * shareOfElapsed), latestMs);
}
