// A clock and timers that only move when told to: hours of waiting in an instant, each step in its order.
import type { Clock } from "../../server/core/clock";

export interface SimulatedTime {
  clock: Clock;
  /** Milliseconds since its start. */
  now(): number;
  timer(ms: number, act: () => void): () => void;
  /** Resolves after that time. */
  sleep(ms: number): Promise<void>;
  /** Moves on, stopping at each timer that is due on the way. */
  advance(ms: number): Promise<void>;
}

const settled = () => new Promise<void>((done) => setImmediate(done));

export function simulatedTime(start = 0): SimulatedTime {
  let now = start;
  let last = 0;
  const timers = new Map<number, { at: number; act: () => void }>();
  const timer: SimulatedTime["timer"] = (ms, act) => {
    const id = ++last;
    timers.set(id, { at: now + Math.max(ms, 0), act });
    return () => timers.delete(id);
  };
  const nextDue = () => {
    let next: { id: number; at: number } | undefined;
    for (const [id, { at }] of timers) if (!next || at < next.at) next = { id, at };
    return next;
  };
  return {
    clock: () => new Date(Math.floor(now)),
    now: () => now,
    timer,
    sleep: (ms) => new Promise((done) => timer(ms, done)),
    async advance(ms) {
      const end = now + ms;
      await settled();
      for (let next = nextDue(); next && next.at <= end; next = nextDue()) {
        now = next.at;
        const due = timers.get(next.id);
        timers.delete(next.id);
        due?.act();
        await settled();
      }
      now = end;
      await settled();
    },
  };
}
