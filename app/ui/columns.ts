import type { ReactNode } from "react";
import type { Maturity } from "./tide-line";

/** One column of a DataTable. The first column names the row: it stays in view and cannot be hidden. */
export interface Column<T> {
  /** Unique; also the field to sort by unless `sort` names another. */
  key: string;
  title: string;
  /** In the header, after the title: "USD", "%". */
  unit?: string;
  /** Right-aligned, tabular figures. */
  numeric?: boolean;
  /** What the column means, behind a small "i" in the header. */
  hint?: string;
  render(row: T): ReactNode;
  /** `true` sorts by `key`, a text by that field. */
  sort?: boolean | string;
  width?: number;
  /** Hidden until the person chooses it. */
  optional?: boolean;
  /** Shown at narrow width too (besides the first column; two is right). */
  narrow?: boolean;
  /** The value of the totals row. */
  total?: ReactNode;
  maturity?(row: T): Maturity | null;
  /** The described field this column is written to a file as, and edited as; its key where left out. */
  field?: string;
}

export const sortFieldOf = <T>(column: Column<T>): string | null =>
  column.sort === true ? column.key : column.sort || null;

/** The columns to show for the URL's `cols` (keys joined by commas); the first column always. */
export function chosenColumns<T>(columns: Column<T>[], cols: string | null): Column<T>[] {
  const [first, ...rest] = columns;
  if (!first) return [];
  const chosen = cols === null ? null : new Set(cols.split(","));
  return [first, ...rest.filter(({ key, optional }) => (chosen ? chosen.has(key) : !optional))];
}

/** Keys of the described fields that columns show, for a file of what is on the screen. */
export const fieldsOf = <T>(columns: readonly Column<T>[], known: readonly { key: string }[]): string[] =>
  columns.map(({ key, field }) => field ?? key).filter((key) => known.some((one) => one.key === key));
