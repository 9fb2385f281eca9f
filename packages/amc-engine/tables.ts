// The rows behind the engine's tables: loaded once, when a query first reads them, and read through views cut to the window.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { AmcTable, Source, TableColumn, Value } from "./contract";
import { intervalOf, readTableName } from "./extended-window";
import { quoteName, quoteText } from "./quote";
import { findTable } from "./schema";
import { sqlType } from "./types";

/** The column that carries who stands behind a row. */
export const contributors = "__u";

/** Makes sure that `raw.<table>` holds the table's rows. */
export type LoadTable = (connection: DuckDBConnection, table: AmcTable) => Promise<void>;

export function tableLoader(source: Source): LoadTable {
  const loaded = new Map<string, Promise<void>>();
  return (connection, table) => {
    const known = loaded.get(table.name);
    if (known) return known;
    const loading = load(connection, { table, source }).catch((error) => {
      loaded.delete(table.name);
      throw error;
    });
    loaded.set(table.name, loading);
    return loading;
  };
}

async function load(
  connection: DuckDBConnection,
  { table, source }: { table: AmcTable; source: Source },
): Promise<void> {
  if ("folder" in source) return linkFile(connection, { table, path: join(source.folder, `${table.name}.parquet`) });
  const rows = source.load(table.name);
  await createTable(connection, table);
  if (rows) await appendRows(connection, { table, rows });
}

async function createTable(connection: DuckDBConnection, table: AmcTable): Promise<void> {
  const columns = table.columns.map((column) => `${quoteName(column.name)} ${sqlType(column)}`);
  await connection.run(`CREATE OR REPLACE TABLE raw.${quoteName(table.name)} (${columns.join(", ")})`);
}

async function linkFile(
  connection: DuckDBConnection,
  { table, path }: { table: AmcTable; path: string },
): Promise<void> {
  if (!existsSync(path)) return createTable(connection, table);
  const file = `read_parquet(${quoteText(path)})`;
  const described = await connection.runAndReadAll(`SELECT column_name FROM (DESCRIBE FROM ${file})`);
  const present = new Set(described.getColumns()[0]?.map(String));
  const read = (column: TableColumn) =>
    `CAST(${present.has(column.name) ? quoteName(column.name) : "NULL"} AS ${sqlType(column)}) AS ${quoteName(column.name)}`;
  await connection.run(
    `CREATE OR REPLACE VIEW raw.${quoteName(table.name)} AS SELECT ${table.columns.map(read).join(", ")} FROM ${file}`,
  );
}

const batchRows = 2048;

type Rows = AsyncIterable<Record<string, Value>> | Iterable<Record<string, Value>>;

async function appendRows(
  connection: DuckDBConnection,
  { table, rows }: { table: AmcTable; rows: Rows },
): Promise<void> {
  let batch: Record<string, Value>[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < batchRows) continue;
    await appendBatch(connection, { table, batch });
    batch = [];
  }
  if (batch.length) await appendBatch(connection, { table, batch });
}

/** As JSON, of the columns that the rows have: quicker than value by value into all of the table's. */
async function appendBatch(
  connection: DuckDBConnection,
  { table, batch }: { table: AmcTable; batch: Record<string, Value>[] },
): Promise<void> {
  const present = new Set(batch.flatMap((row) => Object.keys(row)));
  const columns = table.columns.filter(({ name }) => present.has(name));
  const shape = JSON.stringify([Object.fromEntries(columns.map((column) => [column.name, sqlType(column)]))]);
  const rows = JSON.stringify(batch, (_, value) => (typeof value === "bigint" ? String(value) : value));
  await connection.run(
    `INSERT INTO raw.${quoteName(table.name)} BY NAME SELECT unnest(from_json($rows::JSON, ${quoteText(shape)}), max_depth := 2)`,
    { rows },
  );
}

export interface ViewOptions {
  names: Iterable<string>;
  window: { start: Date; end: Date };
  uploaded: readonly AmcTable[];
  load: LoadTable;
  /** Rows carry who stands behind them. */
  withContributors: boolean;
}

/** Gives a connection its views of the tables that a tree names. */
export async function createViews(connection: DuckDBConnection, options: ViewOptions): Promise<void> {
  for (const name of options.names) {
    const { table: wanted, back, forward } = readTableName(name);
    const table = findTable(wanted, options.uploaded);
    if (!table) continue;
    await options.load(connection, table);
    const { start, end } = options.window;
    const column = table.timeColumn && quoteName(table.timeColumn);
    const inWindow = column
      ? ` WHERE ${column} >= ${timestamp(start)} - ${intervalOf(back)} AND ${column} < ${timestamp(end)} + ${intervalOf(forward)}`
      : "";
    const columns = options.withContributors ? `*, ${contributorsOf(table)} AS ${contributors}` : "*";
    await connection.run(
      `CREATE OR REPLACE TEMP VIEW ${quoteName(name)} AS SELECT ${columns} FROM raw.${quoteName(table.name)}${inWindow}`,
    );
  }
}

/** Rows without a user are nobody's; tables without users say nothing of who stands behind a row. */
function contributorsOf({ userColumn }: AmcTable): string {
  if (!userColumn) return "CAST(NULL AS UBIGINT[])";
  const user = quoteName(userColumn);
  return `CASE WHEN ${user} IS NULL THEN CAST([] AS UBIGINT[]) ELSE [hash(${user})] END`;
}

function timestamp(at: Date): string {
  return `TIMESTAMP ${quoteText(at.toISOString().slice(0, -1))}`;
}
