// A process of its own that sends one account's part of a change set, for tests that kill it at a step.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createVault } from "../../server/core/crypto/vault";
import { openDatabase } from "../../server/core/db/connect";
import { projectRoot } from "../../server/core/project-root";
import type { ApplyInput } from "../../server/insights/apply-job";
import { applyChangesJob } from "../../server/insights/jobs";
import { amazonServices, testKey } from "./amazon-user";
import type { Place } from "./connection-process";
import { aCtx, aSource } from "./ctx";

/** @returns the signal that ended it */
export async function changesProcess(place: Place, input: ApplyInput, failpoint: string): Promise<string | null> {
  const { urls, clientId, clientSecret } = place.sandbox;
  const whole = { ...place, sandbox: { urls, clientId, clientSecret }, input, key: testKey };
  const script = join(projectRoot(), "tests/support/changes-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, JSON.stringify(whole)], {
    env: { ...process.env, TIDEMARK_FAILPOINT: failpoint },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [, signal] = (await once(child, "exit")) as [number | null, string | null];
  return signal;
}

async function main(argument: string): Promise<void> {
  const { appUrl, agencyId, sandbox, input, key } = JSON.parse(argument) as Place & { input: ApplyInput; key: string };
  const services = amazonServices(sandbox, { vault: createVault({ keys: [key] }) });
  const source = aSource(openDatabase(appUrl), { services, clock: () => new Date() });
  await applyChangesJob.run(aCtx(source, agencyId), input);
  process.exit(0);
}

if (process.argv[1]?.endsWith("changes-process.ts") && process.argv[2]) await main(process.argv[2]);
