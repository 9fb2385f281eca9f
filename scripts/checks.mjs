// The static checks: format and lint, dependency rules, types, dead code, file sizes.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { at, binOf, root, run, say } from "./project.mjs";

const lineCap = 300;
const capped = ["app", "server", "sandbox", "packages", "scripts"];

export const checks = [
  { name: "format and lint", run: () => node("@biomejs/biome", "biome", ["check", "--error-on-warnings"]) },
  {
    name: "dependency rules",
    run: () => node("dependency-cruiser", "depcruise", ["app", "server", "sandbox", "packages"]),
  },
  { name: "types", run: () => node("typescript", "tsc", ["--noEmit", "-p", "."]) },
  { name: "dead code", run: () => node("knip", "knip", []) },
  { name: `no file over ${lineCap} lines`, run: fileSizes },
];

/** Runs the static checks, one line each with its time; returns how many failed. */
export function runChecks() {
  return checks.filter((check) => !timed(check.name, check.run)).length;
}

/** Runs one step; prints its name, outcome and time. */
export function timed(name, step) {
  const begun = performance.now();
  const passed = step();
  say(`${passed ? "ok  " : "FAIL"}  ${name}  ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return passed;
}

function node(packageName, command, args) {
  return run(process.execPath, [binOf(packageName, command), ...args], { stdio: ["ignore", 2, 2] }) === 0;
}

function fileSizes() {
  const long = capped.flatMap((folder) => sourcesIn(at(folder))).filter((file) => lines(file) > lineCap);
  for (const file of long) say(`${relative(root, file)} has ${lines(file)} lines; the cap is ${lineCap}.`);
  return long.length === 0;
}

const lines = (file) => readFileSync(file, "utf8").split("\n").length - 1;

function sourcesIn(folder) {
  let names = [];
  try {
    names = readdirSync(folder, { recursive: true });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return names
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.includes("node_modules"))
    .map((name) => join(folder, name));
}
