// A process of its own that writes an export, for tests that kill it at a step.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { writeExportJob } from "../../server/api/lists/export-job";
import { openDatabase } from "../../server/core/db/connect";
import { projectRoot } from "../../server/core/project-root";
import { aCtx, aSource } from "./ctx";

interface Place {
  appUrl: string;
  agencyId: string;
  id: string;
}

/** @returns the signal that ended it */
export async function exportProcess(place: Place, failpoint: string): Promise<string | null> {
  const script = join(projectRoot(), "tests/support/export-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, JSON.stringify(place)], {
    env: { ...process.env, TIDEMARK_FAILPOINT: failpoint },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [, signal] = (await once(child, "exit")) as [number | null, string | null];
  return signal;
}

async function main(argument: string): Promise<void> {
  const { appUrl, agencyId, id } = JSON.parse(argument) as Place;
  await writeExportJob.run(aCtx(aSource(openDatabase(appUrl)), agencyId), { id });
  process.exit(0);
}

if (process.argv[1]?.endsWith("export-process.ts") && process.argv[2]) await main(process.argv[2]);
