// An Excel workbook, streamed: one sheet of typed cells and one that says what it is. A text is written as a text whatever it begins
// with; no cell of ours is ever a formula.
import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import { AppError } from "../../core/errors";
import {
  type About,
  type Cell,
  type CellType,
  dayNumber,
  type FileColumn,
  type FileFormat,
  microsOf,
  momentNumber,
  numberOf,
} from "./define";
import { aboutSheet, columnName, escaped, parts, sheetHead, sheetTail, styleOf } from "./xlsx-parts";

/** A sheet has 1,048,576 rows, one of them for the header. */
const mostRows = 1_048_575;
/** Characters of a cell. */
const longestText = 32_767;
const cutWords = "… (cut: a cell of Excel holds 32,767 characters; the CSV has all)";
const epochDay = 25_569;
const dayMs = 86_400_000;
const rowsAtOnce = 500;

function textCell(at: string, text: string): string {
  const whole = text.length <= longestText ? text : text.slice(0, longestText - cutWords.length) + cutWords;
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(whole)}</t></is></c>`;
}

/** Days since 30 December 1899, as Excel counts; money in units. */
function excelNumber(cell: Cell, type: CellType): number | null {
  switch (type) {
    case "money": {
      const micros = microsOf(cell);
      return micros === null ? null : Number(micros) / 1e6;
    }
    case "integer":
    case "decimal":
    case "percent":
      return numberOf(cell);
    case "date": {
      const day = dayNumber(String(cell));
      return day === null ? null : day + epochDay;
    }
    case "moment": {
      const ms = momentNumber(String(cell));
      return ms === null ? null : ms / dayMs + epochDay;
    }
    case "boolean":
    case "text":
      return null;
    default:
      return type satisfies never;
  }
}

function cellXml(at: string, cell: Cell, type: CellType): string {
  if (cell === null) return "";
  if (type === "boolean") return `<c r="${at}" t="b"><v>${cell === true ? 1 : 0}</v></c>`;
  const number = excelNumber(cell, type);
  return number === null ? textCell(at, String(cell)) : `<c r="${at}" s="${styleOf[type]}"><v>${number}</v></c>`;
}

async function* sheetXml(columns: readonly FileColumn[], rows: AsyncIterable<readonly Cell[]>) {
  const names = columns.map((_, index) => columnName(index));
  yield sheetHead(columns);
  let [text, count] = ["", 0];
  for await (const row of rows) {
    if (++count > mostRows) throw tooLong();
    const line = count + 1;
    text += `<row r="${line}">${columns.map(({ type }, index) => cellXml(`${names[index]}${line}`, row[index] ?? null, type)).join("")}</row>`;
    if (count % rowsAtOnce > 0) continue;
    yield text;
    text = "";
  }
  yield text + sheetTail(names.at(-1) ?? "A", count + 1);
}

export const tooLong = (): AppError =>
  new AppError("invalid", "This list has more rows than an Excel sheet can hold: 1,048,575 below the header.", {
    fields: { format: "Excel holds at most 1,048,575 rows." },
    remedy: "Choose CSV or Parquet, or narrow the list with a filter.",
  });

/** The same content makes the same file. */
const mtime = new Date(1980, 0, 1);

async function* write(columns: readonly FileColumn[], rows: AsyncIterable<readonly Cell[]>, about: About) {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on("error", (error: Error) => output.destroy(error));
  const sheet = Readable.from(sheetXml(columns, rows), { objectMode: false, highWaterMark: 256 * 1024 });
  for (const [name, text] of parts) zip.addBuffer(Buffer.from(text), name, { mtime });
  zip.addBuffer(Buffer.from(aboutSheet(about)), "xl/worksheets/sheet2.xml", { mtime });
  zip.addReadStream(sheet, "xl/worksheets/sheet1.xml", { mtime, compressionLevel: 3 });
  zip.end();
  try {
    for await (const bytes of output) yield bytes as Uint8Array;
  } finally {
    sheet.destroy();
  }
}

export const xlsx: FileFormat = {
  label: "Excel",
  mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  mostRows,
  write,
};
