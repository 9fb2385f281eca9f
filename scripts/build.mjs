// Builds app and server into build/ and public/build/.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensurePatched } from "./install.mjs";
import { at, binOf, fail, root, run, say } from "./project.mjs";

const inputs = [
  "app",
  "server",
  "packages",
  "patches",
  "public",
  "remix.config.js",
  "package-lock.json",
  "tsconfig.json",
];
const output = at("public", "build");
const stamp = at("build", ".stamp");

/** Builds only when a source has changed since the last build. */
export function ensureBuilt() {
  if (existsSync(at("build", "index.js")) && existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint()) return;
  build();
}

function build() {
  say("Building ...");
  ensurePatched();
  const before = fingerprint();
  const env = { ...process.env, NODE_ENV: "production" };
  const remix = binOf("@remix-run/dev", "remix");
  const code = run(process.execPath, [remix, "build", "--sourcemap"], { env, quiet: true });
  if (code !== 0) fail("The build failed: see above.");
  // The browser's maps would show the server's code to everyone; the server's own map stays for readable errors.
  for (const name of readdirSync(output, { recursive: true })) {
    if (name.endsWith(".map")) rmSync(join(output, name));
  }
  writeFileSync(stamp, before);
}

/** Changes whenever a source file is added, removed or written. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const file of inputs.flatMap((input) => filesIn(at(input)))) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file.slice(root.length)}|${mtimeMs}|${size}\n`);
  }
  return hash.digest("hex");
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).sort();
  return names.map((name) => join(path, name)).flatMap((inside) => (inside === output ? [] : filesIn(inside)));
}

if (process.argv[1] === at("scripts", "build.mjs")) build();
