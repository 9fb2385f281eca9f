import type { DuckDBValue } from "@duckdb/node-api";
import type { Cell } from "./contract";

/** Answers with what turns DuckDB's values into cells, in lists and records too. */
export async function cellReader(): Promise<(value: DuckDBValue) => Cell> {
  const { DuckDBListValue, DuckDBMapValue, DuckDBStructValue, DuckDBTimestampValue } = await import("@duckdb/node-api");
  return function read(value): Cell {
    if (value === null || typeof value === "string" || typeof value === "boolean") return value;
    if (typeof value === "number") return Number.isFinite(value) ? value : null;
    if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    if (value instanceof DuckDBTimestampValue) return new Date(Number(value.micros / 1000n)).toISOString().slice(0, -1);
    if (value instanceof DuckDBListValue) return value.items.map(read);
    if (value instanceof DuckDBStructValue) return recordOf(Object.entries(value.entries), read);
    if (value instanceof DuckDBMapValue)
      return recordOf(
        value.entries.map(({ key, value: held }) => [String(key), held]),
        read,
      );
    return String(value);
  };
}

function recordOf(entries: [string, DuckDBValue][], read: (value: DuckDBValue) => Cell): Cell {
  return Object.fromEntries(entries.map(([name, value]) => [name, read(value)]));
}
