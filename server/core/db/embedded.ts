// A real Postgres that comes with `npm ci`, for those who have none: started in a folder of its own, shared by every
// Tidemark process on that folder, found again after a kill -9.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { AppError } from "../errors";
import type { Log } from "../log";
import { locateBinaries } from "./embedded-binaries";
import {
  type ClusterPlace,
  checkOwner,
  clusterName,
  initialise,
  launch,
  type Postmaster,
  readPostmaster,
  shutDown,
} from "./embedded-cluster";
import { registerUser, withLock } from "./embedded-lock";
import { accountForPostgres, isAlive } from "./embedded-process";

export interface EmbeddedOptions {
  /** Holds the cluster and its password; made when missing. */
  dataDir: string;
  log: Log;
  /** A `bin` folder to use instead of the bundled programs, such as /usr/lib/postgresql/15/bin. */
  binaries?: string;
  /** Server settings on top of ours, such as `{ fsync: "off" }` for tests. */
  settings?: Record<string, string>;
}

export interface Embedded {
  /** Connection of the owner: postgres://tidemark:...@127.0.0.1:<port>/tidemark */
  url: string;
  /** True when a running Postgres was found and none had to be started. */
  adopted: boolean;
  /** Shuts Postgres down within about 3 s, unless another live process still uses it. */
  stop(): Promise<void>;
}

interface Credentials {
  password: string;
  port?: number;
}

interface Home {
  place: ClusterPlace;
  credentialsFile: string;
  settings: Record<string, string>;
}

const adoptMs = 60_000;
const watchMs = 500;

/** @throws AppError with a remedy when Postgres cannot run here */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const account = accountForPostgres();
  const home: Home = {
    place: {
      data: join(dataDir, "postgres"),
      logFile: join(dataDir, "postgres.log"),
      account,
      binaries: locateBinaries(account, options.binaries),
    },
    credentialsFile: join(dataDir, "postgres.json"),
    settings: options.settings ?? {},
  };
  const lock = join(dataDir, "postgres.lock");
  const begun = await withLock(lock, async () => {
    const running = await adoptOrStart(home, { mayCreate: true });
    return { ...running, unregister: registerUser(join(dataDir, "postgres.users")) };
  });
  options.log.debug({ port: begun.port, adopted: begun.adopted }, "embedded database is running");
  const watch = keepRunning({ home, lock, log: options.log, first: begun });
  return {
    url: begun.url,
    adopted: begun.adopted,
    async stop() {
      await watch.end();
      await withLock(lock, async () => {
        if (begun.unregister().othersRemain) return;
        const running = readPostmaster(home.place.data);
        if (running) await shutDown(running.pid);
      });
    },
  };
}

type Running = Postmaster & { url: string; adopted: boolean };

async function adoptOrStart(home: Home, options: { mayCreate: boolean; fixedPort?: number }): Promise<Running> {
  const { place } = home;
  if (!existsSync(join(place.data, "PG_VERSION"))) {
    if (!options.mayCreate) throw new AppError("unavailable", `The data folder ${place.data} is gone.`);
    const password = randomBytes(24).toString("base64url");
    rmSync(place.data, { recursive: true, force: true });
    writeCredentials(home, { password });
    await initialise(place, password);
  }
  const credentials = readCredentials(home);
  const live = await settled(place);
  if (live) return { ...live, adopted: true, url: await ensureDatabase(credentials.password, live.port) };
  checkVersion(place);
  checkOwner(place);
  // Postgres removes its own stale file, unless a later process of the same user has the same pid.
  rmSync(join(place.data, "postmaster.pid"), { force: true });
  const started = await launch(place, {
    port: options.fixedPort ?? credentials.port,
    portIsFixed: options.fixedPort !== undefined,
    settings: home.settings,
  });
  if (started.port !== credentials.port) writeCredentials(home, { ...credentials, port: started.port });
  return { ...started, adopted: false, url: await ensureDatabase(credentials.password, started.port) };
}

/** Waits until a Postgres found in the folder has finished starting or stopping. */
async function settled(place: ClusterPlace): Promise<Postmaster | undefined> {
  const deadline = Date.now() + adoptMs;
  for (;;) {
    const found = readPostmaster(place.data);
    if (!found || found.status === "ready") return found;
    if (Date.now() > deadline) {
      throw new AppError(
        "unavailable",
        `The database in ${place.data} (process ${found.pid}) has been ${found.status} for long.`,
        {
          remedy: `Look into ${place.logFile}.`,
        },
      );
    }
    await delay(25);
  }
}

function checkVersion({ data, binaries }: ClusterPlace): void {
  const made = Number(readFileSync(join(data, "PG_VERSION"), "utf8"));
  if (made === binaries.major) return;
  throw new AppError(
    "precondition",
    `The data in ${data} is PostgreSQL ${made}; this program is PostgreSQL ${binaries.major}.`,
    {
      remedy: "Start with the version that made the data and move it over, or choose another TIDEMARK_DATA_DIR.",
    },
  );
}

function readCredentials({ credentialsFile, place }: Home): Credentials {
  try {
    return JSON.parse(readFileSync(credentialsFile, "utf8")) as Credentials;
  } catch (cause) {
    throw new AppError(
      "precondition",
      `The password of the database in ${place.data} cannot be read from ${credentialsFile}.`,
      {
        remedy: "Restore that file, or choose another TIDEMARK_DATA_DIR.",
        cause,
      },
    );
  }
}

function writeCredentials({ credentialsFile }: Home, credentials: Credentials): void {
  const fresh = `${credentialsFile}.new`;
  writeFileSync(fresh, JSON.stringify(credentials), { mode: 0o600 });
  renameSync(fresh, credentialsFile);
}

/** Also proves that the Postgres on that port is ours: no other knows the password. */
async function ensureDatabase(password: string, port: number): Promise<string> {
  const server = `postgres://${clusterName}:${password}@127.0.0.1:${port}`;
  const sql = postgres(`${server}/postgres`, { max: 1, connect_timeout: 10, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${clusterName}`;
    if (found.length === 0) await sql`create database ${sql(clusterName)}`;
  } finally {
    await sql.end({ timeout: 2 });
  }
  return `${server}/${clusterName}`;
}

/** Starts Postgres again, on the same port, when it dies while we use it: pools then reconnect by themselves. */
function keepRunning({ home, lock, log, first }: { home: Home; lock: string; log: Log; first: Running }) {
  let pid = first.pid;
  let ended = false;
  let busy: Promise<void> = Promise.resolve();
  let idle = true;
  const restart = async () => {
    log.warn({ pid }, "the embedded database ended; starting it again");
    try {
      const running = await withLock(lock, () => adoptOrStart(home, { mayCreate: false, fixedPort: first.port }));
      pid = running.pid;
      log.info({ pid }, "the embedded database runs again");
    } catch (err) {
      log.error({ err }, "the embedded database could not be started again");
    }
  };
  const timer = setInterval(() => {
    if (ended || !idle || isAlive(pid)) return;
    idle = false;
    busy = restart().finally(() => {
      idle = true;
    });
  }, watchMs);
  timer.unref();
  return {
    async end() {
      ended = true;
      clearInterval(timer);
      await busy;
    },
  };
}
