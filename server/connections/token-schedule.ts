// When a token is renewed, and how long is waited after a failure. All in milliseconds.
import type { TokenFailure } from "./token-outcome";

const minute = 60_000;

/** The refresh service renews a token when this much of its life is left, or earlier. */
export const renewMarginMs = 20 * minute;
/** A caller gets a token that lives at least this long. */
export const useMarginMs = 5 * minute;
/** While a new one cannot be had, the old one is used up to this close to its end. */
export const lastUseMs = minute / 2;
/** A token that lives longer than this is no reason to worry anyone yet. */
export const calmMs = 10 * minute;
/** Longer than a token call may take. A holder that died is replaced after it. */
export const leaseMs = minute / 2;

/** Refusals of a grant before it is taken for gone, and the least time between two of them. */
export const refusalsUntilGone = 3;
export const betweenRefusalsMs = minute;

/** A number in [0, 1). */
export type Random = () => number;

/**
 * How long after it was asked for a token is renewed. Tokens of one moment are spread over a quarter of the time there is,
 * so that a herd comes apart.
 */
export function renewAfterMs(lifeMs: number, random: Random = Math.random): number {
  const latest = lifeMs - Math.min(renewMarginMs, lifeMs / 3);
  return latest - (random() * latest) / 4;
}

const firstRetryMs = 5_000;
const longestRetryMs = 2 * minute;
/** Past its end a token is no more stale in five minutes than in two. */
const longestRetryAfterEndMs = 5 * minute;

export interface Tried {
  /** Failures in a row, with this one. */
  failures: number;
  /** What is left of the token's life; negative after its end. */
  lifeLeftMs: number;
}

/** Milliseconds before the next try: exponential with full jitter, and never before Amazon allows. */
export function retryAfterMs(failure: TokenFailure, tried: Tried, random: Random = Math.random): number {
  if (failure.class === "reconnect" || failure.class === "pause_all") return betweenRefusalsMs * (1 + random() / 4);
  const longest = tried.lifeLeftMs > 0 ? longestRetryMs : longestRetryAfterEndMs;
  const window = Math.min(firstRetryMs * 2 ** Math.max(tried.failures - 1, 0), longest);
  return Math.max(window * random(), failure.retryAfterMs ?? 0, 1000);
}
