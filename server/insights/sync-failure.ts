// What a failure means for a sync: wait and try again, or give up with Amazon's own words. Only what Amazon refuses for
// good is a failure; everything else is a delay that a person can see.
import { Rejected, Throttled, Unauthorized, Unavailable, UnexpectedShape, UrlExpired } from "../amazon";
import { AppError } from "../core/errors";

export type SyncFailure = { kind: "wait"; note: string; afterMs: number } | { kind: "fail"; note: string };

const firstWaitMs = 2_000;
const longestWaitMs = 5 * 60_000;
/** A person has to act first: there is no hurry. */
const personWaitMs = 10 * 60_000;

/** 2, 4, 8 s and so on, up to `longest`. */
export const backoffMs = (times: number, longest = longestWaitMs): number =>
  Math.min(firstWaitMs * 2 ** times, longest);

/** @param waits times the run has been put off since Amazon last answered @returns null for what is our own fault */
export function failureOf(error: unknown, waits: number): SyncFailure | null {
  if (error instanceof Throttled) {
    return wait(
      "Amazon is limiting requests; the work goes on when it allows.",
      error.retryAfterMs ?? backoffMs(waits),
    );
  }
  if (error instanceof Unavailable) return wait(error.message, error.retryAfterMs ?? backoffMs(waits));
  if (error instanceof UrlExpired) return wait(error.message, firstWaitMs);
  if (error instanceof UnexpectedShape) return wait(error.message, backoffMs(waits));
  if (error instanceof Unauthorized) {
    const said = error.details ? ` ("${error.details}")` : "";
    return fail(
      `The connected Amazon user may not read this account${said}. Ask for access at Amazon, then sync again.`,
    );
  }
  if (error instanceof Rejected) return fail(`${error.message} Sync again once that is put right.`);
  if (error instanceof AppError && error.code === "forbidden") return fail(words(error));
  if (error instanceof AppError && (error.code === "precondition" || error.code === "unavailable")) {
    const afterMs = error.retryAfterSeconds ? error.retryAfterSeconds * 1000 : personWaitMs;
    return wait(words(error), afterMs);
  }
  return null;
}

const words = ({ message, remedy }: AppError) => [message, remedy].filter(Boolean).join(" ");
const wait = (note: string, afterMs: number): SyncFailure => ({ kind: "wait", note, afterMs });
const fail = (note: string): SyncFailure => ({ kind: "fail", note });
