import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import postgres from "postgres";
import { expect, onTestFinished, test, vi } from "vitest";
import { createLog } from "../log";
import { projectRoot } from "../project-root";
import { startEmbedded } from "./embedded";
import { readPostmaster, shutDown } from "./embedded-cluster";
import { withLock } from "./embedded-lock";
import { isAlive } from "./embedded-process";

const log = createLog("silent");
const settings = { fsync: "off" };

/** A folder below one that only its owner may enter, as a fresh clone in a temporary folder is. */
function privateFolder(): string {
  const top = mkdtempSync(join(tmpdir(), "tidemark-embedded-"));
  const dataDir = join(top, "project", ".data");
  onTestFinished(async () => {
    const left = readPostmaster(join(dataDir, "postgres"));
    if (left) await shutDown(left.pid);
    rmSync(top, { recursive: true, force: true });
  });
  return dataDir;
}

interface User {
  process: ChildProcess;
  url: string;
  adopted: boolean;
}

async function startUser(dataDir: string): Promise<User> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", join(projectRoot(), "tests/support/database-process.ts"), dataDir],
    {
      cwd: projectRoot(),
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { process: child, ...(JSON.parse(String(line)) as { url: string; adopted: boolean }) };
}

async function query<T extends object>(url: string, text: string): Promise<T[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return (await sql.unsafe(text)) as unknown as T[];
  } finally {
    await sql.end({ timeout: 2 });
  }
}

const pidOf = (dataDir: string) => readPostmaster(join(dataDir, "postgres"))?.pid ?? 0;

test("three processes that start together share one Postgres, and the last to leave stops it", async () => {
  const dataDir = privateFolder();
  const users = await Promise.all([startUser(dataDir), startUser(dataDir), startUser(dataDir)]);
  expect(new Set(users.map(({ url }) => url)).size).toBe(1);
  expect(users.filter(({ adopted }) => !adopted)).toHaveLength(1);
  const pid = pidOf(dataDir);
  for (const { process: child } of users) {
    expect(isAlive(pid)).toBe(true);
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  expect(isAlive(pid)).toBe(false);
});

test("after a kill -9 of the process that started it, the next one takes the running Postgres over with its data", async () => {
  const dataDir = privateFolder();
  const first = await startUser(dataDir);
  await query(first.url, "create table kept as select 42 as answer");
  const pid = pidOf(dataDir);
  first.process.kill("SIGKILL");
  await once(first.process, "exit");
  const next = await startEmbedded({ dataDir, log, settings });
  expect([next.adopted, next.url, pidOf(dataDir)]).toEqual([true, first.url, pid]);
  expect(await query(next.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  await next.stop();
  expect(isAlive(pid)).toBe(false);
});

test("a Postgres that is killed while in use is started again on the same address with its data", async () => {
  const dataDir = privateFolder();
  const database = await startEmbedded({ dataDir, log, settings });
  await query(database.url, "create table kept as select 42 as answer");
  const pid = pidOf(dataDir);
  process.kill(pid, "SIGKILL");
  await vi.waitFor(() => expect(pidOf(dataDir)).not.toBeOneOf([0, pid]), { timeout: 15_000 });
  await vi.waitFor(async () => expect(await query(database.url, "select answer from kept")).toEqual([{ answer: 42 }]), {
    timeout: 10_000,
  });
  await database.stop();
  expect(pidOf(dataDir)).toBe(0);
});

test("stopped and started again, the data is there and nobody but the owner can read the password", async () => {
  const dataDir = privateFolder();
  const first = await startEmbedded({ dataDir, log, settings });
  await query(first.url, "create table kept as select upper('ä') as letter");
  await first.stop();
  const second = await startEmbedded({ dataDir, log, settings });
  onTestFinished(() => second.stop());
  expect([second.adopted, second.url]).toEqual([false, first.url]);
  expect(await query(second.url, "select letter from kept")).toEqual([{ letter: "Ä" }]);
  expect(statSync(join(dataDir, "postgres.json")).mode & 0o777).toBe(0o600);
  expect(await query(second.url, "show data_checksums")).toEqual([{ data_checksums: "on" }]);
});

test("an interrupted first start and a dead process's lock do not stand in the way", async () => {
  const dataDir = privateFolder();
  mkdirSync(join(dataDir, "postgres.new"), { recursive: true });
  writeFileSync(join(dataDir, "postgres.new", "half"), "");
  writeFileSync(join(dataDir, "postgres.lock"), "999999999-1");
  const database = await startEmbedded({ dataDir, log, settings });
  await database.stop();
  expect(existsSync(join(dataDir, "postgres.new"))).toBe(false);
});

test("data made by another version of Postgres is refused in plain words", async () => {
  const dataDir = privateFolder();
  await (await startEmbedded({ dataDir, log, settings })).stop();
  writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "9\n");
  await expect(startEmbedded({ dataDir, log, settings })).rejects.toThrow(
    /is PostgreSQL 9; this program is PostgreSQL/,
  );
});

test("of many that find a dead process's lock at once, one at a time goes on", async () => {
  const dataDir = privateFolder();
  mkdirSync(dataDir, { recursive: true });
  const lock = join(dataDir, "a.lock");
  writeFileSync(lock, "999999999-1");
  let inside = 0;
  const most = await Promise.all(
    Array.from({ length: 20 }, () =>
      withLock(lock, async () => {
        inside += 1;
        const seen = inside;
        await new Promise((done) => setImmediate(done));
        expect(readFileSync(lock, "utf8")).toContain(String(process.pid));
        inside -= 1;
        return seen;
      }),
    ),
  );
  expect(Math.max(...most)).toBe(1);
  expect(existsSync(lock)).toBe(false);
});
