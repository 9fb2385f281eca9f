import { createWriteStream } from "node:fs";
import { rename, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Row } from "./columns";
import type { ReportPlan } from "./plan";

// Streams the rows of a report into a file; memory stays flat however many there are.

const CHUNK = 64 * 1024;

export interface Written {
  size: number;
  rows: number;
}

export async function writeReport(plan: ReportPlan, rows: Iterable<Row>, path: string): Promise<Written> {
  const count = { rows: 0 };
  const limited = limit(rows, plan.rowLimit, count);
  const text = Readable.from(plan.format === "csv" ? csv(plan, limited) : jsonArray(plan, limited));
  const file = createWriteStream(`${path}.part`);
  if (plan.format === "json.gz") await pipeline(text, createGzip({ level: 1 }), file);
  else await pipeline(text, file);
  await rename(`${path}.part`, path);
  return { size: (await stat(path)).size, rows: count.rows };
}

function* limit(rows: Iterable<Row>, most: number | undefined, count: { rows: number }): Generator<Row> {
  for (const row of rows) {
    count.rows += 1;
    if (most !== undefined && count.rows > most) throw new Error("Report size too large");
    yield row;
  }
}

/** Chunks leave through an async generator, so that other calls are answered in between. */
async function* jsonArray(plan: ReportPlan, rows: Iterable<Row>): AsyncGenerator<string> {
  const keys = plan.columns.map(({ name }, index) => `${index === 0 ? "{" : ","}${JSON.stringify(name)}:`);
  let text = "[";
  let separator = "";
  for (const row of rows) {
    text += separator;
    separator = ",\n";
    for (let i = 0; i < plan.columns.length; i += 1) {
      const value = plan.columns[i]?.read(row) ?? "";
      text += `${keys[i]}${typeof value === "number" ? value : quoted(value)}`;
    }
    text += "}";
    if (text.length > CHUNK) {
      yield text;
      text = "";
      await breathe();
    }
  }
  yield `${text}]`;
}

async function* csv(plan: ReportPlan, rows: Iterable<Row>): AsyncGenerator<string> {
  let text = `${plan.columns.map((column) => quote(column.name)).join(",")}\n`;
  for (const row of rows) {
    text += `${plan.columns.map((column) => quote(String(column.read(row)))).join(",")}\n`;
    if (text.length > CHUNK) {
      yield text;
      text = "";
      await breathe();
    }
  }
  yield text;
}

const quotes = new Map<string, string>();

/** Names and ids repeat from row to row. */
function quoted(text: string): string {
  let known = quotes.get(text);
  if (known === undefined) {
    known = JSON.stringify(text);
    if (quotes.size > 50_000) quotes.clear();
    quotes.set(text, known);
  }
  return known;
}

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
