// A large answer of AMC on its way from Amazon's file to the chart, in a process of its own: time against reading the same file, and memory.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { amcExecutions } from "../server/amc/tables";
import { openDatabase } from "../server/core/db/connect";
import { startEmbedded } from "../server/core/db/embedded";
import { migrateDatabase } from "../server/core/db/migrate";
import { createLog } from "../server/core/log";
import { projectRoot } from "../server/core/project-root";
import { anInstance } from "../tests/support/amc-instance";
import { aCtx, anAgency, aSource } from "../tests/support/ctx";
import type { Measure, Place } from "./amc-process";
import { print } from "./figure";

const rows = 500_000;
const columns = [
  "path",
  "users",
  "buyers",
  "purchases",
  "sales",
  "impressions",
  "cost",
  "tm_hidden",
  "tm_users",
  "tm_reason",
];

export async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-bench-"));
  const log = createLog("error");
  const embedded = await startEmbedded({ dataDir: folder, log });
  const { appUrl } = await migrateDatabase({ ownerUrl: embedded.url, log });
  const db = openDatabase(appUrl);
  const server = await anAmazon();
  try {
    const agencyId = await anAgency(db);
    const ctx = aCtx(aSource(db, { clock: () => new Date() }), agencyId);
    const executionId = randomUUID();
    await ctx.tx(async (tx) =>
      tx.db.insert(amcExecutions).values({
        agencyId,
        id: executionId,
        title: "Bench",
        instanceId: await anInstance(tx),
        origin: "person",
        state: "collecting",
        question: {
          question: "",
          sql: "SELECT 1",
          parameters: [],
          columns: [],
          chart: { kind: "sankey", path: "path", value: "buyers" },
        },
        values: {},
        windowFrom: "2026-11-01",
        windowTo: "2026-11-30",
        timeZone: "UTC",
        tables: [],
        fingerprint: "bench",
        deadlineSeconds: 21_600,
        amazonExecutionId: "bench",
        createdBy: "Bench",
        createdAt: new Date(),
      }),
    );
    const amazonUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const place = { appUrl, amazonUrl, agencyId, executionId };
    tell(await measured({ ...place, how: "read" }), await measured({ ...place, how: "store" }));
  } finally {
    server.close();
    await db.close();
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Answers for the download of one result, as AMC does. */
async function anAmazon(): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === "/file.csv") {
      response.writeHead(200, { "content-type": "text/csv" });
      Readable.from(csv()).pipe(response);
      return;
    }
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ downloadUrls: [`http://${request.headers.host}/file.csv`], nextToken: null }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function* csv(): Generator<string> {
  yield `${columns.join(",")}\n`;
  for (let from = 0; from < rows; from += 1_000) {
    const lines = Array.from({ length: 1_000 }, (_, index) => {
      const n = from + index;
      const path = `Campaign ${n % 97} > Campaign ${n % 89} > Campaign ${n}`;
      return `"${path}",${n % 9000},${n % 700},${n % 300},${(n % 70_000) / 100},${n % 50_000},${(n % 9_900) / 100},${n % 50 === 0},100,`;
    });
    yield `${lines.join("\n")}\n`;
  }
}

async function measured(place: Place): Promise<Measure> {
  const script = join(projectRoot(), "bench/amc-process.ts");
  const args = ["--expose-gc", "--import", "tsx", script, JSON.stringify(place)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

function tell(read: Measure, stored: Measure): void {
  const size = `${rows.toLocaleString("en")} rows of AMC`;
  const baseline = `${read.seconds.toFixed(1)} s for reading the same file by the same kind of process in the same run`;
  print({ figure: `${size}, stored and charted: time`, value: stored.seconds, unit: "s", baseline });
  print({ figure: `${size}: time through reading`, value: stored.seconds / read.seconds, unit: "ratio", baseline });
  const idle = `${stored.before.toFixed(0)} MB before, ${read.peak.toFixed(0)} MB for reading; goal: less than 200 MB`;
  print({ figure: `${size}: memory at the most`, value: stored.peak, unit: "MB", baseline: idle });
  print({ figure: `${size}: memory above before`, value: stored.peak - stored.before, unit: "MB", baseline: idle });
}
