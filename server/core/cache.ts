// Answers kept for the next who ask the same: in this process, and over Redis for all of them. A key names all that its answer
// depends on, so that nothing ever has to be taken back: what is out of date is no longer asked for.
import type { Log } from "./log";

declare module "./context" {
  interface Services {
    cache: Cache;
  }
}

export interface Cache {
  /** @param work answers in JSON; of several that ask at once in this process, one works and all are answered */
  remember<T>(key: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface CacheOptions {
  /** redis:// or rediss:// */
  redisUrl?: string | undefined;
  log: Log;
}

const keptFor = "15m";
const mostInMemory = "64mb";
const answerMs = 150;

/** A Redis that is away or slow is done without. */
export async function openCache({ redisUrl, log }: CacheOptions): Promise<Cache> {
  const { BentoCache, bentostore } = await import("bentocache");
  const { memoryDriver } = await import("bentocache/drivers/memory");
  const memory = bentostore().useL1Layer(memoryDriver({ maxSize: mostInMemory, maxItems: 20_000 }));
  const store = redisUrl ? memory.useL2Layer(await redisLayer(redisUrl, log)) : memory;
  const cache = new BentoCache({
    default: "answers",
    stores: { answers: store },
    prefix: "tidemark:answers",
    ttl: keptFor,
    l2CircuitBreakerDuration: "1s",
  });
  return {
    remember: (key, work) => cache.getOrSet({ key, factory: work }).catch(ownError),
    close: () => cache.disconnectAll(),
  };
}

/** What the work threw, not what the library made of it. */
function ownError(error: unknown): never {
  throw error instanceof Error && "code" in error && error.code === "E_FACTORY_ERROR" ? error.cause : error;
}

async function redisLayer(url: string, log: Log) {
  const { Redis } = await import("ioredis");
  const { redisDriver } = await import("bentocache/drivers/redis");
  const connection = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 2_000,
    commandTimeout: answerMs,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(times * 200, 2_000),
  });
  let away = false;
  connection.on("error", (error) => {
    if (!away) log.warn({ err: error }, "Redis cannot be reached: each process remembers answers by itself");
    away = true;
  });
  connection.on("ready", () => {
    if (away) log.info("Redis is back: answers are remembered together again");
    away = false;
  });
  await connection.connect().catch(() => {}); // Tried again in the background.
  return redisDriver({ connection });
}
