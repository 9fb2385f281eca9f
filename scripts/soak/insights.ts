// `npm run soak -- insights`: numbers are Amazon's, as they are and as they were; what they are said to become holds; no sync is missed or made twice.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../../sandbox";
import { openDatabase } from "../../server/core/db/connect";
import { startEmbedded } from "../../server/core/db/embedded";
import { migrateDatabase } from "../../server/core/db/migrate";
import { createLog } from "../../server/core/log";
import { bands } from "./insights/bands";
import type { InsightsPlace } from "./insights/place";
import { replay } from "./insights/replay";
import { schedules } from "./insights/schedules";
import type { SoakOptions } from "./options";
import { failedWords, type Part, runParts } from "./parts";

const parts: Record<string, Part<InsightsPlace>> = {
  N1: { claim: "any order of syncs, restatements, repeats and kills, now and as of then", run: replay },
  N2: { claim: "how often the stated bands hold", run: bands },
  N3: { claim: "slots over both nights of the clocks' change and ends of months", run: schedules },
};

export async function soakInsights(options: SoakOptions): Promise<boolean> {
  const startedAt = Date.now();
  const place = await openPlace();
  const { ran, failed } = await runParts(parts, place, options).finally(() => place.close());
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(`soak insights: ${ran} parts, ${failedWords(failed)}, ${seconds} s\n`);
  return ran > 0 && failed.length === 0;
}

async function openPlace(): Promise<InsightsPlace & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-soak-"));
  const database = await startEmbedded({ dataDir: folder, log: createLog("error"), settings: { fsync: "off" } });
  const { appUrl } = await migrateDatabase({ ownerUrl: database.url, log: createLog("silent") });
  const db = openDatabase(appUrl, { poolSize: 8 });
  const sandbox = await startSandbox({ port: 0, reportDelaySeconds: 0 });
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
