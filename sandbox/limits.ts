import { pathMatches } from "./faults";

// Settings a test may change, and the optional rate limit (a token bucket per operation and region).

export interface RateLimit {
  /** path with `*`, or the name of an operation */
  path: string;
  capacity: number;
  refillPerSecond: number;
  /** absent: 429 without Retry-After, as Amazon's DSP gateway sends it */
  retryAfterSeconds?: number | undefined;
}

export interface Settings {
  reportDelaySeconds: number;
  /** an identical report request within this time of the first is answered 425 */
  duplicateWindowSeconds: number;
  urlExpirySeconds: number;
  accessTokenSeconds: number;
  /** a consent ends by itself after so many days; absent: never */
  consentDays?: number | undefined;
  /** from the moment an AMC execution or audience has a place to run until it ends */
  amcRunSeconds: number;
  /** until a new AMC instance or an update of its advertisers is complete */
  amcSetupSeconds: number;
  amcUrlExpirySeconds: number;
  /** so many executions a day may read the same tables in overlapping windows of an instance */
  amcSameInputLimit: number;
  rateLimits: RateLimit[];
}

export interface Limiter {
  /** undefined: go on. Otherwise the limit that refuses the call. */
  refusal(subject: { path: string; operation: string; region: string }): RateLimit | undefined;
}

export function createLimiter(settings: Settings, now: () => number): Limiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    refusal(subject) {
      const limit = settings.rateLimits.find((candidate) => pathMatches(candidate.path, subject));
      if (!limit) return undefined;
      const key = `${limit.path} ${subject.region} ${subject.operation}`;
      const moment = now();
      const bucket = buckets.get(key) ?? { tokens: limit.capacity, at: moment };
      const refilled = bucket.tokens + (Math.max(0, moment - bucket.at) / 1000) * limit.refillPerSecond;
      const tokens = Math.min(limit.capacity, refilled);
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: moment });
      return tokens >= 1 ? undefined : limit;
    },
  };
}
