// Splits a JSON array into batches of rows as its bytes arrive. The file is never held: it is cut between two rows, and
// each batch is parsed in one go, which is several times faster than a streaming JSON parser.
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
interface RawBatch {
  bytes: Uint8Array;
  firstIndex: number;
  count: number;
}

interface SplitLimits {
  rowsPerBatch: number;
  bytesPerBatch: number;
  /** A longer row means a lost bracket or quote: reading on would only fill memory. */
  bytesPerRow: number;
}

// Small enough that a batch is garbage before it survives a collection: larger ones only cost memory.
const defaultLimits: SplitLimits = { rowsPerBatch: 2000, bytesPerBatch: 256 << 10, bytesPerRow: 1 << 20 };
const longestText = 500;
const facts = { operation: "reporting.download" };

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** The scanner: knows strings, escapes and depth, and nothing else of JSON. */
class RowScanner {
  #state: "before" | "inside" | "after" = "before";
  #depth = 1;
  #inString = false;
  #escaped = false;
  #count = 0;
  #firstIndex = 0;
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  /** Bytes of the current row in `#parts`. */
  #rowBytes = 0;
  #marks = 0;

  constructor(private readonly limits: SplitLimits = defaultLimits) {}

  get started(): boolean {
    return this.#state !== "before";
  }

  /** Looks for the opening bracket; returns the position behind it. Throws UnexpectedShape when another thing comes. */
  start(chunk: Uint8Array): number {
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (byte === openBracket) {
        this.#state = "inside";
        return at + 1;
      }
      if (byte === byteOrderMark[this.#marks]) this.#marks++;
      else if (!isSpace(byte)) throw new UnexpectedShape(facts, "the start of the file", "not a JSON array");
    }
    return chunk.length;
  }

  /** Counts rows that were read without the scanner. Only between rows. */
  skip(rows: number): void {
    this.#firstIndex += rows;
  }

  /** The batches that this chunk completes, after `start`. Throws UnexpectedShape on bytes behind the array. */
  push(chunk: Uint8Array): RawBatch[] {
    const batches: RawBatch[] = [];
    const end = this.#state === "inside" ? this.#scan(chunk, batches) : 0;
    if (this.#state === "after" && !chunk.subarray(end).every(isSpace)) {
      throw new UnexpectedShape(facts, "the end of the file", "more than one array");
    }
    return batches;
  }

  /** Throws UnexpectedShape when the array was not closed. */
  end(): void {
    if (this.#state !== "after") throw new UnexpectedShape(facts, "the end of the file", "the file is cut short");
  }

  /** Scans until the chunk or the array ends; returns where it stopped. */
  #scan(chunk: Uint8Array, batches: RawBatch[]): number {
    const length = chunk.length;
    let start = 0;
    let rowStart = -this.#rowBytes;
    for (let at = 0; at < length; ) {
      if (this.#inString) at = this.#skipString(chunk, at);
      at = this.#findSign(chunk, at);
      if (at >= length) break;
      const byte = chunk[at++];
      if (byte === quote) this.#inString = true;
      else if (byte === comma) {
        this.#count++;
        if (this.#count >= this.limits.rowsPerBatch || this.#partBytes + at - start > this.limits.bytesPerBatch) {
          batches.push(this.#take(chunk.subarray(start, at - 1)));
          start = at;
        }
        rowStart = at;
      } else {
        this.#close(chunk.subarray(start, at - 1), batches);
        return at;
      }
    }
    this.#keep(chunk.subarray(start));
    this.#rowBytes = length - rowStart;
    if (this.#rowBytes > this.limits.bytesPerRow) {
      const row = this.#firstIndex + this.#count;
      throw new UnexpectedShape(facts, `row ${row}`, `longer than ${this.limits.bytesPerRow} bytes`);
    }
    return length;
  }

  /** The next byte that means something here: a quote, a comma between rows, or the bracket that ends the array. */
  #findSign(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === quote || (byte === comma && this.#depth === 1)) return at;
      if (byte === openBrace || byte === openBracket) this.#depth++;
      // Only a bracket closes the array: a brace too many spoils its row and no other.
      else if (byte === closeBrace) this.#depth = Math.max(this.#depth - 1, 1);
      else if (byte === closeBracket && --this.#depth === 0) return at;
    }
    return chunk.length;
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

function parse(bytes: Uint8Array): unknown[] | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  try {
    return parseJson(`[${text}]`) as unknown[];
  } catch {
    return undefined;
  }
}

/** The rows of a batch; when some are spoilt, the others still come, and the spoilt ones with a reason. */
function parseBatch(raw: RawBatch): RowBatch {
  const values = parse(raw.bytes);
  if (values?.length === raw.count && values.every(isRow)) return { rows: values, rejected: [] };

  const batch: RowBatch = { rows: [], rejected: [] };
  const single = new RowScanner({ ...defaultLimits, rowsPerBatch: 1 });
  single.start(Buffer.from("["));
  for (const row of single.push(Buffer.concat([raw.bytes, Buffer.from("]")]))) {
    const [value, ...more] = parse(row.bytes) ?? [];
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

interface Guess {
  rows: Row[];
  /** From the first row that is not among them. */
  rest: Buffer;
}

/**
 * Cuts at the last `},` without looking at the bytes before it. What parses was cut rightly: anywhere but between two
 * rows, the cut would have left a string or a bracket open. On the flat rows of a report it saves the scan.
 */
function guessRows(block: Buffer): Guess | undefined {
  const cut = block.lastIndexOf("},") + 1;
  const rows = cut > 0 ? parse(block.subarray(0, cut)) : undefined;
  return rows?.every(isRow) ? { rows, rest: block.subarray(cut + 1) } : undefined;
}

/** Batches of rows of a JSON array, wherever its bytes are cut; at most `rowsPerBatch` rows each. */
export async function* splitRows(
  chunks: AsyncIterable<Uint8Array>,
  limits: SplitLimits = defaultLimits,
): AsyncGenerator<RowBatch> {
  const scanner = new RowScanner(limits);
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let guessing = true;
  for await (const chunk of chunks) {
    const bytes = scanner.started ? chunk : chunk.subarray(scanner.start(chunk));
    held.push(bytes);
    heldBytes += bytes.length;
    if (guessing && heldBytes < limits.bytesPerBatch) continue;

    const block = Buffer.concat(held);
    const guess: Guess | undefined = guessing ? guessRows(block) : undefined;
    guessing = guess !== undefined;
    for (let at = 0; guess && at < guess.rows.length; at += limits.rowsPerBatch) {
      yield { rows: guess.rows.slice(at, at + limits.rowsPerBatch), rejected: [] };
    }
    scanner.skip(guess?.rows.length ?? 0);
    if (!guess) for (const raw of scanner.push(block)) yield parseBatch(raw);
    held = guess ? [guess.rest] : [];
    heldBytes = guess?.rest.length ?? 0;
  }
  for (const raw of scanner.push(Buffer.concat(held))) yield parseBatch(raw);
  scanner.end();
}
