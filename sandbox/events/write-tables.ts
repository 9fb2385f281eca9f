import { existsSync, linkSync, mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { findTable } from "../../packages/amc-engine";
import { SHARED_ROWS } from "./dimensions";
import { FACTS } from "./facts";
import { baseOf, eventTables } from "./tables";
import { uploadedTables } from "./tables/uploaded";
import { writeRows } from "./write-facts";

interface Widening {
  /** folders with the facts of the instance's advertisers */
  facts: string[];
  /** where the tables go, as `<table>.parquet` */
  folder: string;
  /** pseudonyms of users are its own */
  instanceId: string;
  asOf: number;
}

/** Writes those of the named tables that are not there yet. Names of tables without rows are passed over. */
export async function writeTables(widening: Widening, names: readonly string[]): Promise<void> {
  const path = (table: string) => join(widening.folder, `${table}.parquet`);
  const missing = names.filter((name) => baseOf(name) in eventTables && !existsSync(path(name)));
  if (missing.length === 0 || widening.facts.length === 0) return;
  mkdirSync(widening.folder, { recursive: true });
  const bases = new Set(missing.map(baseOf));
  const wanted = [...bases].filter((base) => !existsSync(path(base)));
  if (wanted.length > 0) {
    await withFacts(widening, async (connection) => {
      for (const table of wanted) await writeTable(connection, table, path(table));
    });
  }
  for (const name of missing) if (!existsSync(path(name))) linkSync(path(baseOf(name)), path(name));
}

async function writeTable(connection: DuckDBConnection, table: string, path: string): Promise<void> {
  const made = eventTables[table];
  if (!made) return;
  const documented = new Set(findTable(table, uploadedTables)?.columns.map(({ name }) => name));
  const own = Object.entries(made.columns).filter(([name]) => documented.has(name));
  const columns = own.map(([name, sql]) => `${sql} AS ${name}`);
  await connection.run(`COPY (SELECT ${columns.join(", ")} FROM ${made.from}) TO '${path}.new' (FORMAT parquet)`);
  renameSync(`${path}.new`, path);
}

/** DuckDB is loaded here and not before: a sandbox that runs no SQL does not pay for it. */
async function withFacts(widening: Widening, work: (connection: DuckDBConnection) => Promise<void>): Promise<void> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", memory_limit: "1GB" });
  const connection = await instance.connect();
  try {
    await connection.run(macrosOf(widening));
    for (const [name, rows] of Object.entries(SHARED_ROWS)) {
      const path = join(widening.folder, `shared-${name}.parquet`);
      if (!existsSync(path)) writeRows(path, rows);
      await connection.run(`CREATE VIEW ${name} AS FROM read_parquet('${path}')`);
    }
    for (const name of [...Object.keys(FACTS), "leaf", "sponsoredTarget", "member"]) {
      const files = widening.facts.map((folder) => join(folder, `${name}.parquet`)).filter(existsSync);
      const list = files.map((file) => `'${file}'`).join(", ");
      if (files.length > 0) {
        await connection.run(
          `CREATE VIEW ${name} AS SELECT * EXCLUDE filename, parse_path(filename)[-2] AS folder FROM read_parquet([${list}], filename = true)`,
        );
      }
    }
    await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const macrosOf = ({ instanceId, asOf }: Widening): string =>
  `CREATE MACRO user_of(person) AS CASE WHEN person >= 0 THEN md5(concat('${instanceId}|', CAST(person AS BIGINT))) END;
   CREATE MACRO as_of() AS epoch_ms(CAST(${asOf} AS BIGINT))`;
