// One answer fetched in a process of its own, for bench/amc.ts: stored and read back for its chart, or read only.
import { createAmazon } from "../server/amazon";
import { readExecution } from "../server/amc/execution-store";
import { findResult } from "../server/amc/result-store";
import { storeResult } from "../server/amc/store-result";
import { openDatabase } from "../server/core/db/connect";
import { createLog } from "../server/core/log";
import { aCtx, aSource } from "../tests/support/ctx";

export interface Place {
  appUrl: string;
  amazonUrl: string;
  agencyId: string;
  executionId: string;
  how: "store" | "read";
}

export interface Measure {
  seconds: number;
  /** Of the process before, and at the most while it ran, in MB. */
  before: number;
  peak: number;
}

const mb = (bytes: number) => bytes / 1e6;
const reference = {
  region: "NA",
  accessToken: "Atza|bench",
  owner: { accountId: "ENTITY1", marketplaceId: "M" },
  instanceId: "amcbench",
  executionId: "bench",
} as const;

async function run({ appUrl, amazonUrl, agencyId, executionId, how }: Place): Promise<Measure> {
  const database = openDatabase(appUrl, { poolSize: 2 });
  const clock = () => new Date();
  const ctx = aCtx(aSource(database, { clock }), agencyId);
  const host = { authorizeUrl: amazonUrl, tokenUrl: amazonUrl, apiUrl: amazonUrl };
  const hosts = { NA: host, EU: host, FE: host };
  const amazon = createAmazon({ clientId: "bench", clientSecret: "bench", hosts, clock, log: createLog("silent") });
  const open = await ctx.tx((tx) => readExecution(tx, executionId));
  if (!open) throw new Error("the run was inserted");
  global.gc?.();
  const before = mb(process.memoryUsage().rss);
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, mb(process.memoryUsage().rss));
  }, 20);
  const begun = performance.now();
  const batches = amazon.amc.downloadResult(reference);
  if (how === "read") for await (const _ of batches);
  else {
    await storeResult(ctx, open, { batches, outputColumns: [] });
    const result = await ctx.tx((tx) => findResult(tx, executionId));
    if (result?.chartRows.length !== 500) throw new Error("the chart has its rows");
  }
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(watch);
  await database.close();
  return { seconds, before, peak };
}

if (process.argv[1]?.endsWith("amc-process.ts") && process.argv[2]) {
  process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2]) as Place)));
  process.exit(0);
}
