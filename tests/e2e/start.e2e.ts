// `npm start` as a newcomer has it: embedded database, sandbox, demo agency; killed without warning, started again, stopped.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Person } from "../../scripts/person";
import { freePorts } from "../../scripts/rig";
import { projectRoot } from "../../server/core/project-root";
import { until } from "../support/until";

const dataDir = mkdtempSync(join(tmpdir(), "tidemark-start-"));
const running = new Set<ChildProcess>();

afterAll(async () => {
  for (const child of running) await end(child, "SIGTERM");
  rmSync(dataDir, { recursive: true, force: true });
});

const bareEnv = (port: number, sandboxPort: number) =>
  ({
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: `${port}`,
    SANDBOX_PORT: `${sandboxPort}`,
    TIDEMARK_DATA_DIR: dataDir,
  }) as unknown as NodeJS.ProcessEnv;

/** Starts it as a process group of its own and waits for the last line. @returns what was printed */
async function start(port: number, sandboxPort: number): Promise<{ child: ChildProcess; output: string }> {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: projectRoot(),
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
    env: bareEnv(port, sandboxPort),
  });
  running.add(child);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  await until(async () => output.includes("Tidemark is ready at"), 110_000);
  return { child, output };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  running.delete(child);
  const exited = once(child, "exit");
  process.kill(-(child.pid ?? 0), signal);
  await exited;
}

const answers = (url: string) =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );

test("a first start makes the demo agency; kill -9 and a second start lose nothing; SIGTERM stops all", async () => {
  const [port, sandboxPort] = [await freePorts(1), await freePorts(3)];
  const url = `http://localhost:${port}`;
  const first = await start(port, sandboxPort);
  expect(first.output.trim().split("\n").at(-1)).toBe(`Tidemark is ready at ${url}`);
  const [, email = "", password = ""] = /: (\S+@\S+) \/ (.+)/.exec(first.output) ?? [];
  const person = new Person(url);
  await person.signIn(email, password);
  const brands = await person.api<{ id: string }[]>("GET", "brands");
  expect(brands.length).toBe(3);
  await end(first.child, "SIGKILL");

  const second = await start(port, sandboxPort);
  expect(second.output).toBe(first.output);
  // The session and the brands are still there, and the sandbox still knows the consent.
  expect(await person.api("GET", "brands")).toEqual(brands);
  await until(async () => {
    const states = await person.api<{ state: string }[]>("GET", "sync-status");
    return states.length === 3 && states.every(({ state }) => state === "current");
  }, 90_000);
  await end(second.child, "SIGTERM");
  expect(await answers(`${url}/livez`)).toBe(false);
  expect(await answers(`http://localhost:${sandboxPort}/_sandbox/clock`)).toBe(false);
}, 300_000);

test("a port that is taken is named with the variable to change", async () => {
  const port = await freePorts(1);
  const rival = createServer();
  await new Promise<void>((done) => rival.listen(port, "127.0.0.1", done));
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: projectRoot(),
    stdio: ["ignore", "ignore", "pipe"],
    env: bareEnv(port, await freePorts(3)),
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  expect(said).toContain(`Port ${port} is in use. Set PORT to another`);
  rival.close();
});
