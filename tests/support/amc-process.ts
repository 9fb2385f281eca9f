// A process of its own that takes a run at AMC on, for tests that kill it at a step.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { RunningSandbox } from "../../sandbox/index";
import { stepExecutionJob } from "../../server/amc/jobs";
import { createVault } from "../../server/core/crypto/vault";
import { openDatabase } from "../../server/core/db/connect";
import { projectRoot } from "../../server/core/project-root";
import { amazonServices } from "./amazon-user";
import { aClock, aCtx, aSource } from "./ctx";

export interface AmcErrand {
  appUrl: string;
  agencyId: string;
  executionId: string;
  sandbox: Pick<RunningSandbox, "urls" | "clientId" | "clientSecret">;
  vaultKey: string;
  now: string;
}

/** @returns the signal that ended it */
export async function amcProcess(errand: AmcErrand, failpoint: string): Promise<string | null> {
  const script = join(projectRoot(), "tests/support/amc-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, JSON.stringify(errand)], {
    env: { ...process.env, TIDEMARK_FAILPOINT: failpoint },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [, signal] = (await once(child, "exit")) as [number | null, string | null];
  return signal;
}

async function main(argument: string): Promise<void> {
  const { appUrl, agencyId, executionId, sandbox, vaultKey, now } = JSON.parse(argument) as AmcErrand;
  const clock = aClock(now);
  const services = amazonServices(sandbox, { clock, vault: createVault({ keys: [vaultKey] }) });
  const ctx = aCtx(aSource(openDatabase(appUrl), { clock, services }), agencyId);
  // Handed over, looked at, collected.
  for (let step = 0; step < 3; step++) await stepExecutionJob.run(ctx, { executionId });
  process.exit(0);
}

if (process.argv[1]?.endsWith("amc-process.ts") && process.argv[2]) await main(process.argv[2]);
