// A whole Tidemark of its own for a run: database, sandbox, and the built server as a process that may be killed. For soak, benchmarks and browser tests.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningSandbox, type SandboxOptions, startSandbox } from "../sandbox";
import { startEmbedded } from "../server/core/db/embedded";
import { createLog } from "../server/core/log";
import { projectRoot } from "../server/core/project-root";
import { createOwner, type Owner, signInAs } from "./owner";
import type { Person } from "./person";
import { openWire, type Wire } from "./wire";

export interface RunningServer {
  /** Resolves when the process has ended, with the signal that ended it. */
  exited: Promise<NodeJS.Signals | null>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

export interface Rig {
  url: string;
  sandbox: RunningSandbox;
  /** The database itself, past the wire. */
  databaseUrl: string;
  /** What the server reaches the database through. */
  wire: Wire;
  /** Starts the built server and waits until it is ready, or has ended. */
  startServer(env?: Record<string, string>): Promise<RunningServer>;
  /** The environment a server needs, for those who start one in another way. */
  serverEnv(): NodeJS.ProcessEnv;
  /** Runs an operators' command to its end. @throws when it fails */
  ops(args: string[], input?: string): Promise<string>;
  /** A new agency with an owner; needs no server. */
  createOwner(): Promise<Owner>;
  signIn(owner: Owner): Promise<Person>;
  /** A new agency's owner, signed in. */
  newOwner(): Promise<Person>;
  /** Stops the sandbox and starts another world on the same ports. */
  renewSandbox(options?: SandboxOptions): Promise<void>;
  close(): Promise<void>;
}

const patienceMs = 60_000;
const limitNames = ["API_RATE_LIMIT", "API_KEY_RATE_LIMIT", "API_ANONYMOUS_RATE_LIMIT", "API_AGENCY_RATE_LIMIT"];

export async function startRig(options: SandboxOptions = {}): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-rig-"));
  const database = await startEmbedded({ dataDir: folder, log: createLog("error"), settings: { fsync: "off" } });
  const wire = await openWire(Number(new URL(database.url).port));
  const serverDatabase = new URL(database.url);
  serverDatabase.port = String(wire.port);
  const [port, sandboxPort] = [await freePorts(1), await freePorts(3)];
  const url = `http://localhost:${port}`;
  const returnUrls = ["na", "eu", "fe"].map((region) => `${url}/connections/callback/${region}`);
  let sandbox = await startSandbox({ ...options, port: sandboxPort, returnUrls });
  const servers = new Set<RunningServer>();
  const env = (): NodeJS.ProcessEnv => ({
    PATH: process.env.PATH,
    NODE_ENV: "production",
    PORT: String(port),
    HOST: "127.0.0.1",
    LOG_LEVEL: process.env.RIG_LOG_LEVEL ?? "error",
    DATABASE_URL: serverDatabase.href,
    TIDEMARK_DATA_DIR: folder,
    // Runs ask as often as they can.
    ...Object.fromEntries(limitNames.map((name) => [name, "10000000"])),
    ...amazonEnv(sandbox),
  });
  const rig: Rig = {
    url,
    databaseUrl: database.url,
    wire,
    get sandbox() {
      return sandbox;
    },
    async startServer(extra = {}) {
      const server = await launch({ ...env(), ...extra }, url);
      servers.add(server);
      void server.exited.then(() => servers.delete(server));
      return server;
    },
    serverEnv: env,
    ops: (args, input) => runOps(env(), args, input),
    createOwner: () => createOwner(database.url),
    signIn: (owner) => signInAs(url, owner),
    newOwner: async () => rig.signIn(await rig.createOwner()),
    async renewSandbox(renewed = {}) {
      await sandbox.close();
      sandbox = await startSandbox({ ...options, ...renewed, port: sandboxPort, returnUrls });
    },
    async close() {
      await Promise.all([...servers].map((server) => server.kill("SIGKILL")));
      await sandbox.close();
      await wire.close();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return rig;
}

function amazonEnv(sandbox: RunningSandbox): Record<string, string> {
  const hosts = Object.entries(sandbox.urls).flatMap(([region, origin]) => [
    [`AMAZON_AUTHORIZE_URL_${region}`, `${origin}/ap/oa`],
    [`AMAZON_TOKEN_URL_${region}`, `${origin}/auth/o2/token`],
    [`AMAZON_API_URL_${region}`, origin],
  ]);
  return {
    AMAZON_ENVIRONMENT: "sandbox",
    AMAZON_CLIENT_ID: sandbox.clientId,
    AMAZON_CLIENT_SECRET: sandbox.clientSecret,
    ...Object.fromEntries(hosts),
  };
}

async function launch(env: NodeJS.ProcessEnv, url: string): Promise<RunningServer> {
  const child = spawn(process.execPath, ["--enable-source-maps", "--max-semi-space-size=64", "build/index.js"], {
    cwd: projectRoot(),
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const exited = once(child, "exit").then(([, signal]) => signal as NodeJS.Signals | null);
  const deadline = Date.now() + patienceMs;
  while (hasNotEnded(child) && !(await isReady(url))) {
    if (Date.now() > deadline) throw new Error("The server was not ready in a minute.");
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    exited,
    async kill(signal) {
      if (hasNotEnded(child)) child.kill(signal);
      await exited;
    },
  };
}

const hasNotEnded = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

export async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/** Runs an operators' command to its end. @throws when it fails */
export async function runOps(env: NodeJS.ProcessEnv, args: string[], input = ""): Promise<string> {
  const child = spawn(process.execPath, ["build/index.js", "ops", ...args], { cwd: projectRoot(), env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stdin.end(input);
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`ops ${args.join(" ")} ended with ${code}: ${output}`);
  return output;
}

/** The first of so many free ports in a row. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = await listenOnce(0);
    const others = Array.from({ length: count - 1 }, (_, index) => listenOnce(first + index + 1));
    if ((await Promise.allSettled(others)).every((result) => result.status === "fulfilled")) return first;
  }
}

function listenOnce(port: number): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : port));
    });
  });
}
