// What the columns of an answer are: as the template says, else as Amazon's types say.
import type { AmcRun } from "../amazon";
import type { ResultColumn, ResultValue } from "./result-contract";
import type { ColumnUnit, OutputColumn } from "./template-contract";

type AmazonColumn = NonNullable<AmcRun["outputColumns"]>[number];

const measures: readonly ColumnUnit[] = ["users", "count", "money", "share", "number", "hours", "days"];
/** What can be summed over rows. */
const additive: readonly ColumnUnit[] = ["users", "count", "money"];

export const isAdditive = ({ unit }: Pick<OutputColumn, "unit">): boolean => additive.includes(unit);

const typeOf = ({ dataType }: AmazonColumn): string => (typeof dataType === "string" ? dataType : dataType.type);

const wholeTypes = ["LONG", "INTEGER", "SHORT", "BYTE"];
const brokenTypes = ["DOUBLE", "FLOAT", "DECIMAL"];
const isNumericType = (type: string) => wholeTypes.includes(type) || brokenTypes.includes(type);
export const isNumeric = (column: AmazonColumn): boolean => isNumericType(typeOf(column));

/** @param names in the order of the file */
export function describeColumns(
  names: readonly string[],
  described: readonly OutputColumn[],
  typed: readonly AmazonColumn[],
): Omit<ResultColumn, "noMoney">[] {
  return names.map((name) => {
    const own = described.find((column) => column.name === name);
    const column = own ?? { name, label: name, unit: unitOf(typed.find((one) => one.name === name)) };
    return { ...column, measure: measures.includes(column.unit) };
  });
}

function unitOf(column: AmazonColumn | undefined): ColumnUnit {
  if (!column) return "text";
  const type = typeOf(column);
  if (type === "BOOLEAN") return "flag";
  if (type === "DATE") return "date";
  return isNumericType(type) && column.columnType !== "DIMENSION" ? "number" : "text";
}

export type ReadCell = (text: string | null) => ResultValue;

/** How the file's text of each column is read. A number that a double would change stays text. */
export function readersFor(
  columns: readonly Omit<ResultColumn, "noMoney">[],
  typed: readonly AmazonColumn[],
): ReadCell[] {
  return columns.map(({ name, measure, unit }) => {
    const amazon = typed.find((column) => column.name === name);
    const type = amazon ? typeOf(amazon) : null;
    if (type === "BOOLEAN" || unit === "flag") return readFlag;
    return measure || (type !== null && isNumericType(type)) ? readNumber : readText;
  });
}

const readText: ReadCell = (text) => text;
const readFlag: ReadCell = (text) => (text === null ? null : text.toLowerCase() === "true");
const mostDigits = 15;

const readNumber: ReadCell = (text) => {
  if (text === null) return null;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  return text.replace(/\D/g, "").replace(/^0+/, "").length > mostDigits && String(number) !== text ? text : number;
};
