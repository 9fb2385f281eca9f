/**
 * Does all work in lanes side by side, each with a place of its own: one waits while the other computes.
 * @param open makes a lane's place; `close` ends it, also after a failure
 */
export async function inLanes<T, P>(
  work: readonly T[],
  { lanes, open, close }: { lanes: number; open(): Promise<P>; close(place: P): Promise<void> },
  run: (place: P, item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...work];
  const lane = async () => {
    const place = await open();
    try {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await run(place, item);
    } finally {
      await close(place);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.min(lanes, work.length) }, lane));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
}
