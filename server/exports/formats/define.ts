// What a file format says of itself; one file a format, listed in index.ts.

/** `money` is micros of the currency in the column beside it, `percent` a plain ratio; `moment` is UTC. */
export type CellType = "text" | "integer" | "decimal" | "money" | "percent" | "date" | "moment" | "boolean";

/**
 * null: there is none. Numbers are numbers or their decimal text, money micros as text, a date `2026-11-20`, a moment ISO 8601.
 * What cannot be its column's type is told as a text where the format can mix the two, and left out where it cannot.
 */
export type Cell = string | number | boolean | null;

export interface FileColumn {
  /** Unique: the column's name for programs. */
  key: string;
  /** For people. */
  label: string;
  type: CellType;
  /** Of a metric: what it counts in, and how it is worked out. */
  measure?: { unit: string; formula: string };
}

export interface FileFormat {
  label: string;
  mime: string;
  /** Rows one file can hold; null: any number. */
  mostRows: number | null;
  /** Bytes while the rows are read; a failure is thrown where the bytes are read. `about` goes into the file where there is a place for it. */
  write(columns: readonly FileColumn[], rows: AsyncIterable<readonly Cell[]>, about: About): AsyncGenerator<Uint8Array>;
}

/** What the file is, in words. */
export type About = readonly (readonly [label: string, words: string])[];

const dayMs = 86_400_000;

/** Days since 1970; null where the text is no day. */
export function dayNumber(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) ? null : ms / dayMs;
}

/** Milliseconds since 1970; null where the text is no moment. */
export function momentNumber(text: string): number | null {
  const ms = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

/** The number; null where the cell holds none. */
export function numberOf(cell: Cell): number | null {
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : null;
  return typeof cell === "string" && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : null;
}

/** Micros; null where the cell holds none. */
export const microsOf = (cell: Cell): bigint | null =>
  typeof cell === "string" && /^-?\d{1,18}$/.test(cell) ? BigInt(cell) : null;

/** Micros as a decimal: "12500000" is "12.50". */
export function fromMicros(micros: string): string {
  if (!/^-?\d+$/.test(micros)) return "";
  const negative = micros.startsWith("-");
  const digits = micros.replace("-", "").padStart(7, "0");
  const cents = digits.slice(-6).replace(/0{1,4}$/, "");
  return `${negative ? "-" : ""}${digits.slice(0, -6)}.${cents}`;
}
