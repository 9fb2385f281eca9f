// `npm run verify`: static checks and unit tests, under a minute and without a database.
import { runChecks, timed } from "./checks.mjs";
import { ensureInstalled } from "./install.mjs";
import { binOf, run } from "./project.mjs";

ensureInstalled();
const begun = performance.now();
const failed = runChecks();
const units = timed("unit tests", () => run(process.execPath, [binOf("vitest"), "run", "--project", "unit"]) === 0);
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
process.stdout.write(`${failed === 0 && units ? "verified" : "not verified"} in ${seconds} s\n`);
process.exit(failed === 0 && units ? 0 : 1);
