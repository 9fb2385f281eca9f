// Holds calls back that Amazon would refuse. One limit for each host, client, operation and account (limit-rule.ts); calls
// wait here for a few seconds in a fair order, and are sent back to their durable job where that is not enough.
import type { Clock } from "../core/clock";
import { type Caller, currentCaller, type Priority } from "./caller";
import { AmazonError, Throttled, Unavailable } from "./errors";
import { createLane, type Joining, type Lane, type Looked, type Timer } from "./lane";
import { admit, type Ceiling, learn, type Outcome, type Pass } from "./limit-rule";
import { createMemoryLimits, type LimitStore } from "./limit-store";

export interface LimitedCall {
  /** Host, client, operation and account in one string. */
  key: string;
  operation: string;
  /** Ends the waiting with its own reason. */
  signal?: AbortSignal;
}

export interface Limiter {
  /** Runs the work when its turn comes, or throws Throttled (held) with the time after which to come again. */
  run<T>(call: LimitedCall, work: () => Promise<T>): Promise<T>;
}

export interface LimiterOptions {
  clock: Clock;
  /** Kept in this process when not given. */
  store?: LimitStore;
  ceilingOf?: (operation: string) => Ceiling;
  /** How long a call may wait here. A job that waits keeps others from working. */
  patienceMs?: Record<Priority, number>;
  timer?: Timer;
}

const patience: Record<Priority, number> = { person: 15_000, sync: 10_000, backfill: 5_000 };
const nobody: Caller = { agencyId: "", origin: "", priority: "sync" };

/** Tokens and files come from other machines than the API, and their calls name no account. */
const ceilings = (operation: string): Ceiling =>
  operation.startsWith("lwa.") || operation === "reporting.download"
    ? { perSecond: 2_000, burst: 500 }
    : { perSecond: 50, burst: 50 };

const realTimer: Timer = (ms, act) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

export function createLimiter(options: LimiterOptions): Limiter {
  const { clock, store = createMemoryLimits({ clock }), ceilingOf = ceilings, timer = realTimer } = options;
  const lanes = new Map<string, Lane>();

  const ask = ({ key, operation }: LimitedCall): Looked | Promise<Looked> =>
    store.change(key, (known, now) => {
      const { limit, verdict } = admit(known, now, ceilingOf(operation));
      return { limit, result: { verdict, now } };
    });

  async function tell({ key, operation }: LimitedCall, pass: Pass, outcome: Outcome): Promise<void> {
    if (pass.untroubled && outcome.kind !== "limited") return;
    const ceiling = ceilingOf(operation);
    await store.change(key, (known, now) => ({
      limit: learn(known, now, { pass, outcome, ceiling }),
      result: undefined,
    }));
    // Those who wait for a probe need not wait any longer; those who wait for a slot have to wait for the pause now.
    if (pass.probe || outcome.kind === "limited") lanes.get(key)?.wake();
  }

  async function turn(call: LimitedCall): Promise<Pass> {
    call.signal?.throwIfAborted();
    const joining = joiningOf(call, options.patienceMs ?? patience);
    const lane = lanes.get(call.key);
    if (lane) return lane.join(joining);
    const { verdict, now } = await ask(call);
    if (verdict.go) return verdict.pass;
    if (verdict.waitMs > joining.patienceMs) throw joining.refusal(verdict.waitMs);
    call.signal?.throwIfAborted();
    const opened =
      lanes.get(call.key) ??
      createLane(verdict, now, {
        clock,
        timer,
        ask: () => ask(call),
        giveBack: (pass) => tell(call, pass, { kind: "unanswered" }),
        reached: (moment) => store.reached?.(moment),
        onEmpty: () => lanes.delete(call.key),
      });
    lanes.set(call.key, opened);
    return opened.join(joining);
  }

  return {
    async run(call, work) {
      const pass = await turn(call);
      let outcome: Outcome = { kind: "passed" };
      try {
        return await work();
      } catch (error) {
        outcome = outcomeOf(error);
        throw error;
      } finally {
        await tell(call, pass, outcome);
      }
    },
  };
}

function joiningOf({ operation, signal }: LimitedCall, patienceMs: Record<Priority, number>): Joining {
  const { agencyId, brandId, priority } = currentCaller() ?? nobody;
  return {
    place: { agencyId, brandId, priority },
    patienceMs: patienceMs[priority],
    signal,
    refusal: (retryAfterMs) => new Throttled({ operation }, { retryAfterMs, held: true }),
  };
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof Throttled) return { kind: "limited", retryAfterMs: error.retryAfterMs };
  return error instanceof AmazonError && !(error instanceof Unavailable)
    ? { kind: "answered" }
    : { kind: "unanswered" };
}
