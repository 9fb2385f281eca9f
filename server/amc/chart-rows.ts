// The rows that a chart draws: the largest where size matters, else the first.
import type { ResultColumn, ResultValue } from "./result-contract";
import type { AmcChart } from "./template-contract";

const most = 500;

export class ChartRows {
  private rows: ResultValue[][] = [];
  private readonly sizeAt: number;

  constructor(chart: AmcChart, columns: readonly ResultColumn[]) {
    const size = sizeOf(chart);
    this.sizeAt = size === null ? -1 : columns.findIndex(({ name }) => name === size);
  }

  add(row: ResultValue[]): void {
    if (this.sizeAt < 0) {
      if (this.rows.length < most) this.rows.push(row);
      return;
    }
    this.rows.push(row);
    if (this.rows.length >= 2 * most) this.rows = this.largest();
  }

  end(): ResultValue[][] {
    return this.sizeAt < 0 ? this.rows : this.largest();
  }

  private largest(): ResultValue[][] {
    const size = (row: ResultValue[]) => Number(row[this.sizeAt]) || 0;
    return this.rows.toSorted((a, b) => size(b) - size(a)).slice(0, most);
  }
}

function sizeOf(chart: AmcChart): string | null {
  switch (chart.kind) {
    case "sankey":
    case "overlap":
      return chart.value;
    case "bars":
      return chart.y[0] ?? null;
    case "table":
    case "curve":
    case "heatmap":
      return null;
    default:
      return chart satisfies never;
  }
}
