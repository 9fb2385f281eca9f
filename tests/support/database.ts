import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { type Database, openDatabase } from "../../server/core/db/connect";
import { migrateDatabase } from "../../server/core/db/migrate";
import { createLog } from "../../server/core/log";

export interface TestDatabase {
  ownerUrl: string;
  appUrl: string;
  /** As the product connects: row-level security holds. */
  db: Database;
}

/** The migrated database that all test files share: use an agency of your own. Closed when the file's tests are over. */
export function testDatabase(): TestDatabase {
  const ownerUrl = inject("ownerUrl");
  const appUrl = inject("appUrl");
  const db = openDatabase(appUrl, { poolSize: 5 });
  afterAll(() => db.close());
  return { ownerUrl, appUrl, db };
}

/** An empty, unmigrated database of its own on the same server, for tests of the schema itself. @returns the owner's URL */
export async function emptyDatabase(): Promise<string> {
  const url = new URL(inject("ownerUrl"));
  const name = `tidemark_empty_${process.pid}_${randomBytes(4).toString("hex")}`;
  const admin = postgres(url.toString(), { max: 1, onnotice: () => {} });
  await admin`create database ${admin(name)}`;
  afterAll(async () => {
    await admin`drop database ${admin(name)} with (force)`;
    await admin`drop role if exists ${admin(`${name}_app`)}`;
    await admin.end({ timeout: 5 });
  });
  url.pathname = `/${name}`;
  return url.toString();
}

/** A migrated database of its own, for what works across agencies, and for a clock of its own. */
export async function ownDatabase(): Promise<TestDatabase> {
  const ownerUrl = await emptyDatabase();
  const { appUrl } = await migrateDatabase({ ownerUrl, log: createLog("silent") });
  const db = openDatabase(appUrl, { poolSize: 5 });
  afterAll(() => db.close());
  return { ownerUrl, appUrl, db };
}
