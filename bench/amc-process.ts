// A process of its own that takes one run at AMC to its chart, for bench/amc.ts.
import { readFileSync, writeFileSync } from "node:fs";
import { stepExecutionJob } from "../server/amc/jobs";
import { getExecution } from "../server/amc/list-executions";
import { getResult } from "../server/amc/read-result";
import { createVault } from "../server/core/crypto/vault";
import { openDatabase } from "../server/core/db/connect";
import { amazonServices } from "../tests/support/amazon-user";
import { aClock, aCtx, aSource, asOwner } from "../tests/support/ctx";

export interface Errand {
  appUrl: string;
  agencyId: string;
  executionId: string;
  sandbox: Parameters<typeof amazonServices>[0];
  vaultKey: string;
  now: string;
}

export interface Measure {
  rows: number;
  charted: number;
  seconds: number;
  /** Of the process before, and at the most while it ran, in MB. */
  before: number;
  peak: number;
}

const mb = (bytes: number) => bytes / 1e6;

/** Linux counts the most memory a process ever had, its own start included, unless it is told to begin anew. */
const forgetPeak = () => writeFileSync("/proc/self/clear_refs", "5");
const peakSince = () => 1024 * Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);

async function run({ appUrl, agencyId, executionId, sandbox, vaultKey, now }: Errand): Promise<Measure> {
  const clock = aClock(now);
  const services = amazonServices(sandbox, { clock, vault: createVault({ keys: [vaultKey] }) });
  const source = aSource(openDatabase(appUrl, { poolSize: 2 }), { clock, services });
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const state = async () => (await ctx.tx((tx) => getExecution(tx, executionId))).state;
  const step = () => stepExecutionJob.run(aCtx(source, agencyId), { executionId });
  while ((await state()) === "submitting") await step();
  global.gc?.();
  const before = mb(process.memoryUsage().rss);
  forgetPeak();
  const begun = performance.now();
  for (let at = await state(); at === "running" || at === "collecting"; at = await state()) await step();
  const { rowCount, rows } = await ctx.tx((tx) => getResult(tx, executionId));
  const seconds = (performance.now() - begun) / 1000;
  return { rows: rowCount, charted: rows.length, seconds, before, peak: mb(peakSince()) };
}

if (process.argv[1]?.endsWith("amc-process.ts") && process.argv[2]) {
  process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2]) as Errand)));
  process.exit(0);
}
