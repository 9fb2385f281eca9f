// The day rollups once more, in DuckDB's memory: the yardstick for how fast the same rows can answer.
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import postgres from "postgres";
import type { BigAgency } from "./big-agency";

export interface DuckRollups {
  ask(text: string, values: string[]): Promise<void>;
  close(): void;
}

const measures = ["total_cost", "impressions", "clicks", "purchases", "sales"];
const keys = { rollup_account_day: ["account_id", "day"], rollup_campaign_day: ["account_id", "campaign_id", "day"] };

/** The columns that are asked for, of the agency's rows as they are now. */
export async function duckRollups(ownerUrl: string, { agencyId }: BigAgency): Promise<DuckRollups> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const folder = mkdtempSync(join(tmpdir(), "tidemark-bench-"));
  try {
    for (const [table, own] of Object.entries(keys)) {
      const columns = ["agency_id", ...own, ...measures];
      const file = join(folder, `${table}.csv`);
      // Postgres.js leaves a connection paused whose last rows were not taken at once: each table has its own.
      const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
      const rows = `copy (select ${columns.join(", ")} from ${table} where agency_id = '${agencyId}') to stdout csv`;
      await pipeline(await sql.unsafe(rows).readable(), createWriteStream(file));
      await sql.end();
      const types = columns.map((name) => `'${name}': '${typeOf(name)}'`).join(", ");
      await connection.run(
        `create table ${table} as select * from read_csv('${file}', header = false, columns = {${types}}) order by account_id, day`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    ask: async (text, values) => void (await connection.runAndReadAll(text, values)),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function typeOf(column: string): string {
  if (measures.includes(column)) return "BIGINT";
  return column === "day" ? "DATE" : "VARCHAR";
}
