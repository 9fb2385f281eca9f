// TABLE(EXTEND_TIME_WINDOW('t', 'P30D', 'P0D')) is a table read over a wider window. DuckDB cannot read the words, so they become the name of a
// table of their own, padded to the same length: places in the text stay true.
import { quoteName } from "./quote";
import { readTokens, type Token, unquote } from "./tokens";

export interface TableReading {
  table: string;
  /** ISO durations by which the window is wider at its start and its end. */
  back: string;
  forward: string;
}

const shape = ["TABLE", "(", "EXTEND_TIME_WINDOW", "(", null, ",", null, ",", null, ")", ")"];
const duration = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;
const units = ["YEAR", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND"];

export function maskExtendedWindows(sql: string): string {
  const tokens = readTokens(sql);
  const found = tokens.flatMap((_, index) => windowAt(tokens, index) ?? []);
  return found.reduceRight(
    (text, { start, end, name }) => text.slice(0, start) + name.padEnd(end - start) + text.slice(end),
    sql,
  );
}

function windowAt(tokens: Token[], index: number) {
  const here = tokens.slice(index, index + shape.length);
  const fits = shape.every((key, at) => (key === null ? here[at]?.kind === "string" : here[at]?.key === key));
  if (!fits) return null;
  const said = here.filter(({ kind }) => kind === "string").map(({ text }) => unquote(text));
  if (!said.slice(1).every((text) => duration.test(text))) return null;
  return { start: here[0]?.start ?? 0, end: here.at(-1)?.end ?? 0, name: quoteName(said.join("~")) };
}

/** Reads the name of a table in a tree: its own, or one that stands for a wider window. */
export function readTableName(name: string): TableReading {
  const [table = "", back = "P0D", forward = "P0D"] = name.toLowerCase().split("~");
  return { table, back, forward };
}

export function isDuration(text: string): boolean {
  return duration.test(text);
}

/** An ISO duration as SQL. */
export function intervalOf(text: string): string {
  const parts = duration.exec(text)?.slice(1) ?? [];
  const said = parts.flatMap((count, at) => (count ? [`INTERVAL ${count} ${units[at]}`] : []));
  return said.length ? `(${said.join(" + ")})` : "INTERVAL 0 DAY";
}
