// One Postgres data folder: made, started, asked for its state, stopped.
import { type ChildProcess, spawn } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "../errors";
import type { Binaries } from "./embedded-binaries";
import { type Account, isAlive, isPostgres } from "./embedded-process";

/** Everything about one cluster's place on disk. */
export interface ClusterPlace {
  /** Postgres's own data folder. */
  data: string;
  logFile: string;
  account: Account | undefined;
  binaries: Binaries;
}

export interface Postmaster {
  pid: number;
  port: number;
  status: string;
}

/** Superuser of the embedded cluster and name of its database. */
export const clusterName = "tidemark";

const startMs = 60_000;
const stopMs = 2_500;
const logLimit = 10 * 1024 * 1024;

/**
 * As root, Postgres runs as `nobody`, who usually cannot get to the project's folder. It is handed the open folder
 * instead, and this name of an open folder needs no right on the way to it.
 */
const dataDescriptor = 4;
const dataArgument = (place: ClusterPlace, folder: string) =>
  place.account ? `/proc/self/fd/${dataDescriptor}` : folder;

const environment: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
};

/** The running Postgres of this folder, if any: read from its own postmaster.pid. */
export function readPostmaster(data: string): Postmaster | undefined {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  if (!(pid > 0) || !isPostgres(pid)) return undefined;
  return { pid, port: Number(lines[3]), status: (lines[7] ?? "").trim() };
}

/** Makes the data folder. An interrupted attempt leaves nothing under the final name. */
export async function initialise(place: ClusterPlace, password: string): Promise<void> {
  const fresh = `${place.data}.new`;
  const passwordFile = `${place.data}.password`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  const passwordHandle = openSync(passwordFile, "r");
  const folderHandle = openSync(fresh, "r");
  try {
    if (place.account) {
      chownSync(fresh, place.account.uid, place.account.gid);
      chownSync(passwordFile, place.account.uid, place.account.gid);
    }
    rmSync(passwordFile);
    // Locale and encoding do not depend on the machine; the built-in provider came with Postgres 17.
    const locale =
      place.binaries.major >= 17
        ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        : ["--locale=C", "--lc-ctype=C.UTF-8"];
    const common = ["--encoding=UTF8", "--auth=scram-sha-256", "--data-checksums", `--username=${clusterName}`];
    const target = ["-D", dataArgument(place, fresh), "--pwfile=/dev/fd/3"];
    const child = spawn(place.binaries.initdb, [...target, ...common, ...locale], {
      ...place.account,
      cwd: "/",
      env: environment,
      stdio: ["ignore", "pipe", "pipe", passwordHandle, folderHandle],
    });
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => (output += chunk));
    child.stderr?.on("data", (chunk: Buffer) => (output += chunk));
    const code = await exitOf(child);
    if (code !== 0) throw startFailure(place, "could not be created", output);
  } finally {
    closeSync(passwordHandle);
    closeSync(folderHandle);
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, place.data);
}

function exitOf(child: ChildProcess): Promise<number | string> {
  return new Promise((done, fail) => {
    child.once("error", (cause) =>
      fail(
        new AppError("unavailable", "The embedded database's program could not be started.", {
          remedy: "Start Tidemark as an ordinary user, or set DATABASE_URL.",
          cause,
        }),
      ),
    );
    child.once("exit", (code, signal) => done(code ?? signal ?? "unknown"));
  });
}

function startFailure(place: ClusterPlace, what: string, output: string): AppError {
  const tail = output.trim().split("\n").slice(-6).join("\n");
  return new AppError("unavailable", `The embedded database in ${place.data} ${what}:\n${tail}`, {
    remedy: `The whole log is ${place.logFile}. Another place: TIDEMARK_DATA_DIR. A database of your own: DATABASE_URL.`,
  });
}

/** Starts Postgres and waits until it takes connections. @returns its pid and port */
export async function launch(
  place: ClusterPlace,
  options: { port?: number; portIsFixed: boolean; settings: Record<string, string> },
): Promise<Postmaster> {
  const deadline = Date.now() + startMs;
  let port = options.port ?? (await freePort());
  for (;;) {
    const attempt = await launchOnce(place, { port, settings: options.settings, deadline });
    if (typeof attempt !== "string") return attempt;
    const portTaken = /could not (bind|create any TCP)/.test(attempt);
    // After a kill of the postmaster alone its children hold the shared memory for a moment.
    const settling = /pre-existing shared memory|lock file ".*" already exists/.test(attempt);
    if (Date.now() > deadline || (!portTaken && !settling)) throw startFailure(place, "did not start", attempt);
    if (portTaken && !options.portIsFixed) port = await freePort();
    else await delay(200);
  }
}

/** @returns the running Postgres, or what it said before it ended */
async function launchOnce(
  place: ClusterPlace,
  options: { port: number; settings: Record<string, string>; deadline: number },
): Promise<Postmaster | string> {
  const size = existsSync(place.logFile) ? statSync(place.logFile).size : 0;
  if (size > logLimit) renameSync(place.logFile, `${place.logFile}.1`);
  const from = size > logLimit ? 0 : size;
  const settings = Object.entries({ ...defaultSettings, port: String(options.port), ...options.settings });
  const logHandle = openSync(place.logFile, "a", 0o600);
  const folderHandle = openSync(place.data, "r");
  const child = spawn(
    place.binaries.postgres,
    ["-D", dataArgument(place, place.data), ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    {
      ...place.account,
      cwd: "/",
      env: environment,
      detached: true,
      stdio: ["ignore", logHandle, logHandle, "ignore", folderHandle],
    },
  );
  closeSync(logHandle);
  closeSync(folderHandle);
  child.unref();
  let ended = false;
  const exit = exitOf(child).finally(() => {
    ended = true;
  });
  exit.catch(() => undefined);
  while (!ended && Date.now() < options.deadline) {
    const running = readPostmaster(place.data);
    if (running?.pid === child.pid && running?.status === "ready") return running;
    await delay(10);
  }
  if (!ended && child.pid) await shutDown(child.pid);
  await exit;
  return readFileSync(place.logFile).subarray(from).toString();
}

const defaultSettings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "256MB",
  jit: "off",
  random_page_cost: "1.1",
  wal_level: "replica",
  TimeZone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
};

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? done(address.port) : fail(new Error("no free port")),
      );
    });
  });
}

/** Fast shutdown; what has not ended after a few seconds is stopped at once, and recovers from its log at the next start. */
export async function shutDown(pid: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + stopMs;
    while (Date.now() < deadline) {
      if (!isAlive(pid)) return;
      await delay(15);
    }
  }
}

/** Postgres runs only on a folder of its own user; a copied folder may belong to another. */
export function checkOwner({ data, account }: ClusterPlace): void {
  const owner = account?.uid ?? process.getuid?.();
  if (owner === undefined || statSync(data).uid === owner) return;
  throw new AppError("precondition", `The database in ${data} belongs to another user.`, {
    remedy: `Start Tidemark as that user, or give the folder away: chown -R ${owner} ${data}`,
  });
}
