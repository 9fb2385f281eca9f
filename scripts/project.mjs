// What every script needs: where the project is, and how to run a program in it.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const at = (...parts) => join(root, ...parts);
export const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

/** Says one line on standard error, so that standard output stays the product's own. */
export const say = (line) => process.stderr.write(`${line}\n`);

/** Ends the script with one line and exit code 1. */
export function fail(line) {
  say(line);
  process.exit(1);
}

/** Runs a program in the project; returns the exit code. Its output is shown, or with `quiet` only when it fails. */
export function run(program, args, { env = process.env, quiet = false, stdio = quiet ? "pipe" : "inherit" } = {}) {
  const { status, error, stdout, stderr } = spawnSync(program, args, { cwd: root, stdio, env });
  if (error) say(`${program}: ${error.message}`);
  if (quiet && status !== 0) say(`${stdout ?? ""}${stderr ?? ""}`);
  return status ?? 1;
}

/** The JavaScript file behind a package's command. */
export const binOf = (name, command = name) => {
  const folder = at("node_modules", name);
  const { bin } = readJson(join(folder, "package.json"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
};
