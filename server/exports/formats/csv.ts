// Comma-separated text in UTF-8, made while it is read: dates in ISO, dots in decimals, nothing in it that a spreadsheet would run.
import { stringify } from "csv-stringify/sync";
import { type Cell, type CellType, type FileColumn, type FileFormat, fromMicros, numberOf } from "./define";

/** What a spreadsheet takes for a formula when a cell begins with it, full-width forms too. */
const formula = /^[=+\-@\t\r＝＋－＠]/;

/** An apostrophe keeps the text a text. */
export const safeText = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** The text of one cell; empty where there is none. */
export function cellText(cell: Cell, type: CellType): string {
  if (cell === null) return "";
  switch (type) {
    case "money":
      return fromMicros(String(cell));
    case "integer":
    case "decimal":
    case "percent":
      return numberOf(cell) === null ? safeText(String(cell)) : String(cell);
    case "boolean":
    case "text":
    case "date":
    case "moment":
      return safeText(String(cell));
    default:
      return type satisfies never;
  }
}

const linesAtOnce = 500;

async function* write(columns: readonly FileColumn[], rows: AsyncIterable<readonly Cell[]>) {
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  yield Buffer.from(`\uFEFF${stringify([columns.map(({ label }) => safeText(label))])}`);
  let lines: string[][] = [];
  for await (const row of rows) {
    lines.push(columns.map(({ type }, index) => cellText(row[index] ?? null, type)));
    if (lines.length < linesAtOnce) continue;
    yield Buffer.from(stringify(lines));
    lines = [];
  }
  if (lines.length > 0) yield Buffer.from(stringify(lines));
}

export const csv: FileFormat = { label: "CSV", mime: "text/csv; charset=utf-8", mostRows: null, write };
