// Lists as CSV files, however long: text made while it is read, with nothing in it that a spreadsheet would run.
import { stringify } from "csv-stringify/sync";
import type { FieldDescription } from "./describe";
import { cellText, safeText } from "./lists/cells";

export interface FileColumn<T> extends Pick<FieldDescription, "label" | "kind" | "values"> {
  read(row: T): unknown;
}

const linesAtOnce = 500;

/** A failure half way is thrown where the text is read, so that no half file looks whole. */
export async function* csvOf<T>(columns: readonly FileColumn<T>[], rows: AsyncIterable<T>): AsyncGenerator<string> {
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  yield `\uFEFF${stringify([columns.map(({ label }) => safeText(label))])}`;
  let lines: string[][] = [];
  for await (const row of rows) {
    lines.push(columns.map((column) => cellText(column.read(row), column)));
    if (lines.length < linesAtOnce) continue;
    yield stringify(lines);
    lines = [];
  }
  yield stringify(lines);
}

export const csvType = "text/csv; charset=utf-8";

/** Of an answer that is a file to keep. Old readers take the plain name, the others the one with all its letters. */
export const fileHeaders = (filename: string, type: string): Record<string, string> => ({
  "content-type": type,
  "content-disposition": `attachment; filename="${filename.replace(/[^\w .()-]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(filename)}`,
  "cache-control": "no-store",
});
