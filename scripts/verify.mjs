// `npm run verify`: static checks and unit tests, under a minute and without a database.
import { node, runChecks } from "./checks.mjs";
import { ensureInstalled } from "./install.mjs";

ensureInstalled();
const begun = performance.now();
const unitTests = { name: "unit tests", run: () => node("vitest", "vitest", ["run", "--project", "unit"]) };
const { failed } = await runChecks([unitTests]);
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
process.stdout.write(`${failed === 0 ? "verified" : `${failed} failed`} in ${seconds} s\n`);
process.exitCode = failed === 0 ? 0 : 1;
