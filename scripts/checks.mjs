// The static checks: types, format and lint, dependency rules, dead code, file sizes.
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { at, binOf, root, say } from "./project.mjs";

const lineCap = 300;
const capped = ["app", "server", "sandbox", "packages", "scripts"].filter((folder) => existsSync(at(folder)));
const cruised = ["app", "server", "sandbox", "packages"].filter((folder) => existsSync(at(folder)));

/** A check answers with what is wrong, or with an empty text. */
const types = {
  name: "types",
  run: () =>
    node("typescript", "tsc", ["--noEmit", "-p", ".", "--incremental", "--tsBuildInfoFile", ".cache/tsc.tsbuildinfo"]),
};
const others = [
  { name: "format and lint", run: () => node("@biomejs/biome", "biome", ["check", "--error-on-warnings"]) },
  { name: "dependency rules", run: () => node("dependency-cruiser", "depcruise", cruised) },
  { name: "dead code", run: () => node("knip", "knip", []) },
  { name: `no file over ${lineCap} lines`, run: fileSizes },
];

/** Beside the checks, where both are wanted: a build takes as long as checking types. */
export const buildStep = { name: "build", run: () => runNode("build.mjs", [at("scripts", "build.mjs")]) };

/**
 * Runs the static checks, and what else is given, in two lanes: type checking takes as long as all others together.
 * @returns how many passed and failed
 */
export async function runChecks(more = []) {
  const lanes = await Promise.all([[types], [...others, ...more]].map(inTurn));
  const outcomes = lanes.flat();
  return { passed: outcomes.filter(Boolean).length, failed: outcomes.filter((passed) => !passed).length };
}

async function inTurn(checks) {
  const outcomes = [];
  for (const { name, run } of checks) {
    const begun = performance.now();
    const wrong = await run();
    if (wrong) say(wrong);
    sayOutcome(name, !wrong, begun);
    outcomes.push(!wrong);
  }
  return outcomes;
}

/** One line a step: its outcome, name and time. */
export function sayOutcome(name, passed, begun) {
  say(`${passed ? "ok  " : "FAIL"}  ${name}  ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}

/** Runs a package's command; answers with its output where it fails. */
export function node(packageName, command, args) {
  return runNode(packageName, [binOf(packageName, command), ...args]);
}

function runNode(name, args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return new Promise((done) => {
    child.once("error", (error) => done(String(error)));
    child.once("close", (code) => done(code === 0 ? "" : output || `${name} ended with ${code}`));
  });
}

function fileSizes() {
  const lines = (file) => readFileSync(file, "utf8").split("\n").length - 1;
  return capped
    .flatMap((folder) => readdirSync(at(folder), { recursive: true }).map((name) => join(at(folder), name)))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.includes("node_modules"))
    .filter((file) => lines(file) > lineCap)
    .map((file) => `${relative(root, file)} has ${lines(file)} lines; the cap is ${lineCap}.`)
    .join("\n");
}
