// Splits a JSON array into batches of rows as its bytes arrive. The file is never held: bytes are scanned for the commas
// between rows, and each batch is parsed in one go, which is several times faster than a streaming JSON parser.
import { UnexpectedShape } from "../errors";
import { parseJson } from "../json";

export type Row = Record<string, unknown>;

export interface RejectedRow {
  /** Position in the file, from 0. */
  index: number;
  /** The first 500 characters. */
  text: string;
  reason: string;
}

export interface RowBatch {
  rows: Row[];
  rejected: RejectedRow[];
}

/** Undecoded rows, with the commas between them. */
export interface RawBatch {
  bytes: Uint8Array;
  firstIndex: number;
  count: number;
}

export interface SplitLimits {
  rowsPerBatch: number;
  bytesPerBatch: number;
  /** A longer row means a lost bracket or quote: reading on would only fill memory. */
  bytesPerRow: number;
}

const defaultLimits: SplitLimits = { rowsPerBatch: 2000, bytesPerBatch: 4 << 20, bytesPerRow: 1 << 20 };
const longestText = 500;
const facts = { operation: "reporting.download" };

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const lastUpperCase = 0x5a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** The scanner: knows strings, escapes and depth, and nothing else of JSON. */
export class RowScanner {
  #state: "before" | "inside" | "after" = "before";
  #depth = 0;
  #inString = false;
  #escaped = false;
  #count = 0;
  #firstIndex = 0;
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  /** Bytes of the current row in `#parts`. */
  #rowBytes = 0;
  #seen = 0;

  constructor(private readonly limits: SplitLimits = defaultLimits) {}

  /** The batches that this chunk completes. Throws UnexpectedShape when the file is no JSON array. */
  push(chunk: Uint8Array): RawBatch[] {
    const batches: RawBatch[] = [];
    let at = 0;
    if (this.#state === "before") at = this.#findStart(chunk);
    if (this.#state === "inside") at = this.#scan(chunk, at, batches);
    if (this.#state === "after") this.#checkEnd(chunk, at);
    return batches;
  }

  /** Throws UnexpectedShape when the array was not closed. */
  end(): void {
    if (this.#state !== "after") throw new UnexpectedShape(facts, "the end of the file", "the file is cut short");
  }

  #findStart(chunk: Uint8Array): number {
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (isSpace(byte) || byte === byteOrderMark[this.#seen]) {
        if (!isSpace(byte)) this.#seen++;
        continue;
      }
      if (byte !== openBracket) throw new UnexpectedShape(facts, "the start of the file", "not a JSON array");
      this.#state = "inside";
      this.#depth = 1;
      return at + 1;
    }
    return chunk.length;
  }

  #checkEnd(chunk: Uint8Array, from: number): void {
    for (let at = from; at < chunk.length; at++) {
      if (!isSpace(chunk[at] ?? 0)) throw new UnexpectedShape(facts, "the end of the file", "more than one array");
    }
  }

  /** Scans rows until the chunk or the array ends; returns where it stopped. The hot loop: state lives in locals. */
  #scan(chunk: Uint8Array, from: number, batches: RawBatch[]): number {
    const length = chunk.length;
    let [at, start, rowStart, depth] = [from, from, from - this.#rowBytes, this.#depth];
    while (at < length) {
      if (this.#inString) at = this.#skipString(chunk, at);
      let byte = 0;
      while (at < length) {
        byte = chunk[at++] as number;
        if (byte === quote) {
          this.#inString = true;
          break;
        }
        if (byte === comma) {
          if (depth !== 1) continue;
          this.#count++;
          if (this.#count >= this.limits.rowsPerBatch || this.#partBytes + at - start > this.limits.bytesPerBatch) {
            batches.push(this.#take(chunk.subarray(start, at - 1)));
            start = at;
          }
          rowStart = at;
        } else if (byte > lastUpperCase) {
          if (byte === openBrace || byte === openBracket) depth++;
          // Only a bracket closes the array: a brace too many spoils its row and no other.
          else if (byte === closeBrace) depth -= depth > 1 ? 1 : 0;
          else if (byte === closeBracket && --depth === 0) {
            this.#close(chunk.subarray(start, at - 1), batches);
            return at;
          }
        }
      }
    }
    this.#depth = depth;
    this.#keep(chunk.subarray(start));
    this.#rowBytes = length - rowStart;
    if (this.#rowBytes > this.limits.bytesPerRow) {
      const row = this.#firstIndex + this.#count;
      throw new UnexpectedShape(facts, `row ${row}`, `longer than ${this.limits.bytesPerRow} bytes`);
    }
    return length;
  }

  #skipString(chunk: Uint8Array, from: number): number {
    const length = chunk.length;
    let at = from;
    if (this.#escaped) {
      this.#escaped = false;
      at++;
    }
    while (at < length) {
      const byte = chunk[at++];
      if (byte === quote) {
        this.#inString = false;
        return at;
      }
      if (byte === backslash && at++ >= length) this.#escaped = true;
    }
    return length;
  }

  #keep(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#parts.push(part);
    this.#partBytes += part.length;
  }

  #take(last: Uint8Array): RawBatch {
    this.#keep(last);
    const [only] = this.#parts;
    const bytes = this.#parts.length === 1 && only ? only : Buffer.concat(this.#parts);
    const batch = { bytes, firstIndex: this.#firstIndex, count: this.#count };
    this.#firstIndex += this.#count;
    this.#count = 0;
    this.#parts = [];
    this.#partBytes = 0;
    return batch;
  }

  #close(last: Uint8Array, batches: RawBatch[]): void {
    this.#state = "after";
    const isFirst = this.#firstIndex + this.#count === 0;
    this.#count++;
    const batch = this.#take(last);
    if (!isFirst || !batch.bytes.every(isSpace)) batches.push(batch);
  }
}

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null && !Array.isArray(value);

function parse({ bytes }: RawBatch): unknown[] | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  try {
    return parseJson(`[${text}]`) as unknown[];
  } catch {
    return undefined;
  }
}

/** The rows of a batch; when some are spoilt, the others still come, and the spoilt ones with a reason. */
export function parseBatch(raw: RawBatch): RowBatch {
  const values = parse(raw);
  if (values?.length === raw.count && values.every(isRow)) return { rows: values, rejected: [] };

  const batch: RowBatch = { rows: [], rejected: [] };
  const single = new RowScanner({ ...defaultLimits, rowsPerBatch: 1, bytesPerBatch: 0 });
  const rows = single.push(Buffer.concat([Buffer.from("["), raw.bytes, Buffer.from("]")]));
  for (const row of rows) {
    const [value, ...more] = parse(row) ?? [];
    if (isRow(value) && more.length === 0) {
      batch.rows.push(value);
      continue;
    }
    const text = Buffer.from(row.bytes).toString("utf8").trim().slice(0, longestText);
    const reason = value === undefined ? "not valid JSON" : "not a JSON object";
    batch.rejected.push({ index: raw.firstIndex + row.firstIndex, text, reason });
  }
  return batch;
}

/** Batches of rows of a JSON array, wherever its bytes are cut. */
export async function* splitRows(
  chunks: AsyncIterable<Uint8Array>,
  limits: SplitLimits = defaultLimits,
): AsyncGenerator<RowBatch> {
  const scanner = new RowScanner(limits);
  for await (const chunk of chunks) for (const raw of scanner.push(chunk)) yield parseBatch(raw);
  scanner.end();
}
