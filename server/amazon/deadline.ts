import { EventEmitter } from "node:events";

/** The reason an own time-out aborts with, told apart from the caller's abort. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
}

/** What undici takes for an AbortSignal, and costs a fraction of one. */
class Signal extends EventEmitter {
  aborted = false;
  reason: unknown;

  abort(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.emit("abort");
  }
}

export interface Deadline {
  signal: EventEmitter;
  /** Stops the clock while nothing is awaited from Amazon. */
  pause(): void;
  resume(): void;
  /** Stops the clock for good, and lets go of the caller's signal. */
  close(): void;
}

/** A signal that fires after `ms` without a pause, or with the caller's own signal. */
// AbortSignal.any and AbortSignal.timeout are not used: a long-lived caller signal would collect one listener a call.
export function startDeadline(ms: number, outer?: AbortSignal): Deadline {
  const signal = new Signal();
  let timer: NodeJS.Timeout | undefined;
  const pause = () => clearTimeout(timer);
  const resume = () => {
    clearTimeout(timer);
    timer = setTimeout(() => signal.abort(new TimedOut(`no answer within ${Math.round(ms / 1000)} s`)), ms);
  };
  const forward = () => signal.abort(outer?.reason);
  if (outer?.aborted) forward();
  outer?.addEventListener("abort", forward, { once: true });
  resume();
  return {
    signal,
    pause,
    resume,
    close() {
      pause();
      outer?.removeEventListener("abort", forward);
    },
  };
}
