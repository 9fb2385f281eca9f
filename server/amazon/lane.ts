// The calls of one limit that wait for their turn in this process.
import type { Clock } from "../core/clock";
import { createFairQueue, type Place } from "./fair-queue";
import type { Pass, Verdict } from "./limit-rule";

/** Calls `act` once after that time. @returns what takes it back */
export type Timer = (ms: number, act: () => void) => () => void;

/** What was decided, and when by the clock of whoever decided. */
export interface Looked {
  verdict: Verdict;
  now: number;
}

export interface LaneOptions {
  clock: Clock;
  timer: Timer;
  /** May the next call go? */
  ask(): Looked | Promise<Looked>;
  /** Nobody is left to use the permission. */
  giveBack(pass: Pass): Promise<void>;
  /** A whole pause has passed. */
  reached(moment: number): void;
  /** Nobody waits any more. */
  onEmpty(): void;
}

export interface Joining {
  place: Place;
  patienceMs: number;
  signal?: AbortSignal;
  /** What is thrown where the turn does not come in time. */
  refusal(returnAfterMs: number): Error;
}

export interface Lane {
  /** Resolves when the turn comes. */
  join(joining: Joining): Promise<Pass>;
  /** Something was learnt: look again at once. */
  wake(): void;
}

interface Waiter extends Joining {
  go(pass: Pass): void;
  refuse(reason: unknown): void;
}

const longestReturnMs = 15 * 60_000;

/** A lane whose first look has just said no. */
export function createLane(first: Verdict & { go: false }, firstAt: number, options: LaneOptions): Lane {
  const { clock, timer } = options;
  const queue = createFairQueue<Waiter>();
  const pause = createPause(timer);
  let { waitMs, everyMs } = first;
  let since = clock().getTime();
  let serving = false;

  const leftMs = () => Math.max(waitMs - Math.max(clock().getTime() - since, 0), 0);
  const returnAfterMs = () => Math.min(leftMs() + Math.ceil(queue.size * everyMs), longestReturnMs);

  /** Those whose patience does not last until the next call may go. */
  function dismiss(): void {
    for (const waiter of queue.all()) {
      if (waiter.patienceMs < waitMs) waiter.refuse(waiter.refusal(returnAfterMs()));
    }
  }

  async function look(): Promise<number> {
    const { verdict, now } = await options.ask();
    since = clock().getTime();
    waitMs = verdict.go ? 0 : verdict.waitMs;
    if (!verdict.go) everyMs = verdict.everyMs;
    const next = verdict.go ? queue.take() : undefined;
    if (next && verdict.go) next.go(verdict.pass);
    else if (verdict.go) await options.giveBack(verdict.pass);
    return now;
  }

  async function serve(): Promise<void> {
    for (let now = firstAt; queue.size > 0; ) {
      if (waitMs > 0) {
        dismiss();
        if (queue.size > 0 && (await pause.of(waitMs))) options.reached(now + waitMs);
      }
      if (queue.size > 0) now = await look();
    }
  }

  function start(): void {
    if (serving) return;
    serving = true;
    serve()
      .catch((error: unknown) => {
        for (const waiter of queue.all()) waiter.refuse(error);
      })
      .finally(() => {
        serving = false;
        // Somebody may have come while the last one left.
        if (queue.size > 0) start();
        else options.onEmpty();
      });
  }

  return {
    join(joining) {
      if (joining.signal?.aborted) return Promise.reject(joining.signal.reason);
      if (leftMs() > joining.patienceMs) return Promise.reject(joining.refusal(returnAfterMs()));
      return new Promise((resolve, reject) => {
        queue.add(joining.place, waiterOf(joining, { queue, timer, resolve, reject, returnAfterMs }));
        start();
      });
    },
    wake: () => pause.end(),
  };
}

/** One pause at a time. Resolves to true where the whole time has passed. */
function createPause(timer: Timer) {
  let end = () => {};
  return {
    of: (ms: number): Promise<boolean> =>
      new Promise((done) => {
        const stop = timer(ms, () => done(true));
        end = () => {
          stop();
          done(false);
        };
      }),
    end: () => end(),
  };
}

interface Waiting {
  queue: ReturnType<typeof createFairQueue<Waiter>>;
  timer: Timer;
  resolve(pass: Pass): void;
  reject(reason: unknown): void;
  returnAfterMs(): number;
}

function waiterOf(joining: Joining, { queue, timer, resolve, reject, returnAfterMs }: Waiting): Waiter {
  const { place, signal } = joining;
  const leave = () => {
    queue.remove(place, waiter);
    stop();
    signal?.removeEventListener("abort", abort);
  };
  const waiter: Waiter = {
    ...joining,
    go(pass) {
      leave();
      resolve(pass);
    },
    refuse(reason) {
      leave();
      reject(reason);
    },
  };
  const abort = () => waiter.refuse(signal?.reason);
  const stop = timer(joining.patienceMs, () => {
    queue.remove(place, waiter);
    waiter.refuse(joining.refusal(returnAfterMs()));
  });
  signal?.addEventListener("abort", abort, { once: true });
  return waiter;
}
