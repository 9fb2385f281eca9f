// A circuit per host, client and operation. Amazon's DSP gateway answers 429 without Retry-After and goes on doing so
// for 10 to 15 minutes (contracts 8), so calls are held here instead of being sent to be refused.
import type { Clock } from "../core/clock";
import { AmazonError, Throttled, Unavailable } from "./errors";

export interface Circuit {
  /** Host, client and operation in one string. */
  key: string;
  operation: string;
}

export interface Limiter {
  /** Runs the work, or throws Throttled with the remaining time while the circuit is open. */
  run<T>(circuit: Circuit, work: () => Promise<T>): Promise<T>;
}

const firstHoldMs = 30_000;
const longestHoldMs = 15 * 60_000;
const probeHoldMs = 1000;

interface State {
  openUntil: number;
  /** Times the circuit opened since it was last closed. */
  strikes: number;
  /** Rises with each opening, so that calls sent before it do not open the circuit a second time. */
  generation: number;
  probing: boolean;
}

const holdFor = (strikes: number) => Math.min(firstHoldMs * 2 ** (strikes - 1), longestHoldMs);

/** A limiter that keeps its state in this process. */
export function createLimiter(clock: Clock): Limiter {
  const states = new Map<string, State>();

  function opened(key: string, retryAfterMs: number | undefined, sentIn: number): void {
    const state = states.get(key) ?? { openUntil: 0, strikes: 0, generation: 0, probing: false };
    states.set(key, state);
    const now = clock().getTime();
    if (state.generation === sentIn) {
      state.generation++;
      state.strikes++;
      state.openUntil = now + (retryAfterMs ?? holdFor(state.strikes));
    } else if (retryAfterMs !== undefined) {
      state.openUntil = Math.max(state.openUntil, now + retryAfterMs);
    }
  }

  return {
    async run({ key, operation }, work) {
      const state = states.get(key);
      const remaining = state ? state.openUntil - clock().getTime() : 0;
      if (remaining > 0) throw new Throttled({ operation }, { retryAfterMs: remaining, held: true });
      if (state?.probing) throw new Throttled({ operation }, { retryAfterMs: probeHoldMs, held: true });

      const sentIn = state?.generation ?? 0;
      if (state) state.probing = true;
      try {
        const result = await work();
        if (state?.generation === sentIn) states.delete(key);
        return result;
      } catch (error) {
        if (error instanceof Throttled) opened(key, error.retryAfterMs, sentIn);
        // A refusal of another kind is an answer: the gateway lets calls through again. No answer says nothing.
        else if (answered(error) && state?.generation === sentIn) states.delete(key);
        throw error;
      } finally {
        if (state) state.probing = false;
      }
    },
  };
}

const answered = (error: unknown) => error instanceof AmazonError && !(error instanceof Unavailable);
