// Limits in one place for all processes. The rule stays here: Redis compares, sets and tells the time. Where it cannot be
// reached, this process goes on alone and slowly, and comes back by itself.
import type { Redis } from "ioredis";
import type { Clock } from "../core/clock";
import type { Log } from "../core/log";
import { cautious, type Limit, rememberedUntil } from "./limit-rule";
import { createMemoryLimits, type LimitStore, type Stepping } from "./limit-store";

export interface RedisLimitsOptions {
  /** redis:// or rediss:// */
  url: string;
  clock: Clock;
  log: Log;
}

/** Sets where the value is still the one that was read (ARGV[1]); answers otherwise with the present one and the time. */
const compareAndSet = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local current = redis.call('GET', KEYS[1]) or ''
if current ~= ARGV[1] then return {0, current, now} end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return {1, '', now}`;

/** Is no value: comparing with it reads. */
const neverKept = "?";
const answerMs = 300;
const restMs = 1_000;
const rounds = 100;

type Answer = [set: 0 | 1, current: string, now: number];
type Shared = Redis & { compareAndSet(key: string, seen: string, next: string, lifeMs: number): Promise<Answer> };

/** Connects; a Redis that cannot be reached is warned of and tried again for as long as it takes. */
export async function openRedisLimits({ url, clock, log }: RedisLimitsOptions): Promise<LimitStore> {
  const redis = await connect(url);
  const local = createMemoryLimits({ clock, adjust: cautious });
  let away = false;
  let restUntil = 0;

  function lost(error: unknown): void {
    restUntil = performance.now() + restMs;
    if (away) return;
    away = true;
    log.warn({ err: error }, "Redis cannot be reached: calls to Amazon are limited by this process alone, and slowly");
  }

  async function shared<T>(key: string, step: Stepping<T>): Promise<{ result: T } | null> {
    if (performance.now() < restUntil) return null;
    try {
      const result = await changeIn(redis, key, step);
      if (away) log.info("Redis is back: calls to Amazon are limited together again");
      away = false;
      return { result };
    } catch (error) {
      lost(error);
      return null;
    }
  }

  await redis.connect().catch(lost);
  return {
    change: async (key, step) => {
      const changed = await shared(key, step);
      return changed ? changed.result : local.change(key, step);
    },
    reached: (moment) => {
      if (away) local.reached?.(moment);
    },
    close: async () => {
      redis.disconnect();
      await local.close();
    },
  };
}

async function connect(url: string): Promise<Shared> {
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
  redis.defineCommand("compareAndSet", { numberOfKeys: 1, lua: compareAndSet });
  return redis as Shared;
}

/** The step is repeated on what another process has made of it meanwhile: one of them always gets through. */
async function changeIn<T>(redis: Shared, name: string, step: Stepping<T>): Promise<T> {
  const key = `tidemark:limit:${name}`;
  let [, seen, now] = await redis.compareAndSet(key, neverKept, "", 1);
  for (let round = 0; round < rounds; round++) {
    const known = seen === "" ? null : (JSON.parse(seen) as Limit);
    const { limit, result } = step(known, now);
    if (limit === known || limit === null) return result;
    const lifeMs = Math.ceil(rememberedUntil(limit, now) - now);
    const answer = await redis.compareAndSet(key, seen, JSON.stringify(limit), lifeMs);
    if (answer[0] === 1) return result;
    [, seen, now] = answer;
  }
  throw new Error("Too many processes change the same limit.");
}
