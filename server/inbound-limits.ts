// How much of the API anybody may use: a person, a key, an address nobody is known from, and an agency in all.
import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Env } from "./core/env";
import type { Log } from "./core/log";

export type LimitKind = keyof Env["apiLimits"];

/** Requests a window, how many are left, and the seconds until it starts anew. */
export interface Quota {
  name: "default" | "agency";
  limit: number;
  windowSeconds: number;
  remaining: number;
  resetSeconds: number;
  /** This request was one too many. */
  exceeded: boolean;
}

export interface InboundLimits {
  take(kind: LimitKind, who: string): Promise<Quota>;
  close(): Promise<void>;
}

export interface InboundOptions {
  limits: Env["apiLimits"];
  redisUrl?: string | undefined;
  log: Log;
  windowSeconds?: number;
}

const answerMs = 150;
const restMs = 1_000;

/** Shared by all processes over Redis; while that is away each process keeps to the same limits by itself. */
export async function openInboundLimits(options: InboundOptions): Promise<InboundLimits> {
  const { limits, redisUrl, log, windowSeconds = 60 } = options;
  const redis = redisUrl ? await connect(redisUrl) : null;
  const shared = { away: false, restUntil: 0 };
  const pairs = Object.entries(limits).map(([kind, points]) => {
    const budget = { keyPrefix: `tidemark:api:${kind}`, points, duration: windowSeconds };
    const own = new RateLimiterMemory(budget);
    return [kind, { own, common: redis && new RateLimiterRedis({ ...budget, storeClient: redis }) }] as const;
  });
  const limiters = new Map<string, (typeof pairs)[number][1]>(pairs);

  function lost(error: unknown): void {
    shared.restUntil = performance.now() + restMs;
    if (!shared.away) log.warn({ err: error }, "Redis cannot be reached: each process limits the API by itself");
    shared.away = true;
  }

  async function consume(kind: LimitKind, who: string): Promise<RateLimiterRes> {
    const limiter = limiters.get(kind);
    if (!limiter) throw new Error(`there is no limit ${kind}`);
    if (limiter.common && performance.now() >= shared.restUntil) {
      try {
        const result = await count(limiter.common, who);
        if (shared.away) log.info("Redis is back: the API is limited together again");
        shared.away = false;
        return result;
      } catch (error) {
        lost(error);
      }
    }
    return count(limiter.own, who);
  }

  await redis?.connect().catch(lost);
  return {
    async take(kind, who) {
      const { remainingPoints, consumedPoints, msBeforeNext } = await consume(kind, who);
      return {
        name: kind === "agency" ? "agency" : "default",
        limit: limits[kind],
        windowSeconds,
        remaining: Math.max(0, remainingPoints),
        resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
        exceeded: consumedPoints > limits[kind],
      };
    },
    close: async () => redis?.disconnect(),
  };
}

/** What the library throws is an answer too where the limit is reached. */
async function count(limiter: RateLimiterMemory | RateLimiterRedis, who: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(who);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return refusal;
    throw refusal;
  }
}

async function connect(url: string): Promise<Redis> {
  const { Redis } = await import("ioredis");
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 2_000,
    commandTimeout: answerMs,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(times * 200, 2_000),
  });
  redis.on("error", () => {}); // The failed command says it.
  return redis;
}

/** As draft-ietf-httpapi-ratelimit-headers has them. */
export const quotaHeaders = (quotas: readonly Quota[]): Record<string, string> => ({
  "ratelimit-policy": quotas
    .map(({ name, limit, windowSeconds }) => `"${name}";q=${limit};w=${windowSeconds}`)
    .join(", "),
  ratelimit: quotas.map(({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`).join(", "),
});
