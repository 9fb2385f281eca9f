// Rows per second from the sandbox to facts, against plain COPY of the same rows into the same table; peak memory by report size.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
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

const rounds = 3;
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const log = createLog("error");

export async function bench(): Promise<void> {
  const undo: (() => unknown)[] = [];
  let undone: Promise<void> | undefined;
  const cleanUp = () => {
    undone ??= undoAll(undo);
    return undone;
  };
  const stop = () => void cleanUp().finally(() => process.exit(1));
  process.once("SIGTERM", stop).once("SIGINT", stop);
  try {
    await measure(await prepare(undo));
  } finally {
    await cleanUp();
    process.off("SIGTERM", stop).off("SIGINT", stop);
  }
}

/** Last first; one that fails does not keep the others. */
async function undoAll(undo: (() => unknown)[]): Promise<void> {
  for (let step = undo.pop(); step; step = undo.pop()) {
    try {
      await step();
    } catch (error) {
      process.stderr.write(`clean-up: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}

async function prepare(undo: (() => unknown)[]): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "tidemark-bench-"));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const sandbox = startSandbox();
  undo.push(() => stopped(sandbox));
  const database = await startEmbedded({ dataDir: folder, log });
  undo.push(() => database.stop());
  const { appUrl } = await migrateDatabase({ ownerUrl: database.url, log });
  const db = openDatabase(appUrl);
  undo.push(() => db.close());
  const owner = postgres(database.url, { max: 1, onnotice: () => {} });
  undo.push(() => owner.end({ timeout: 2 }));
  const origin = await sandboxOrigin(sandbox);
  const credentials = (await (await fetch(`${origin}/_sandbox/credentials`)).json()) as Credentials;
  const amazon = client(origin, credentials);
  const { accessToken } = await amazon.lwa.refresh({ region: "NA", refreshToken: credentials.refreshToken });
  const agencyId = randomUUID();
  await db.withAgency(agencyId, (scope) => scope.db.insert(agencies).values({ id: agencyId, name: "Bench" }));
  const source = { database: db, services: {} as Services, clock: systemClock, log, jobs: [] };
  const ctx = makeContext(source, { agencyId, actor: { kind: "system", job: "bench" } });
  return { ctx, owner, amazon, accessToken, advertiserId: credentials.advertiserId };
}

async function measure(bench: Bench): Promise<void> {
  // Memory first: the baseline holds its rows in this process.
  await measureMemory(bench);
  const ratios: number[] = [];
  let rows = 0;
  for (let round = 0; round < rounds; round++) {
    const synced = await sync(bench, lastDays(31));
    const copied = await plainCopy(bench);
    if (copied.rows !== synced.rows) throw new Error(`COPY wrote ${copied.rows} rows, the sync ${synced.rows}`);
    rows = synced.rows;
    ratios.push(copied.seconds / synced.seconds);
    print({
      figure: "sync.rows_per_second",
      value: synced.rows / synced.seconds,
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
}

/** Resident memory grows until the collector finds it worth its while; what it cannot free shows whether rows are kept. */
async function measureMemory(bench: Bench): Promise<void> {
  const resident: { rows: number; peak: number }[] = [];
  for (const count of [1, 6, 31]) {
    const { rows } = await sync(bench, lastDays(count));
    resident.push({ rows, peak: process.resourceUsage().maxRSS / 1024 });
  }
  const large = resident.at(-1) ?? { rows: 0, peak: Number.NaN };
  for (const { rows, peak } of resident.slice(0, -1)) {
    print({
      figure: "sync.peak_memory",
      value: large.peak / peak,
      unit: "ratio",
      baseline: `peak resident memory after ${rows} rows (${Math.round(peak)} MB), against after ${large.rows}`,
    });
  }
  const few = await liveMegabytes(bench, lastDays(1));
  const many = await liveMegabytes(bench, lastDays(31));
  print({
    figure: "sync.live_memory",
    value: many / few,
    unit: "ratio",
    baseline: `most that a full collection left during a sync of ${resident[0]?.rows} rows (${Math.round(few)} MB), against ${large.rows}`,
  });
}

async function liveMegabytes(bench: Bench, days: Days): Promise<number> {
  let most = 0;
  let batches = 0;
  await sync(bench, days, () => {
    if (batches++ % 16 > 0) return;
    collect();
    const { heapUsed, external } = process.memoryUsage();
    most = Math.max(most, (heapUsed + external) / 2 ** 20);
  });
  return most;
}

/** Download, parse, stage, merge, roll up, commit; Amazon's own time to make the report is not counted. */
async function sync(bench: Bench, days: Days, onBatch?: () => void): Promise<{ rows: number; seconds: number }> {
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
      watched(bench.amazon.reporting.v3.download({ region: "NA", url }), onBatch),
    ),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  if (!counts || counts.rowsRejected > 0) throw new Error(`Rows were rejected: ${JSON.stringify(counts)}`);
  return { rows: counts.rowsRead, seconds };
}

async function* watched<T>(batches: AsyncIterable<T>, onBatch?: () => void): AsyncGenerator<T> {
  for await (const batch of batches) {
    onBatch?.();
    yield batch;
  }
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
  const blocks = inBlocks(Buffer.concat(chunks));
  await owner`truncate facts`;
  const startedAt = performance.now();
  await pipeline(Readable.from(blocks), await owner`copy facts from stdin`.writable());
  const seconds = (performance.now() - startedAt) / 1000;
  const [count] = await owner<{ rows: number }[]>`select count(*)::int as rows from facts`;
  return { rows: count?.rows ?? 0, seconds };
}

/** COPY hands out a buffer a row; sent like that, the baseline would be slower than it need be. */
function* inBlocks(bytes: Buffer): Generator<Buffer> {
  const size = 64 * 1024;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Whole days that end yesterday. */
function lastDays(count: number): Days {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  return { from: day(count), to: day(1) };
}

function startSandbox(): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts"], {
    cwd: projectRoot(),
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      SANDBOX_PORT: "0",
      SANDBOX_BRANDS: "1",
      SANDBOX_CAMPAIGNS: "16",
      SANDBOX_AD_GROUPS: "28",
      SANDBOX_ADS: "28",
      SANDBOX_MONTHS: "3",
      SANDBOX_REPORT_DELAY: "0",
    },
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}

/** The sandbox says where it listens in its first line. */
async function sandboxOrigin({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error("The sandbox has no output.");
  for await (const line of createInterface({ input: stdout })) {
    const [origin] = /http:\S+/.exec(line) ?? [];
    if (origin) return origin;
  }
  throw new Error("The sandbox ended before it was ready.");
}

function client(origin: string, { clientId, clientSecret }: Credentials): Amazon {
  const host = { authorizeUrl: `${origin}/ap/oa`, tokenUrl: `${origin}/auth/o2/token`, apiUrl: origin };
  const hosts = { NA: host, EU: host, FE: host };
  return createAmazon({ clientId, clientSecret, hosts, clock: systemClock, log });
}
