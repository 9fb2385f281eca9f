import type { DuckDBConnection } from "@duckdb/node-api";
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
  const watch = watchRun(connection, { timeoutMs: options.timeoutMs ?? 60_000, signal: request.signal });
  try {
    watch.check();
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
    watch.check();
    return await execute(connection, checked, { load, options, request });
  } catch (error) {
    throw watch.reason() ?? readFailure(error);
  } finally {
    watch.end();
    connection.closeSync();
  }
}

async function execute(
  connection: DuckDBConnection,
  checked: Checked,
  { load, options, request }: { load: LoadTable; options: EngineOptions; request: RunRequest },
): Promise<RunResult> {
  const errors = checked.problems.filter(({ severity }) => severity === "error");
  if (errors.length || !checked.query) throw new RefusedSql(errors);
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
  const rows = await readRows(connection, shown.sql, shown.columns);
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

async function readRows(connection: DuckDBConnection, sql: string, columns: OutputColumn[]): Promise<Cell[][]> {
  const written = columns.map(({ dataType }, index) =>
    dataType === "TIMESTAMP" ? `strftime(c${index}, '%Y-%m-%dT%H:%M:%S.%g')` : `c${index}`,
  );
  const reader = await connection.runAndReadAll(`SELECT ${written.join(", ")} FROM (${sql})`);
  const read = reader.getColumnsJson() as Cell[][];
  const cells = columns.map(
    ({ dataType }, index) => (dataType === "LONG" ? read[index]?.map(numberWhereSafe) : read[index]) ?? [],
  );
  return Array.from({ length: reader.currentRowCount }, (_, row) => cells.map((column) => column[row] ?? null));
}

function numberWhereSafe(cell: Cell): Cell {
  const number = Number(cell);
  return cell !== null && Number.isSafeInteger(number) ? number : cell;
}

/** Ends a run whose caller or deadline says so. */
function watchRun(connection: DuckDBConnection, { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal }) {
  let stopped: RunStopped | null = null;
  const stop = (reason: "aborted" | "timeout") => {
    stopped ??= new RunStopped(reason);
    connection.interrupt();
  };
  const abort = () => stop("aborted");
  const timer = setTimeout(() => stop("timeout"), timeoutMs);
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  return {
    reason: () => stopped,
    /** Between two statements there is nothing to interrupt. */
    check: () => {
      if (stopped) throw stopped;
    },
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    },
  };
}

function readFailure(error: unknown): unknown {
  if (error instanceof RefusedSql || !(error instanceof Error) || !error.message.startsWith("{")) return error;
  const { message, kind } = readRefusal(error);
  return kind === "Out of Memory" ? new RunStopped("memory") : new RunFailed(message);
}
