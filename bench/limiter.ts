// What the limiter adds to a call: one client with it and one without, in turns, against the same small server on loopback.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type Amazon,
  createAmazon,
  createLimiter,
  type Limiter,
  type LimitStore,
  openRedisLimits,
} from "../server/amazon";
import { systemClock } from "../server/core/clock";
import { createLog } from "../server/core/log";
import { redisServer, startRedis } from "../tests/support/redis";
import { percentile, print } from "./figure";

const calls = 3_000;
const warmUp = 300;
const log = createLog("error");
/** High enough that no call has to wait: what is measured is the deciding. */
const ceilingOf = () => ({ perSecond: 1e6, burst: 1e6 });
const unlimited: Limiter = { run: (_, work) => work() };

export async function bench(): Promise<void> {
  const server = createServer((_, response) => response.setHeader("content-type", "application/json").end("[]"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await compare(server, "memory", createLimiter({ clock: systemClock, ceilingOf }));
    await withRedis(async (store) => compare(server, "redis", createLimiter({ clock: systemClock, store, ceilingOf })));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function withRedis(work: (store: LimitStore) => Promise<void>): Promise<void> {
  const given = process.env.REDIS_URL;
  if (!given && !redisServer) {
    process.stderr.write("limiter: neither REDIS_URL nor a redis-server: no figures for Redis\n");
    return;
  }
  const own = given ? null : await startRedis();
  const store = await openRedisLimits({ url: given ?? own?.url ?? "", clock: systemClock, log });
  try {
    await work(store);
  } finally {
    await store.close();
    await own?.stop();
  }
}

async function compare(server: Server, name: string, limiter: Limiter): Promise<void> {
  const [bare, limited] = [client(server, unlimited), client(server, limiter)];
  const times: { bare: number[]; limited: number[] } = { bare: [], limited: [] };
  for (let call = -warmUp; call < calls; call++) {
    const [without, within] = [await timeOf(bare), await timeOf(limited)];
    if (call < 0) continue;
    times.bare.push(without);
    times.limited.push(within);
  }
  const [without, within] = [percentile(times.bare, 0.5), percentile(times.limited, 0.5)];
  const baseline = `${(without * 1000).toFixed(0)} us for the same call without limiter, in turns in the same run, median of ${calls}`;
  print({ figure: `limiter.${name}.ratio`, value: within / without, unit: "ratio", baseline });
  print({ figure: `limiter.${name}.overhead`, value: (within - without) * 1000, unit: "us a call", baseline });
}

/** Milliseconds. */
async function timeOf(amazon: Amazon): Promise<number> {
  const startedAt = performance.now();
  await amazon.accounts.listProfiles({ region: "NA", accessToken: "Atza|bench" });
  return performance.now() - startedAt;
}

function client(server: Server, limiter: Limiter): Amazon {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const host = { authorizeUrl: origin, tokenUrl: origin, apiUrl: origin };
  const hosts = { NA: host, EU: host, FE: host };
  return createAmazon({ clientId: "bench", clientSecret: "bench", hosts, clock: systemClock, log, limiter });
}
