// Rows per second from the sandbox to facts, against plain COPY of the same rows into the same table; peak memory by report size.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import postgres, { type Sql } from "postgres";
import { type Amazon, createAmazon } from "../server/amazon";
import { makeContext } from "../server/context";
import { systemClock } from "../server/core/clock";
import type { Ctx, Services } from "../server/core/context";
import { openDatabase } from "../server/core/db/connect";
import { startEmbedded } from "../server/core/db/embedded";
import { migrateDatabase } from "../server/core/db/migrate";
import { createLog } from "../server/core/log";
import { projectRoot } from "../server/core/project-root";
import { campaignReport } from "../server/insights/report-types/campaign";
import { storeReportRows } from "../server/insights/store-report-rows";
import { agencies } from "../server/workspace/tables";
import { percentile, print } from "./figure";

interface Credentials {
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  advertiserId: string;
}

interface Bench {
  ctx: Ctx;
  owner: Sql;
  amazon: Amazon;
  accessToken: string;
  advertiserId: string;
}

interface Days {
  from: string;
  to: string;
}

const port = 4730;
const rounds = 3;
const log = createLog("error");

export async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-bench-"));
  const sandbox = startSandbox();
  const database = await startEmbedded({ dataDir: folder, log });
  const { appUrl } = await migrateDatabase({ ownerUrl: database.url, log });
  const db = openDatabase(appUrl);
  const owner = postgres(database.url, { max: 1, onnotice: () => {} });
  try {
    const credentials = await sandboxCredentials();
    const amazon = client(credentials);
    const { accessToken } = await amazon.lwa.refresh({ region: "NA", refreshToken: credentials.refreshToken });
    const agencyId = randomUUID();
    await db.withAgency(agencyId, (scope) => scope.db.insert(agencies).values({ id: agencyId, name: "Bench" }));
    const services = {} as Services;
    const source = { database: db, services, clock: systemClock, log, jobs: [] };
    const ctx = makeContext(source, { agencyId, actor: { kind: "system", job: "bench" } });
    await measure({ ctx, owner, amazon, accessToken, advertiserId: credentials.advertiserId });
  } finally {
    await db.close();
    await owner.end();
    await database.stop();
    sandbox.kill("SIGTERM");
    await once(sandbox, "exit");
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(bench: Bench): Promise<void> {
  const small = await sync(bench, lastDays(1));
  const smallPeak = peakMegabytes();
  const ratios: number[] = [];
  let rows = small.rows;
  for (let round = 0; round < rounds; round++) {
    const large = await sync(bench, lastDays(31));
    const copied = await plainCopy(bench);
    if (copied.rows !== large.rows) throw new Error(`COPY wrote ${copied.rows} rows, the sync ${large.rows}`);
    rows = large.rows;
    ratios.push(large.rows / large.seconds / (copied.rows / copied.seconds));
    print({
      figure: "sync.rows_per_second",
      value: large.rows / large.seconds,
      unit: "rows/s",
      baseline: `COPY in this round: ${Math.round(copied.rows / copied.seconds)} rows/s`,
    });
  }
  print({
    figure: "sync.against_copy",
    value: percentile(ratios, 0.5),
    unit: "ratio",
    baseline: `plain COPY of the same ${rows} rows into facts; median of ${rounds} rounds`,
  });
  print({
    figure: "sync.peak_memory",
    value: peakMegabytes() / smallPeak,
    unit: "ratio",
    baseline: `peak resident memory after ${small.rows} rows (${Math.round(smallPeak)} MB), against after ${rows}`,
  });
}

/** Download, parse, stage, merge, roll up, commit; Amazon's own time to make the report is not counted. */
async function sync(bench: Bench, days: Days): Promise<{ rows: number; seconds: number }> {
  await bench.owner`truncate facts, fact_revisions, rollup_campaign_day, rollup_account_day, fact_days, coverage`;
  const url = await readyReport(bench, days);
  const startedAt = performance.now();
  const counts = await bench.ctx.tx((tx) =>
    storeReportRows(
      tx,
      {
        type: campaignReport,
        run: {
          id: randomUUID(),
          accountId: randomUUID(),
          range: days,
          currency: "USD",
          dialect: "v3",
          observedAt: new Date(),
        },
      },
      bench.amazon.reporting.v3.download({ region: "NA", url }),
    ),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  if (!counts || counts.rowsRejected > 0) throw new Error(`Rows were rejected: ${JSON.stringify(counts)}`);
  return { rows: counts.rowsRead, seconds };
}

async function readyReport({ amazon, accessToken, advertiserId }: Bench, days: Days): Promise<string> {
  const { type, groupBy, columns } = campaignReport.dialects.v3;
  const access = { region: "NA" as const, accessToken, owner: { kind: "advertiser" as const, advertiserId } };
  const question = { type, groupBy, columns, startDate: days.from, endDate: days.to, timeUnit: "DAILY" as const };
  const { reportId } = await amazon.reporting.v3.request({ ...access, question });
  for (;;) {
    const status = await amazon.reporting.v3.status({ ...access, reportId });
    if (status.state === "ready") return status.url;
    if (status.state === "failed") throw new Error(status.failureReason);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** The baseline: the rows just synced, as COPY's own text, into the same table again. */
async function plainCopy({ owner }: Bench): Promise<{ rows: number; seconds: number }> {
  const chunks: Buffer[] = [];
  const out = await owner`copy (select * from facts) to stdout`.readable();
  // Read without pausing: postgres.js does not wake a paused COPY again.
  out.on("data", (chunk: Buffer) => chunks.push(chunk));
  await once(out, "end");
  await owner`truncate facts`;
  const startedAt = performance.now();
  await pipeline(Readable.from(chunks), await owner`copy facts from stdin`.writable());
  const seconds = (performance.now() - startedAt) / 1000;
  const [count] = await owner<{ rows: number }[]>`select count(*)::int as rows from facts`;
  return { rows: count?.rows ?? 0, seconds };
}

const peakMegabytes = () => process.resourceUsage().maxRSS / 1024;

/** Whole days that end yesterday. */
function lastDays(count: number): Days {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  return { from: day(count), to: day(1) };
}

function startSandbox(): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts"], {
    cwd: projectRoot(),
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      SANDBOX_PORT: String(port),
      SANDBOX_BRANDS: "1",
      SANDBOX_CAMPAIGNS: "12",
      SANDBOX_AD_GROUPS: "28",
      SANDBOX_ADS: "28",
      SANDBOX_MONTHS: "3",
      SANDBOX_REPORT_DELAY: "0",
    },
  });
}

async function sandboxCredentials(): Promise<Credentials> {
  for (let attempt = 0; ; attempt++) {
    try {
      return (await (await fetch(`http://localhost:${port}/_sandbox/credentials`)).json()) as Credentials;
    } catch (error) {
      if (attempt > 300) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

function client({ clientId, clientSecret }: Credentials): Amazon {
  const host = (region: number) => {
    const origin = `http://localhost:${port + region}`;
    return { authorizeUrl: `${origin}/ap/oa`, tokenUrl: `${origin}/auth/o2/token`, apiUrl: origin };
  };
  return createAmazon({
    clientId,
    clientSecret,
    hosts: { NA: host(0), EU: host(1), FE: host(2) },
    clock: systemClock,
    log,
  });
}
