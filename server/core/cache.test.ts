import { expect, test } from "vitest";
import { redisServer, startRedis } from "../../tests/support/redis";
import { openCache } from "./cache";
import { createLog } from "./log";

const log = createLog("silent");

test("many who ask at once are answered by one work, and one that failed is not remembered", async () => {
  const cache = await openCache({ log });
  let works = 0;
  const work = async () => ({ works: ++works });
  const answers = await Promise.all(Array.from({ length: 20 }, () => cache.remember("a", work)));
  expect(answers).toEqual(answers.map(() => ({ works: 1 })));
  const fails = () => Promise.reject(new Error("away"));
  await expect(cache.remember("b", fails)).rejects.toThrow("away");
  expect(await cache.remember("b", work)).toEqual({ works: 2 });
  await cache.close();
});

test("an answer that is changed by who got it is told unchanged to the next", async () => {
  const cache = await openCache({ log });
  const work = async () => ({ rows: [1, 2] });
  (await cache.remember("a", work)).rows.push(3);
  (await cache.remember("a", work)).rows.push(4);
  expect(await cache.remember("a", work)).toEqual({ rows: [1, 2] });
  await cache.close();
});

test.skipIf(!redisServer)("processes share answers over Redis, and do without one that is away", async () => {
  const redis = await startRedis();
  const [one, other] = [await openCache({ redisUrl: redis.url, log }), await openCache({ redisUrl: redis.url, log })];
  let works = 0;
  const work = async () => ({ works: ++works });
  try {
    await one.remember("first", work);
    expect(await other.remember("first", work)).toEqual({ works: 1 });
    await redis.kill();
    expect(await other.remember("second", work)).toEqual({ works });
    expect(await other.remember("second", work)).toEqual({ works });
  } finally {
    await Promise.all([one.close(), other.close()]);
    await redis.stop();
  }
});
