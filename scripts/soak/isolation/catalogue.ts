// I3: the promises about tenancy, read from the catalogue of the migrated database. The tests that say so run against it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../../server/core/project-root";
import { check, type Outcome } from "../outcome";

export async function catalogue(): Promise<Outcome> {
  const vitest = join(projectRoot(), "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--project", "db", "server/core/db/catalog.db.test.ts", "--reporter=json"];
  const { stdout, status } = spawnSync(process.execPath, args, { cwd: projectRoot(), encoding: "utf8" });
  const report = JSON.parse(stdout.slice(stdout.indexOf("{"))) as { numPassedTests: number; numFailedTests: number };
  return check(`${report.numPassedTests} promises hold, ${report.numFailedTests} do not`, {
    "all hold": status === 0 && report.numFailedTests === 0 && report.numPassedTests > 0,
  });
}
