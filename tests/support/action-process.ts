// A process of its own that sends a run of a custom action, for tests that kill it midway.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createVault } from "../../server/core/crypto/vault";
import { openDatabase } from "../../server/core/db/connect";
import { createOutgoing } from "../../server/core/outgoing/outgoing";
import { projectRoot } from "../../server/core/project-root";
import { sendRunJob } from "../../server/pages/jobs";
import { aClock, aCtx, aSource } from "./ctx";

export interface ActionErrand {
  appUrl: string;
  agencyId: string;
  runId: string;
  key: string;
  host: string;
  /** The process's clock stands at this moment. */
  now: string;
}

/** @returns the signal that ended it; null where it came to its end */
export async function actionProcess(errand: ActionErrand, failpoint: string): Promise<string | null> {
  const script = join(projectRoot(), "tests/support/action-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, JSON.stringify(errand)], {
    env: { ...process.env, TIDEMARK_FAILPOINT: failpoint },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [, signal] = (await once(child, "exit")) as [number | null, string | null];
  return signal;
}

async function main(argument: string): Promise<void> {
  const { appUrl, agencyId, runId, key, host, now } = JSON.parse(argument) as ActionErrand;
  const services = {
    vault: createVault({ keys: [key] }),
    outgoing: createOutgoing({ privateHosts: [host] }),
  };
  const source = aSource(openDatabase(appUrl), { services, clock: aClock(now), jobs: [sendRunJob] });
  await sendRunJob.run(aCtx(source, agencyId), { runId });
  process.exit(0);
}

if (process.argv[1]?.endsWith("action-process.ts") && process.argv[2]) await main(process.argv[2]);
