// For soaks that run the product in their own process: a migrated database, and an Amazon whose clock is moved by hand.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningSandbox, type SandboxOptions, startSandbox } from "../../sandbox";
import { type Database, openDatabase } from "../../server/core/db/connect";
import { startEmbedded } from "../../server/core/db/embedded";
import { migrateDatabase } from "../../server/core/db/migrate";
import { createLog } from "../../server/core/log";

export interface SoakPlace {
  db: Database;
  appUrl: string;
  ownerUrl: string;
  sandbox: RunningSandbox;
}

export async function openPlace(options: SandboxOptions = {}): Promise<SoakPlace & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-soak-"));
  const database = await startEmbedded({ dataDir: folder, log: createLog("error"), settings: { fsync: "off" } });
  const { appUrl } = await migrateDatabase({ ownerUrl: database.url, log: createLog("silent") });
  const db = openDatabase(appUrl, { poolSize: 8 });
  const sandbox = await startSandbox({ port: 0, reportDelaySeconds: 0, ...options });
  return {
    db,
    appUrl,
    ownerUrl: database.url,
    sandbox,
    async close() {
      await sandbox.close();
      await db.close();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
