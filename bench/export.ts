// Exports as people get them, in a process each: rows a second against a bare COPY of the same rows to the same process, and memory.
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { openDatabase } from "../server/core/db/connect";
import { startEmbedded } from "../server/core/db/embedded";
import { migrateDatabase } from "../server/core/db/migrate";
import { createLog } from "../server/core/log";
import { projectRoot } from "../server/core/project-root";
import { formatWords } from "../server/exports/contract";
import { anAgency } from "../tests/support/ctx";
import type { Measure, Place } from "./export-process";
import { print } from "./figure";

const sizes = { csv: 1_000_000, parquet: 1_000_000, xlsx: 100_000 } as const;
const goals: Partial<Record<keyof typeof sizes, string>> = { csv: "goal 200 MB; " };
const columns = ["date", "orderId", "orderName", "impressions", "clicks", "totalCost", "purchases", "sales"];

export async function bench(share: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-bench-"));
  const log = createLog("error");
  const embedded = await startEmbedded({ dataDir: folder, log });
  const { appUrl } = await migrateDatabase({ ownerUrl: embedded.url, log });
  const db = openDatabase(appUrl);
  const owner = postgres(embedded.url, { max: 1, onnotice: () => {} });
  try {
    const agencyId = await anAgency(db);
    const place = { appUrl, ownerUrl: embedded.url, agencyId };
    for (const [full, formats] of [
      [sizes.csv, ["csv", "parquet"]],
      [sizes.xlsx, ["xlsx"]],
    ] as const) {
      const rows = Math.max(1, Math.round(full * share));
      const reportId = await aReport(owner, agencyId, rows);
      const bare = measured({ ...place, reportId, how: "copy" });
      for (const how of formats) tell({ rows, how, bare, of: measured({ ...place, reportId, how }) });
    }
  } finally {
    await owner.end({ timeout: 5 });
    await db.close();
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A custom report's answer of so many rows, as `storeAnswer` keeps it. */
async function aReport(owner: Sql, agencyId: string, rows: number): Promise<string> {
  const [reportId, accountId] = [randomUUID(), randomUUID()];
  await owner`insert into accounts (agency_id, id, kind, region, amazon_id, name, country_code, currency, time_zone, capabilities, created_at, seen_at)
    select ${agencyId}, ${accountId}, 'dsp_advertiser', 'NA', ${reportId}, 'Bench', 'US', 'USD', 'America/New_York', '{}', now(), now()`;
  await owner`insert into custom_reports (agency_id, id, name, type, group_by, columns, time_unit, range_start, range_end, created_by, created_at)
    values (${agencyId}, ${reportId}, 'Bench', 'dspCampaign', '["campaign"]', ${owner.json(columns)}, 'DAILY', '2026-11-01', '2026-11-30', 'Bench', now())`;
  await owner`insert into custom_report_asks (agency_id, report_id, account_id, position, state, amazon_report_id, requested_at, rows)
    values (${agencyId}, ${reportId}, ${accountId}, 0, 'done', 'bench', now(), ${rows})`;
  await owner`insert into custom_report_pieces (agency_id, report_id, account_id, part, rows)
    select ${agencyId}, ${reportId}, ${accountId}, (n - 1) / 500, jsonb_agg(jsonb_build_array(
      to_char(date '2026-11-01' + (n % 30)::int, 'YYYY-MM-DD'), (590000000000000000 + n % 5000)::text, '=Order "' || n % 5000 || '", autumn',
      n % 9000, n % 130, (n % 70000) / 100.0, n % 11, (n % 990000) / 100.0) order by n)
    from generate_series(1, ${rows}) n group by (n - 1) / 500`;
  return reportId;
}

function measured(place: Place): Measure {
  const script = join(projectRoot(), "bench/export-process.ts");
  const args = ["--expose-gc", "--import", "tsx", script, JSON.stringify(place)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
}

interface Told {
  rows: number;
  how: keyof typeof sizes;
  bare: Measure;
  of: Measure;
}

function tell({ rows, how, bare, of }: Told): void {
  const figure = `${formatWords[how]}, ${rows.toLocaleString("en")} rows`;
  const baseline = `${(rows / bare.seconds).toFixed(0)}/s for COPY of the same rows to stdout, read by the same kind of process in the same run`;
  print({ figure: `${figure}: rows`, value: rows / of.seconds, unit: "1/s", baseline });
  print({ figure: `${figure}: time through COPY`, value: of.seconds / bare.seconds, unit: "ratio", baseline });
  const idle = `${of.before.toFixed(0)} MB before, ${bare.peak.toFixed(0)} MB for the same COPY`;
  print({
    figure: `${figure}: memory at the most`,
    value: of.peak,
    unit: "MB",
    baseline: `${goals[how] ?? ""}${idle}`,
  });
  print({ figure: `${figure}: memory above before`, value: of.peak - of.before, unit: "MB", baseline: idle });
  print({ figure: `${figure}: memory through COPY`, value: of.peak / bare.peak, unit: "ratio", baseline: idle });
}
