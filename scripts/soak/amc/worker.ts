// A process of its own that steps a run or starts what schedules have due, for the soak that kills it. Reads an errand a line, as JSON; answers
// each with a line.
import { createInterface } from "node:readline";
import { stepExecutionJob } from "../../../server/amc/jobs";
import { runSchedules } from "../../../server/amc/run-schedules";
import { createVault } from "../../../server/core/crypto/vault";
import { openDatabase } from "../../../server/core/db/connect";
import { amazonServices } from "../../../tests/support/amazon-user";
import { aClock, aCtx, aSource } from "../../../tests/support/ctx";

export interface WorkerPlace {
  appUrl: string;
  agencyId: string;
  sandbox: Parameters<typeof amazonServices>[0];
  vaultKey: string;
}

interface Errand {
  now: string;
  /** Left out: schedules. */
  executionId?: string;
}

const { appUrl, agencyId, sandbox, vaultKey } = JSON.parse(process.argv[2] ?? "") as WorkerPlace;
const clock = aClock();
const services = amazonServices(sandbox, { clock, vault: createVault({ keys: [vaultKey] }) });
const ctx = aCtx(aSource(openDatabase(appUrl, { poolSize: 2 }), { clock, services }), agencyId);
process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const { now, executionId } = JSON.parse(line) as Errand;
  clock.set(now);
  await (executionId ? stepExecutionJob.run(ctx, { executionId }) : runSchedules(ctx));
  process.stdout.write("done\n");
}
