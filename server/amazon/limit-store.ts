// Where limits are kept: in this process, or (redis-limits.ts) in one place for all processes. Both run the same rule.
import type { Clock } from "../core/clock";
import { type Limit, rememberedUntil } from "./limit-rule";

export interface Step<T> {
  /** What to remember; the very value that was given where nothing changed. */
  limit: Limit | null;
  result: T;
}

/** A step may be run more than once where processes meet: it must not do anything else. */
export type Stepping<T> = (known: Limit | null, now: number) => Step<T>;

export interface LimitStore {
  /** Runs the step on what is known of the key; nobody else's step comes in between. Never fails for the store's sake. */
  change<T>(key: string, step: Stepping<T>): T | Promise<T>;
  /** A timer says that this moment of the store's clock has come. */
  reached?(moment: number): void;
  close(): Promise<void>;
}

const keysBetweenSweeps = 500;

export interface MemoryLimitsOptions {
  clock: Clock;
  /** Applied to what is remembered. */
  adjust?: (limit: Limit, now: number) => Limit;
}

export function createMemoryLimits({ clock, adjust = (limit) => limit }: MemoryLimitsOptions): LimitStore {
  const limits = new Map<string, { limit: Limit; until: number }>();
  let latest = 0;
  let added = 0;

  /** Never goes back: a clock that is set back must not hold calls for that long again. */
  const now = (): number => {
    latest = Math.max(latest, clock().getTime());
    return latest;
  };

  function keep(key: string, limit: Limit | null, at: number): void {
    if (!limit) limits.delete(key);
    else limits.set(key, { limit: adjust(limit, at), until: rememberedUntil(limit, at) });
    if (++added < keysBetweenSweeps) return;
    added = 0;
    for (const [each, { until }] of limits) if (until < at) limits.delete(each);
  }

  return {
    change(key, step) {
      const at = now();
      const kept = limits.get(key);
      const known = kept && kept.until >= at ? kept.limit : null;
      const { limit, result } = step(known, at);
      if (limit !== known) keep(key, limit, at);
      return result;
    },
    reached(moment) {
      latest = Math.max(latest, moment);
    },
    close: async () => limits.clear(),
  };
}
