// The ledger of what AMC's thresholds hid. Each run asks for three columns more (contracts 7.2): whether values of a row were taken away, the
// users behind it, and why. Rows so flagged hold all that was hidden, summed up.
import { isAdditive } from "./result-columns";
import type { ResultColumn, ResultValue, Suppression } from "./result-contract";

export const ledgerColumns = { hidden: "tm_hidden", users: "tm_users", reason: "tm_reason" } as const;
export const isLedgerColumn = (name: string): boolean => Object.values(ledgerColumns).some((own) => own === name);

const mostReasons = 20;

/** Adds up rows as they come. */
export class SuppressionLedger {
  private readonly counts = { shown: 0, hidden: 0 };
  private readonly shown: number[];
  private readonly hidden: number[];
  private readonly blamed: number[];
  private readonly reasons = new Map<string, number>();

  /** @param known whether the answer has the ledger's columns */
  constructor(
    private readonly columns: readonly Omit<ResultColumn, "noMoney">[],
    private readonly known: boolean,
  ) {
    this.shown = columns.map(() => 0);
    this.hidden = columns.map(() => 0);
    this.blamed = columns.map(() => 0);
  }

  /** @param row in the order of the columns */
  add(row: readonly ResultValue[], { isHidden, reason }: { isHidden: boolean; reason: ResultValue }): void {
    this.counts[isHidden ? "hidden" : "shown"]++;
    const sums = isHidden ? this.hidden : this.shown;
    for (const [index, column] of this.columns.entries()) {
      const value = row[index] ?? null;
      if (isAdditive(column)) sums[index] = (sums[index] ?? 0) + (Number(value) || 0);
      else if (isHidden && value === null && !column.measure) this.blamed[index] = (this.blamed[index] ?? 0) + 1;
    }
    if (!isHidden || reason === null) return;
    const text = String(reason);
    if (this.reasons.has(text) || this.reasons.size < mostReasons) {
      this.reasons.set(text, (this.reasons.get(text) ?? 0) + 1);
    }
  }

  end(): Suppression {
    const dimensions = this.columns
      .map(({ name }, index) => ({ column: name, rows: this.blamed[index] ?? 0 }))
      .filter(({ rows }) => rows > 0)
      .sort((a, b) => b.rows - a.rows);
    return {
      known: this.known,
      shownRows: this.counts.shown,
      hiddenRows: this.counts.hidden,
      measures: this.columns.flatMap((column, index) => {
        if (!isAdditive(column)) return [];
        const [shown, hidden] = [this.shown[index] ?? 0, this.hidden[index] ?? 0];
        const all = shown + hidden;
        return [{ column: column.name, shown, hidden, share: this.known && all > 0 ? hidden / all : null }];
      }),
      dimensions,
      reasons: [...this.reasons].map(([text, rows]) => ({ text, rows })).sort((a, b) => b.rows - a.rows),
      coarsen: dimensions.map(({ column }) => column),
    };
  }
}
