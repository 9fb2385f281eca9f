// An answer of AMC, from a preview or a run, and its values as words. Pure.
import { currencyColumn, type ResultValue } from "#server/amc/result-contract";
import type { AmcChart, ColumnUnit, OutputColumn } from "#server/amc/template-contract";
import { formatDay, formatNumber, formatPercent } from "~/ui/format";

export interface Answer {
  columns: OutputColumn[];
  rows: ResultValue[][];
  chart: AmcChart;
  /** What money is in, or that it is not known; null: each row names its own. */
  currency: string | null;
}

export const unknownCurrency = "currency not known";

/** Of an answer whose money is in `known`, if that is known at all. */
export const currencyWords = (columns: readonly Pick<OutputColumn, "name">[], known: string | null): string | null =>
  columns.some(({ name }) => name === currencyColumn) ? null : (known ?? unknownCurrency);

const textUnits: readonly ColumnUnit[] = ["text", "date", "flag"];

export const isMeasure = ({ unit }: Pick<OutputColumn, "unit">): boolean => !textUnits.includes(unit);

/** What a header says after the column's name. */
export function unitOf({ unit }: Pick<OutputColumn, "unit">, currency: string | null): string | undefined {
  if (unit === "money") return currency ?? undefined;
  return unit === "hours" || unit === "days" ? unit : undefined;
}

/** A column as an axis or a file names it: with its unit. */
export const headerOf = (column: OutputColumn, currency: string | null): string =>
  [column.label, unitOf(column, currency)].filter(Boolean).join(", ");

export const placeOf = ({ columns }: Pick<Answer, "columns">, name: string): number =>
  columns.findIndex((column) => column.name === name);

/** Null where there is no number. */
export function numberOf(value: ResultValue | undefined): number | null {
  if (value === null || value === undefined || value === "" || typeof value === "boolean") return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** Names that all begin with a number, such as hours and days of the week, by that number; others as they come. */
export function inOrder(names: readonly string[]): string[] {
  const distinct = [...new Set(names)];
  const numbers = new Map(
    distinct.map((name) => [name, Number(/^-?\d+(\.\d+)?(?![-\d])/.exec(name)?.[0] ?? Number.NaN)]),
  );
  const isNumbered = [...numbers.values()].every(Number.isFinite);
  return isNumbered ? distinct.sort((a, b) => Number(numbers.get(a)) - Number(numbers.get(b))) : distinct;
}

/** Three digits that count for what two decimals would round away. */
const decimalsOfSmall = (value: number): { decimals?: number } =>
  value === 0 || Math.abs(value) >= 0.1 ? {} : { decimals: Math.min(8, 2 - Math.floor(Math.log10(Math.abs(value)))) };

/** A value as it is read; null: there is none. */
export function wordsOf(
  value: ResultValue | undefined,
  { unit }: Pick<OutputColumn, "unit">,
  locale: string,
): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (unit === "flag") return value === true || value === "true" || value === 1 ? "yes" : "no";
  if (unit === "date")
    return /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? formatDay(String(value), { locale }) : `${value}`;
  const number = isMeasure({ unit }) ? numberOf(value) : null;
  if (number === null) return String(value);
  if (unit === "share") return formatPercent(number, { locale });
  if (unit === "users" || unit === "count") return formatNumber(String(value), { locale, decimals: 0 });
  if (unit === "money") return formatNumber(number, { locale, decimals: 2, ...decimalsOfSmall(number) });
  return formatNumber(number, { locale, ...decimalsOfSmall(number) });
}

/** How far a measure moved, with its sign; shares move by points. Null: not known. */
export function changeWords(change: number | null | undefined, { unit }: Pick<OutputColumn, "unit">, locale: string) {
  if (change === null || change === undefined) return null;
  if (unit === "share") return `${formatNumber(change * 100, { locale, decimals: 2, signed: true })} pp`;
  const words = wordsOf(change, { unit }, locale);
  return change > 0 ? `+${words}` : words;
}
