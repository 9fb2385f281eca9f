// Streams a report into a temporary table of the open transaction. Rows that cannot be read go there too, with the reason.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Row, RowBatch } from "../amazon";
import type { TxCtx } from "../core/context";
import { createStaging, type Staged } from "./fact-store";
import { sourceColumns } from "./metric";
import { BadRow, type DayRange, type DialectName, type Fact, type ReportType } from "./report-types";

/** The run whose answer the rows are. */
export interface ReportRun {
  id: string;
  accountId: string;
  range: DayRange;
  /** Currency of the account. */
  currency: string;
  dialect: DialectName;
  /** When Amazon was asked. */
  observedAt: Date;
}

const longestKept = 2000;
const nothing = "\\N";

/** Reads all batches, in flat memory. The caller's transaction must not have staged rows before. */
export async function stageRows(
  tx: TxCtx,
  { type, run }: { type: ReportType; run: ReportRun },
  batches: AsyncIterable<RowBatch>,
): Promise<Staged> {
  const staged: Staged = { rowsRead: 0, rowsRejected: 0, creatives: new Map() };
  const writable = await createStaging(tx);
  await pipeline(Readable.from(copyText(staged, { type, run }, batches), { highWaterMark: 2 }), writable);
  return staged;
}

async function* copyText(
  staged: Staged,
  { type, run }: { type: ReportType; run: ReportRun },
  batches: AsyncIterable<RowBatch>,
): AsyncGenerator<string> {
  for await (const batch of batches) {
    const first = staged.rowsRead;
    staged.rowsRead += batch.rows.length + batch.rejected.length;
    let text = "";
    for (const { index, reason, text: raw } of batch.rejected) text += rejectedLine(index, reason, raw);
    staged.rowsRejected += batch.rejected.length;
    const positions = freePositions(first, batch);
    for (const row of batch.rows) {
      const position = positions.next().value ?? 0;
      const read = readRow(type, run, row);
      if (typeof read === "string") {
        staged.rowsRejected += 1;
        text += rejectedLine(position, read, JSON.stringify(row));
      } else {
        for (const fact of read) text += factLine(position, fact, staged);
      }
    }
    if (text) yield text;
  }
}

/** The file's positions of a batch that are not taken by its spoilt rows. */
function* freePositions(first: number, { rejected }: RowBatch): Generator<number, number> {
  const taken = new Set(rejected.map((row) => row.index));
  for (let position = first; ; position += 1) if (!taken.has(position)) yield position;
}

/** The facts of a row, or why it has none. */
function readRow(type: ReportType, { currency, dialect, range }: ReportRun, raw: Row): Fact[] | string {
  try {
    const row = type.read(dialect === "legacy" ? type.fromLegacy(raw) : raw);
    const facts = type.toFacts(row, currency);
    const outside = facts.find(({ day }) => day < range.from || day > range.to);
    return outside ? `date: ${outside.day} was not asked for` : facts;
  } catch (error) {
    if (error instanceof BadRow) return error.message;
    throw error;
  }
}

function factLine(position: number, fact: Fact, { creatives }: Staged): string {
  const { creativeId, creative } = fact;
  if (creativeId && creative.name && !creatives.has(creativeId)) creatives.set(creativeId, creative);
  const ids = `${escaped(fact.campaignId)}\t${escaped(fact.adGroupId)}\t${escaped(creativeId)}\t${escaped(fact.segment)}`;
  const extra = fact.extra ? escaped(JSON.stringify(fact.extra)) : nothing;
  return `${position}\t${fact.day}\t${ids}\t${fact.currency}\t${fact.values.join("\t")}\t${extra}\t${nothing}\t${nothing}\n`;
}

/** In place of day, three ids, segment, currency, all metrics and the other columns. */
const noValues = `${nothing}\t`.repeat(7 + sourceColumns.length);

function rejectedLine(position: number, reason: string, raw: string): string {
  const kept = escaped(raw.replaceAll("\0", "").slice(0, longestKept));
  return `${position}\t${noValues}${escaped(reason)}\t${kept}\n`;
}

const special = /[\\\t\n\r]/;
const escapes: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

const escaped = (text: string): string =>
  special.test(text) ? text.replace(/[\\\t\n\r]/g, (char) => escapes[char] ?? char) : text;
