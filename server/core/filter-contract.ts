// Which comparisons a filter of a list takes, and with which values.
import type { FilterOperator } from "./query";
import type { FilterKind } from "./resource";

type KindName = "id" | "text" | "date" | "number" | "boolean" | "enum";

const operatorsOf: Record<KindName, readonly FilterOperator[]> = {
  id: ["eq", "ne"],
  text: ["eq", "ne", "like"],
  date: ["eq", "gte", "lte"],
  number: ["eq", "ne", "gte", "lte"],
  boolean: ["eq"],
  enum: ["eq", "ne"],
};

export const kindNameOf = (kind: FilterKind): KindName => (typeof kind === "string" ? kind : "enum");
export const filterOperators = (kind: FilterKind): readonly FilterOperator[] => operatorsOf[kindNameOf(kind)];

/** Why the value cannot be asked for, as the end of a sentence about the filter; null where it can. */
export function filterProblem(kind: FilterKind, operator: FilterOperator, value: string): string | null {
  if (!filterOperators(kind).includes(operator)) return "this comparison is not possible on this field";
  if (typeof kind !== "string" && !kind.includes(value)) return `must be one of: ${kind.join(", ")}`;
  if (kind === "number" && !/^-?\d+(\.\d+)?$/.test(value)) return "must be a number";
  if (kind === "boolean" && value !== "true" && value !== "false") return "must be true or false";
  if (kind === "date" && Number.isNaN(Date.parse(value))) return "must be a date such as 2026-11-20";
  if (value.length > 500 || value.includes("\0")) return "must be at most 500 characters of text";
  return null;
}
