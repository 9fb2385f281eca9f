// Which columns of an answer tell no money. What a person writes about the columns of SQL of their own is no proof: only a built-in question,
// unchanged, is believed.
import type { AmcRun } from "../amazon";
import { provedColumns } from "./find-template";
import { isNumeric } from "./result-columns";
import type { ResultColumn, ResultValue } from "./result-contract";

interface Asked {
  templateId: string | null;
  question: { sql: string };
}

/** Of SQL of one's own nothing is known of what is measured, or is a number or a metric to Amazon. */
export function markMoney(
  columns: readonly Omit<ResultColumn, "noMoney">[],
  asked: Asked,
  typed: NonNullable<AmcRun["outputColumns"]>,
): ResultColumn[] {
  const believed = provedColumns(asked);
  return columns.map((column) => {
    const known = believed.find(({ name }) => name === column.name);
    const amazon = typed.find(({ name }) => name === column.name);
    const isFigure = column.measure || (amazon !== undefined && (isNumeric(amazon) || amazon.columnType === "METRIC"));
    return { ...column, noMoney: known ? known.unit !== "money" : !isFigure };
  });
}

export const withoutMoney = (columns: readonly ResultColumn[], row: readonly ResultValue[]): ResultValue[] =>
  row.map((value, index) => (columns[index]?.noMoney ? value : null));
