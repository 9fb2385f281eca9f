// The rows of an answer, kept as Amazon sent them: all of them and the end of the ask, or nothing. Memory is flat in their number.
import type { RowBatch } from "../amazon";
import type { Ctx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { documentedKind } from "./catalogue";
import type { ColumnKind } from "./contract";
import { changeAsk, insertPiece, type OpenAsk, type PieceRows, readAsk } from "./store";

export const rowsOfPiece = 500;

type Value = string | number | boolean | null;

export interface Answered {
  batches: AsyncIterable<RowBatch>;
  /** Null: Amazon answered with an earlier report, and does not say of when. */
  requestedAt: Date | null;
}

export async function storeAnswer(ctx: Ctx, open: OpenAsk, { batches, requestedAt }: Answered): Promise<void> {
  const { ask, report } = open;
  const key = { reportId: ask.reportId, accountId: ask.accountId };
  await ctx.tx(async (tx) => {
    const kinds = new Kinds(report.columns);
    let [waiting, part, rows, rejected]: [PieceRows, number, number, number] = [[], 0, 0, 0];
    const put = async () => {
      await insertPiece(tx, key, part++, waiting);
      waiting = [];
    };
    // Waits for another step of the same ask, and keeps the report from being deleted meanwhile.
    const present = await readAsk(tx, key, { lock: true });
    if (present?.ask.state !== "requested" || present.ask.amazonReportId !== ask.amazonReportId) return;
    for await (const batch of batches) {
      rejected += batch.rejected.length;
      for (const row of batch.rows) {
        rows++;
        waiting.push(report.columns.map((column, index) => kinds.take(index, row[column])));
        if (waiting.length === rowsOfPiece) await put();
      }
    }
    if (waiting.length > 0) await put();
    failpoint("custom-report.stored");
    const over = { state: "done", nextAt: null, waits: 0, finishedAt: tx.now(), requestedAt } as const;
    await changeAsk(tx, key, { ...over, rows, rowsRejected: rejected, kinds: kinds.found() });
    await tx.changed("custom-report-rows");
  });
}

/** What the values of each column are, all rows taken together: what is documented, unless a value says otherwise. */
class Kinds {
  private readonly kinds: ColumnKind[];

  constructor(private readonly columns: readonly string[]) {
    this.kinds = columns.map(documentedKind);
  }

  take(index: number, given: unknown): Value {
    const kind = this.kinds[index] ?? "text";
    if (given === null || given === undefined || given === "") return null;
    const value: Value = typeof given === "object" ? JSON.stringify(given) : (given as Value);
    if (kind === "text") return typeof value === "string" ? value : String(value);
    if (!fits[kind](value)) this.kinds[index] = kind === "integer" && typeof value === "number" ? "decimal" : "text";
    return value;
  }

  found(): Record<string, ColumnKind> {
    return Object.fromEntries(this.columns.map((column, index) => [column, this.kinds[index] ?? "text"]));
  }
}

const isNumber = (value: Value) => typeof value === "number";

const fits: Record<Exclude<ColumnKind, "text">, (value: Value) => boolean> = {
  integer: Number.isSafeInteger,
  decimal: isNumber,
  money: isNumber,
  date: (value) => typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value),
};
