// The rows of a run, kept for good: all of them and the end of the run, or nothing. Memory is flat in their number.
import type { AmcRun, ResultBatch } from "../amazon";
import type { Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { ChartRows } from "./chart-rows";
import { changeExecution, type OpenExecution, readExecution } from "./execution-store";
import { markMoney } from "./money-columns";
import { describeColumns, type ReadCell, readersFor } from "./result-columns";
import type { ResultColumn, ResultValue } from "./result-contract";
import { insertPiece, insertResult } from "./result-store";
import { isLedgerColumn, ledgerColumns, SuppressionLedger } from "./suppression";

export const rowsOfPiece = 500;

export interface Answer {
  batches: AsyncIterable<ResultBatch>;
  outputColumns: NonNullable<AmcRun["outputColumns"]>;
}

/** A second call, or one for a run that is over, changes nothing. */
export async function storeResult(ctx: Ctx, { execution }: OpenExecution, answer: Answer): Promise<void> {
  await ctx.tx(async (tx) => {
    // Waits for another step of the same run.
    const present = await readExecution(tx, execution.id, { lock: true });
    if (present?.execution.state !== "collecting") return;
    if (present.execution.amazonExecutionId !== execution.amazonExecutionId) return;
    const keeper = new Keeper(tx, present);
    for await (const batch of answer.batches) {
      await keeper.take(batch, answer.outputColumns);
      failpoint("amc.batch-taken");
    }
    await keeper.end();
    failpoint("amc.rows-written");
    const over = { state: "done", nextAt: null, waits: 0, note: null, finishedAt: tx.now() } as const;
    await changeExecution(tx, execution.id, over, ["collecting"]);
    await tx.changed("amc-results", [execution.id]);
  });
}

interface Layout {
  columns: ResultColumn[];
  /** Where each column is in the file, and how it is read. */
  cells: { at: number; read: ReadCell }[];
  hiddenAt: number;
  reasonAt: number;
}

class Keeper {
  private layout: Layout | null = null;
  private ledger: SuppressionLedger | null = null;
  private chart: ChartRows | null = null;
  private waiting: ResultValue[][] = [];
  private parts = 0;
  private rows = 0;

  constructor(
    private readonly tx: TxCtx,
    private readonly open: OpenExecution,
  ) {}

  async take(batch: ResultBatch, typed: Answer["outputColumns"]): Promise<void> {
    const { question } = this.open.execution;
    const described = () => describeColumns(batch.columns, question.columns, typed);
    this.layout ??= layoutOf(batch.columns, markMoney(described(), this.open.execution, typed), typed);
    this.ledger ??= new SuppressionLedger(this.layout.columns, this.layout.hiddenAt >= 0);
    this.chart ??= new ChartRows(question.chart, this.layout.columns);
    const { cells, hiddenAt, reasonAt } = this.layout;
    for (const line of batch.rows) {
      const row = cells.map(({ at, read }) => read(line[at] ?? null));
      const isHidden = line[hiddenAt]?.toLowerCase() === "true";
      this.ledger.add(row, { isHidden, reason: line[reasonAt] ?? null });
      if (isHidden) continue;
      this.rows++;
      this.chart.add(row);
      this.waiting.push(row);
      if (this.waiting.length === rowsOfPiece) await this.put();
    }
  }

  async end(): Promise<void> {
    if (!this.layout || !this.ledger || !this.chart) throw new Error("An answer without a line of column names.");
    if (this.waiting.length > 0) await this.put();
    await insertResult(this.tx, {
      executionId: this.open.execution.id,
      columns: this.layout.columns,
      rowCount: this.rows,
      chartRows: this.chart.end(),
      suppressed: this.ledger.end(),
    });
  }

  private async put(): Promise<void> {
    await insertPiece(this.tx, { executionId: this.open.execution.id, part: this.parts++, rows: this.waiting });
    this.waiting = [];
  }
}

function layoutOf(names: readonly string[], all: ResultColumn[], typed: Answer["outputColumns"]): Layout {
  const columns = all.filter(({ name }) => !isLedgerColumn(name));
  const readers = readersFor(columns, typed);
  return {
    columns,
    cells: columns.map(({ name }, index) => ({ at: names.indexOf(name), read: readers[index] as ReadCell })),
    hiddenAt: names.indexOf(ledgerColumns.hidden),
    reasonAt: names.indexOf(ledgerColumns.reason),
  };
}
