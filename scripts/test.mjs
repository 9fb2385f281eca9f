// `npm test [-- --only=unit,db]`: all checks and tests; the last line says how many passed.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { buildStep, runChecks, sayOutcome } from "./checks.mjs";
import { ensureInstalled } from "./install.mjs";
import { at, binOf, readJson, run, say } from "./project.mjs";
import { ensureRedis } from "./redis.mjs";

const all = ["static", "unit", "db", "contract", "e2e", "soak"];
const asked = process.argv
  .find((arg) => arg.startsWith("--only="))
  ?.slice("--only=".length)
  .split(",");
const unknown = asked?.filter((name) => !all.includes(name)) ?? [];
if (unknown.length > 0) {
  say(`--only knows ${all.join(", ")}; not ${unknown.join(", ")}.`);
  process.exit(2);
}
/** The oldest Postgres we promise to run on, where Debian's is installed: the tests of what leans on the database most run there too. */
const systemPostgres = "/usr/lib/postgresql/15/bin";
const leaning = ["core/", "audit/", "insights/fact-store", "insights/history"].map((name) => `server/${name}`);
const wanted = (name) => !asked || asked.includes(name);

const total = { passed: 0, failed: 0, skipped: 0 };
const add = ({ passed = 0, failed = 0, skipped = 0 }) => {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
};

ensureInstalled();
const browser = wanted("e2e") ? ensureBrowser() : undefined;
if (wanted("unit")) ensureRedis();
if (wanted("static")) add(await runChecks([buildStep]));
ensureBuilt();
for (const project of ["unit", "db", "contract"].filter(wanted)) add(vitest(project));
if (wanted("db") && existsSync(systemPostgres)) add(vitest("db", { TEST_POSTGRES_BIN: systemPostgres }, leaning));
if (wanted("e2e")) add(browser ? vitest("e2e") : { failed: 1 });
if (wanted("soak")) for (const name of ["main", "tokens", "isolation", "amc"]) add(soak(name));

if (wanted("e2e") && !browser) say("The browser tests did not run: there is no Chromium.");
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
process.stdout.write(`${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

function vitest(project, extra = {}, files = []) {
  mkdirSync(at(".tmp"), { recursive: true });
  const report = at(".tmp", `vitest-${project}.json`);
  rmSync(report, { force: true });
  const args = ["run", ...files, "--project", project, "--passWithNoTests", "--reporter=default", "--reporter=json"];
  const env = { ...process.env, ...extra, ...(browser ? { CHROMIUM_PATH: browser } : {}) };
  const begun = performance.now();
  const code = run(process.execPath, [binOf("vitest"), ...args, `--outputFile.json=${report}`], { env });
  sayOutcome(`${project} tests${extra.TEST_POSTGRES_BIN ? " on PostgreSQL 15" : ""}`, code === 0, begun);
  return countsOf(report, code);
}

/** A file that does not load, or an error outside any test, leaves no failed test behind: it counts as one. */
function countsOf(report, code) {
  if (!existsSync(report)) return code === 0 ? {} : { failed: 1 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readJson(report);
  const failed = code !== 0 && numFailedTests === 0 ? 1 : numFailedTests;
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
}

function soak(name) {
  const begun = performance.now();
  const code = run(process.execPath, ["--import", "tsx", at("scripts", "soak.ts"), name, "--short"]);
  sayOutcome(`soak ${name} (short)`, code === 0, begun);
  return code === 0 ? { passed: 1 } : { failed: 1 };
}
