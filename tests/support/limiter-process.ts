// A process of its own that sends calls through a limiter kept in Redis, for tests with several of them. Prints the moments
// at which calls went out, as one JSON line.
import { createLimiter, openRedisLimits } from "../../server/amazon";
import { createLog } from "../../server/core/log";

interface Errand {
  url: string;
  calls: number;
  perSecond: number;
}

async function main({ url, calls, perSecond }: Errand): Promise<void> {
  const clock = () => new Date();
  const store = await openRedisLimits({ url, clock, log: createLog("silent") });
  const patienceMs = { person: 60_000, sync: 60_000, backfill: 60_000 };
  const limiter = createLimiter({ clock, store, patienceMs, ceilingOf: () => ({ perSecond, burst: 5 }) });
  const sent: number[] = [];
  const call = () => limiter.run({ key: "shared", operation: "test" }, async () => void sent.push(Date.now()));
  await Promise.all(Array.from({ length: calls }, call));
  await store.close();
  process.stdout.write(`${JSON.stringify(sent)}\n`);
}

if (process.argv[1]?.endsWith("limiter-process.ts") && process.argv[2])
  await main(JSON.parse(process.argv[2]) as Errand);
