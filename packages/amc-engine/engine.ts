import type { DuckDBConnection } from "@duckdb/node-api";
import type { QueryNode } from "./ast";
import { cellReader } from "./cells";
import { type Checked, checkSql } from "./check";
import type { Cell, Engine, EngineOptions, OutputColumn, PrivacyControls, RunRequest, RunResult } from "./contract";
import { withContributors } from "./contributors";
import { type Database, openDatabase, readRefusal, writeSql } from "./database";
import { RefusedSql, RunFailed, RunStopped } from "./errors";
import { readTableName } from "./extended-window";
import { findTable } from "./schema";
import { contributors, createViews, type LoadTable, tableLoader } from "./tables";
import { measureHidden, selectShown } from "./thresholds";

interface Running {
  database: Database;
  load: LoadTable;
  options: EngineOptions;
}

/**
 * Opens an engine over a source of rows. It keeps what it loaded until it is closed.
 * Runs may be asked for side by side; they share one thread and the memory.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const folder = "folder" in options.source ? options.source.folder : undefined;
  const database = await openDatabase({ memoryLimitMb: options.memoryLimitMb ?? 512, folder });
  const running = { database, load: tableLoader(options.source), options };
  return { run: (request) => run(running, request), close: () => database.close() };
}

async function run({ database, load, options }: Running, request: RunRequest): Promise<RunResult> {
  const connection = await database.connect();
  try {
    const checked = await checkSql(connection, request.sql, {
      lint: { tables: request.tables, uploaded: options.uploaded, audience: request.audience },
      meaning: {
        window: request.window,
        now: request.now,
        timeZone: request.timeZone ?? "UTC",
        parameters: request.parameters ?? {},
        declared: request.parameterTypes ?? [],
      },
      load,
    });
    const errors = checked.problems.filter(({ severity }) => severity === "error");
    if (errors.length || !checked.query) throw new RefusedSql(errors);
    return await watched(connection, { timeoutMs: options.timeoutMs ?? 60_000, signal: request.signal }, () =>
      execute(connection, { ...checked, query: checked.query as QueryNode }, { load, options, request }),
    );
  } finally {
    connection.closeSync();
  }
}

async function execute(
  connection: DuckDBConnection,
  checked: Checked & { query: QueryNode },
  { load, options, request }: { load: LoadTable; options: EngineOptions; request: RunRequest },
): Promise<RunResult> {
  const uploaded = options.uploaded ?? [];
  await createViews(connection, {
    names: checked.tableNames,
    window: request.window,
    uploaded,
    load,
    withContributors: true,
  });
  await keepResult(connection, await writeSql(connection, withContributors(checked.query)), checked.outputColumns);
  const counted = checked.tableNames
    .map((name) => readTableName(name).table)
    .filter((name) => findTable(name, uploaded)?.userColumn);
  const controls = controlsOf(request, counted.length > 0);
  const shown = selectShown({ columns: checked.outputColumns, controls, tables: [...new Set(counted)] });
  const rows = await readRows(connection, shown.sql);
  const { hidden, users } = await measureHidden(connection, checked.outputColumns);
  const nothing = { rows: 0, users: 0, columns: [] };
  return { columns: shown.columns, rows, hidden: controls.disableAggregation ? nothing : hidden, users };
}

/** Audiences hand over users, and where no table has users there are none to protect. */
function controlsOf(request: RunRequest, hasUsers: boolean): PrivacyControls {
  if (request.audience) return { disableAggregation: true };
  return { ...request.controls, disableAggregation: request.controls?.disableAggregation || !hasUsers };
}

/** Every row with who stands behind it, in the temporary table `result`. */
async function keepResult(connection: DuckDBConnection, sql: string, columns: OutputColumn[]): Promise<void> {
  const names = columns.map((_, index) => `c${index}`).join(", ");
  // RANDOM() and UUID() say the same each run.
  await connection.run("SELECT setseed(0.5)");
  await connection.run(
    `CREATE TEMP TABLE result AS SELECT ${names}, ${contributors}, len(${contributors}) AS users
     FROM (SELECT ${names}, coalesce(list_distinct(${contributors}), []) AS ${contributors} FROM (${sql}) AS final(${names}, ${contributors}))`,
  );
}

async function readRows(connection: DuckDBConnection, sql: string): Promise<Cell[][]> {
  const read = await cellReader();
  const rows = await connection.runAndReadAll(sql);
  return rows.getRows().map((row) => row.map(read));
}

/** Does something that its caller or its deadline may end; loading rows before it takes the source's time, not the run's. */
async function watched<T>(
  connection: DuckDBConnection,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
  work: () => Promise<T>,
): Promise<T> {
  let stopped: RunStopped | null = null;
  let repeated: NodeJS.Timeout | undefined;
  const stop = (reason: "aborted" | "timeout") => {
    stopped ??= new RunStopped(reason);
    connection.interrupt();
    // Between two statements an interrupt is lost.
    repeated ??= setInterval(() => connection.interrupt(), 20);
  };
  const abort = () => stop("aborted");
  if (signal?.aborted) throw new RunStopped("aborted");
  const timer = setTimeout(() => stop("timeout"), timeoutMs);
  signal?.addEventListener("abort", abort);
  try {
    return await work();
  } catch (error) {
    throw stopped ?? readFailure(error);
  } finally {
    clearTimeout(timer);
    clearInterval(repeated);
    signal?.removeEventListener("abort", abort);
  }
}

function readFailure(error: unknown): unknown {
  if (!(error instanceof Error) || !error.message.startsWith("{")) return error;
  const { message, kind } = readRefusal(error);
  return kind === "Out of Memory" ? new RunStopped("memory") : new RunFailed(message);
}
