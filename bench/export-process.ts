// One export in a process of its own, for bench/export.ts: through the product's path (plan, read, cells, format, hash, receipt), or a bare COPY of the same rows.
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { planFile } from "../server/api/lists/plan-file";
import { resources } from "../server/api/resources";
import { makeContext } from "../server/context";
import { openDatabase } from "../server/core/db/connect";
import { sendExport } from "../server/exports";
import type { FormatId } from "../server/exports/contract";
import { aSource } from "../tests/support/ctx";

export interface Place {
  appUrl: string;
  ownerUrl: string;
  agencyId: string;
  reportId: string;
  how: FormatId | "copy";
}

export interface Measure {
  bytes: number;
  seconds: number;
  /** Of the process before, and at the most while it ran, in MB. */
  before: number;
  peak: number;
}

const mb = (bytes: number) => bytes / 1e6;

async function run({ appUrl, ownerUrl, agencyId, reportId, how }: Place): Promise<Measure> {
  const database = openDatabase(appUrl, { poolSize: 2 });
  const actor = { kind: "user" as const, userId: randomUUID(), name: "Bench", sessionId: "" };
  const ctx = makeContext(aSource(database, { clock: () => new Date() }), {
    agencyId,
    actor,
    memberships: [{ brandId: null, role: "owner" }],
    requestId: "bench",
  });
  global.gc?.();
  const before = mb(process.memoryUsage().rss);
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, mb(process.memoryUsage().rss));
  }, 20);
  const begun = performance.now();
  let bytes = 0;
  for await (const piece of how === "copy" ? copied(ownerUrl, reportId) : exported()) bytes += piece.length;
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(watch);
  await database.close();
  return { bytes, seconds, before, peak };

  async function* exported(): AsyncGenerator<Uint8Array> {
    const resource = resources.find(({ name }) => name === "custom-report-rows");
    if (!resource || how === "copy") throw new Error("custom report rows are a resource");
    const params = new URLSearchParams({ reportId, _format: how });
    const planned = await planFile(ctx, { resource, all: resources, params });
    yield* sendExport(ctx, { planned, format: how, query: params.toString() }).bytes;
  }
}

async function* copied(url: string, reportId: string): AsyncGenerator<Uint8Array> {
  const sql = postgres(url, { max: 1 });
  const rows = await sql
    .unsafe(
      `copy (select ${[0, 1, 2, 3, 4, 5, 6, 7].map((at) => `e ->> ${at}`).join(", ")} from custom_report_pieces p,
        jsonb_array_elements(p.rows) e where p.report_id = '${reportId}') to stdout csv`,
    )
    .readable();
  for await (const piece of rows) yield piece as Uint8Array;
  await sql.end();
}

if (process.argv[1]?.endsWith("export-process.ts") && process.argv[2]) {
  process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2]) as Place)));
  process.exit(0);
}
