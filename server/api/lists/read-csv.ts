// A pasted or uploaded table: commas, semicolons or tabs, with a header.
import { CsvError, parse } from "csv-parse/sync";
import { AppError } from "../../core/errors";
import type { FieldDescription } from "../describe";
import { plainText } from "./cells";
import { mostRows } from "./contract";

export interface CsvTable {
  headers: string[];
  /** With the line each begins at, the header being line 1. */
  rows: { line: number; cells: string[] }[];
}

/** @throws {AppError} invalid, saying what to do about the file */
export function readCsv(text: string): CsvTable {
  const records = parseRecords(text);
  const [head, ...rest] = records;
  const headers = head?.record.map((cell) => cell.trim()) ?? [];
  if (headers.every((header) => header === ""))
    throw refuse("The file has no header.", "Name the columns in its first line.");
  const twice = headers.find((header, index) => header !== "" && headers.indexOf(header) !== index);
  if (twice) throw refuse(`Two columns are called "${twice}".`, "Rename or remove one of them.");
  const rows = rest.map(({ record, info }) => ({
    line: info.lines,
    cells: record.map((cell) => plainText(cell.trim())),
  }));
  if (rows.length === 0) throw refuse("The file has a header but no rows.", "Add rows below the header.");
  if (rows.length > mostRows)
    throw refuse(`The file has ${rows.length} rows; ${mostRows} is the most.`, "Split the file.");
  return { headers, rows };
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

function parseRecords(text: string): Parsed[] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      info: true,
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refuse(`The file is not valid CSV: ${error.message}.`, "Check its quotes, or save it as CSV (UTF-8) again.");
  }
}

const delimiterOf = (text: string): string => {
  const line = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string) => line.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
};

const refuse = (why: string, remedy: string) => new AppError("invalid", why, { fields: { csv: why }, remedy });

const bare = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** The field each column is for, by the field's label or key; "Brand" also finds "Brand id". */
export function guessColumns(headers: readonly string[], fields: readonly FieldDescription[]): (string | null)[] {
  const namesOf = ({ label, key, kind }: FieldDescription) => [
    bare(label),
    bare(key),
    ...(kind === "reference" ? [bare(label.replace(/ id$/, ""))] : []),
  ];
  const taken = new Set<string>();
  return headers.map((header) => {
    const found = fields.find((field) => !taken.has(field.key) && namesOf(field).includes(bare(header)));
    if (found) taken.add(found.key);
    return found?.key ?? null;
  });
}
