import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { redisServer, startRedis, type TestRedis } from "../../tests/support/redis";
import { until } from "../../tests/support/until";
import { createLog } from "../core/log";
import { projectRoot } from "../core/project-root";
import { Throttled } from "./errors";
import type { LimitStore } from "./limit-store";
import { createLimiter } from "./limiter";
import { openRedisLimits } from "./redis-limits";

if (!redisServer) process.stderr.write("No redis-server is installed: the tests of shared limits are skipped.\n");
const sharedTest = test.skipIf(!redisServer);

let redis: TestRedis;
beforeAll(async () => {
  if (redisServer) redis = await startRedis();
});
afterAll(() => redis?.stop());

const open: LimitStore[] = [];
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});

const operation = "dsp.queryCampaigns";
const clock = () => new Date();
const impatient = { person: 0, sync: 0, backfill: 0 };

async function aClient(ceiling = { perSecond: 50, burst: 50 }) {
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => lines.push(line) });
  const store = await openRedisLimits({ url: redis.url, clock, log });
  open.push(store);
  const limiter = createLimiter({ clock, store, patienceMs: impatient, ceilingOf: () => ceiling });
  const attempt = async (key: string, work: () => Promise<unknown> = async () => {}) => {
    try {
      await limiter.run({ key, operation }, work);
      return "passed";
    } catch (error) {
      if (error instanceof Throttled && error.held) return error.retryAfterMs ?? 0;
      return "sent";
    }
  };
  return { attempt, logged: () => lines.join("") };
}

const throttled = (retryAfterMs?: number) => () => Promise.reject(new Throttled({ operation }, { retryAfterMs }));

sharedTest("what one process learns of a limit holds for the others at once", async () => {
  const [one, other] = [await aClient(), await aClient()];
  expect(await one.attempt("learnt", throttled(60_000))).toBe("sent");
  const held = await other.attempt("learnt");
  expect(held).toBeGreaterThan(58_000);
  expect(held).toBeLessThanOrEqual(60_000);
  expect(await other.attempt("another")).toBe("passed");
});

sharedTest("two clients together do not exceed a burst, however they collide", async () => {
  const clients = [await aClient({ perSecond: 0.5, burst: 20 }), await aClient({ perSecond: 0.5, burst: 20 })];
  const attempts = clients.flatMap(({ attempt }) => Array.from({ length: 40 }, () => attempt("burst")));
  const passed = (await Promise.all(attempts)).filter((outcome) => outcome === "passed");
  expect(passed).toHaveLength(20);
});

sharedTest("two processes together send at most 5% more than the rate allows", async () => {
  const perSecond = 100;
  const script = join(projectRoot(), "tests/support/limiter-process.ts");
  const errand = JSON.stringify({ url: redis.url, calls: 150, perSecond });
  const run = () => promisify(execFile)(process.execPath, ["--import", "tsx", script, errand]);
  const answers = await Promise.all([run(), run()]);
  const sent = answers.flatMap(({ stdout }) => JSON.parse(stdout) as number[]).sort((a, b) => a - b);
  expect(sent).toHaveLength(300);
  const seconds = ((sent.at(-1) ?? 0) - (sent[0] ?? 0)) / 1000;
  expect(sent.length).toBeLessThanOrEqual(5 + seconds * perSecond * 1.05);
});

sharedTest("limits expire: nothing is left of a rest, and little of a refusal", async () => {
  const { attempt } = await aClient();
  await attempt("calm");
  await attempt("limited", throttled(1_000));
  const redisNow = new Redis(redis.url);
  const life = async (name: string) => redisNow.pttl(`tidemark:limit:${name}`);
  expect(await life("calm")).toBeLessThanOrEqual(3_000);
  expect(await life("limited")).toBeLessThanOrEqual(3_602_000);
  expect(await life("limited")).toBeGreaterThan(0);
  redisNow.disconnect();
});

sharedTest("without Redis a process goes on alone and slowly, says so once, and comes back by itself", async () => {
  const own = await startRedis();
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => lines.push(line) });
  const store = await openRedisLimits({ url: own.url, clock, log });
  const limiter = createLimiter({ clock, store, patienceMs: impatient });
  const burst = async () => {
    const calls = Array.from({ length: 30 }, () => limiter.run({ key: "k", operation }, async () => {}));
    return (await Promise.allSettled(calls)).filter(({ status }) => status === "fulfilled").length;
  };
  try {
    expect(await burst()).toBe(30);
    await own.kill();
    const alone = await burst();
    expect(alone).toBeGreaterThanOrEqual(1);
    expect(alone).toBeLessThanOrEqual(2);
    await own.start();
    await until(async () => (await burst()) >= 20);
    expect(lines.filter((line) => line.includes("cannot be reached"))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("is back"))).toHaveLength(1);
  } finally {
    await store.close();
    await own.stop();
  }
});

sharedTest("a Redis that hangs delays a call by a moment only", async () => {
  const own = await startRedis();
  const store = await openRedisLimits({ url: own.url, clock, log: createLog("silent") });
  const limiter = createLimiter({ clock, store });
  try {
    own.signal("SIGSTOP");
    const startedAt = performance.now();
    await limiter.run({ key: "k", operation }, async () => {});
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  } finally {
    own.signal("SIGCONT");
    await store.close();
    await own.stop();
  }
});

test("a Redis that is not there at the start is warned of, and calls go out", async () => {
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => lines.push(line) });
  const store = await openRedisLimits({ url: "redis://:hidden-password@127.0.0.1:1", clock, log });
  const limiter = createLimiter({ clock, store });
  expect(await limiter.run({ key: "k", operation }, async () => "sent")).toBe("sent");
  await store.close();
  expect(lines.join("")).toContain("cannot be reached");
  expect(lines.join("")).not.toContain("hidden-password");
});
