// The production artefact: installed without development packages in an empty folder, run by a user who owns nothing.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Rig, startRig } from "../../scripts/rig";
import { projectRoot } from "../../server/core/project-root";
import { until } from "../support/until";

interface Lock {
  packages: Record<string, { dev?: boolean }>;
}

const folder = mkdtempSync(join(tmpdir(), "tidemark-artefact-"));
let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
  for (const part of ["package.json", "build", "public", "drizzle"]) {
    cpSync(join(projectRoot(), part), join(folder, part), { recursive: true });
  }
  for (const path of productionPackages()) putPackage(join(projectRoot(), path), join(folder, path));
  chmodSync(folder, 0o755);
}, 300_000);

afterAll(async () => {
  await rig?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What `npm ci --omit=dev` installs, by the lock file's own marks: it is here already. */
function productionPackages(): string[] {
  const lock = JSON.parse(readFileSync(join(projectRoot(), "package-lock.json"), "utf8")) as Lock;
  const isHere = (path: string) => path !== "" && existsSync(join(projectRoot(), path));
  return Object.keys(lock.packages).filter((path) => !lock.packages[path]?.dev && isHere(path));
}

/** Links where both folders are on one disk, which takes no time. A package inside another has a line of its own in the lock file. */
function putPackage(from: string, to: string): void {
  const put = statSync(from).dev === statSync(folder).dev ? linkSync : copyFileSync;
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.name === "node_modules") continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) putPackage(source, target);
    else put(source, target);
  }
}

/** `nobody`, where the tests run as root. */
const unprivileged = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

test("the artefact starts, serves and writes nothing into its folder", async () => {
  const before = readdirSync(folder).sort();
  const env = { ...rig.serverEnv(), TIDEMARK_ENCRYPTION_KEYS: "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=" };
  const server = spawn(process.execPath, ["build/index.js"], { cwd: folder, env, stdio: "inherit", ...unprivileged });
  await until(async () => (await fetch(`${rig.url}/readyz`)).ok, 60_000);
  const page = await fetch(`${rig.url}/sign-in`);
  const html = await page.text();
  expect(page.status).toBe(200);
  const script = /\/build\/[\w./-]+\.js/.exec(html)?.[0] ?? "";
  expect((await fetch(rig.url + script)).status).toBe(200);
  expect((await fetch(`${rig.url}/api/v1/openapi.json`)).status).toBe(200);
  server.kill("SIGTERM");
  await once(server, "exit");
  expect(readdirSync(folder).sort()).toEqual(before);
}, 90_000);

test("no source map and no word of the sandbox's code is in what the browser gets", () => {
  const files = readdirSync(join(folder, "public/build"), { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => file.endsWith(".map"))).toEqual([]);
  const found = spawnSync("grep", ["-rlE", "_sandbox/|startSandbox", "build/index.js", "public/build"], {
    cwd: folder,
  });
  // 1: nothing found.
  expect([found.status, found.stdout.toString()]).toEqual([1, ""]);
});
