import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { redisServer, startRedis } from "../tests/support/redis";
import { until } from "../tests/support/until";
import { createLog } from "./core/log";
import { projectRoot } from "./core/project-root";
import { openInboundLimits } from "./inbound-limits";

const log = createLog("silent");

const script = join(projectRoot(), "tests/support/inbound-process.ts");

/** @returns how many of the calls a process of its own was let through */
async function inAnotherProcess(errand: object): Promise<number> {
  const child = spawn(process.execPath, ["--import", "tsx", script, JSON.stringify(errand)]);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await once(child, "exit");
  return Number(output);
}

test.skipIf(!redisServer)(
  "two processes over Redis let through what one would; while Redis is away each keeps to the limit itself",
  async () => {
    const redis = await startRedis();
    const limits = { person: 200, key: 200, anonymous: 200, agency: 200 };
    const own = await openInboundLimits({ limits, redisUrl: redis.url, log });
    const letThrough = async (who: string, calls: number) => {
      const quotas = await Promise.all(Array.from({ length: calls }, () => own.take("key", who)));
      return quotas.filter(({ exceeded }) => !exceeded).length;
    };
    try {
      const errand = { url: redis.url, limits, who: "shared", calls: 180 };
      const [here, there] = await Promise.all([letThrough("shared", 180), inAnotherProcess(errand)]);
      expect(Math.abs(here + there - 200)).toBeLessThanOrEqual(10);
      await redis.kill();
      expect(await letThrough("away", 300)).toBe(200);
      await redis.start();
      // Back when another process sees what this one took.
      await until(async () => {
        await letThrough("back", 200);
        return (await inAnotherProcess({ ...errand, who: "back", calls: 10 })) === 0;
      });
    } finally {
      await own.close();
      await redis.stop();
    }
  },
);
