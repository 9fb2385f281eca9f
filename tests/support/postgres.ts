// One Postgres for all database tests: an embedded one in a temporary folder, or the server that TEST_DATABASE_URL names.
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../../server/core/db/embedded";
import { readPostmaster, shutDown } from "../../server/core/db/embedded-cluster";
import { identityIsAlive, identityOf } from "../../server/core/db/embedded-process";
import { migrateDatabase } from "../../server/core/db/migrate";
import { createLog } from "../../server/core/log";

declare module "vitest" {
  interface ProvidedContext {
    /** Owner's URL of the migrated database all test files share. */
    ownerUrl: string;
    /** The application's URL of the same database. */
    appUrl: string;
  }
}

const prefix = "tidemark-test-";
const log = createLog("error");

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const name = `tidemark_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  await admin`create database ${admin(name)}`;
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const { appUrl } = await migrateDatabase({ ownerUrl: url.toString(), log });
  project.provide("ownerUrl", url.toString());
  project.provide("appUrl", appUrl);
  return async () => {
    if (!server.disposable) {
      await admin`drop database ${admin(name)} with (force)`;
      await admin`drop role ${admin(`${name}_app`)}`;
    }
    await admin.end({ timeout: 5 });
    await server.stop();
  };
}

interface TestServer {
  url: string;
  /** The whole server goes when the tests are over: nothing in it needs cleaning. */
  disposable: boolean;
  stop(): Promise<void>;
}

async function startServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, disposable: false, stop: async () => {} };
  await removeAbandoned();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${identityOf(process.pid)}-`));
  const embedded = await startEmbedded({
    dataDir: folder,
    log,
    binaries: process.env.TEST_POSTGRES_BIN,
    settings: { fsync: "off", full_page_writes: "off", shared_buffers: "128MB", max_connections: "200" },
  });
  return {
    url: embedded.url,
    disposable: true,
    async stop() {
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Servers of test runs that were killed. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const [pid, startedAt] = name.slice(prefix.length).split("-");
    if (identityIsAlive(`${pid}-${startedAt}`)) continue;
    try {
      const left = readPostmaster(join(tmpdir(), name, "postgres"));
      if (left) await shutDown(left.pid);
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's: not ours to remove.
    }
  }
}
