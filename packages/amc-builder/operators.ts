// Which comparisons a field takes, and what a value of it looks like.
import { type Field, isNumber, isPrivate, isTime, isWhole } from "./fields";
import type { Operator, RuleValue } from "./model";

const presence: Operator[] = ["is null", "is not null"];
const order: Operator[] = ["<", "<=", ">", ">="];

/** AMC compares what could name a person with no literal. */
export function operatorsOf(field: Field): readonly Operator[] {
  if (field.threshold === "HIGH" || isPrivate(field)) return presence;
  if (isNumber(field))
    return ["=", "<>", ...order, ...(isWhole(field) ? (["in", "not in"] as const) : []), ...presence];
  if (field.dataType === "DATE") return ["=", "<>", ...order, ...presence];
  if (field.dataType === "TIMESTAMP") return [...order, ...presence];
  if (field.dataType === "BOOLEAN") return ["=", ...presence];
  if (field.dataType !== "STRING") return presence;
  return ["=", "<>", "in", "not in", "contains", "not contains", "like", "not like", ...presence];
}

export const takesValue = (operator: Operator): boolean => !presence.includes(operator);
export const takesList = (operator: Operator): boolean => operator === "in" || operator === "not in";

/** One parameter stands for a list only where the list holds texts. */
export const takesParameter = (field: Field, operator: Operator): boolean =>
  takesValue(operator) && (!takesList(operator) || field.dataType === "STRING");

/** The kind of parameter that a comparison takes, as templates declare it. */
export function parameterKind(field: Field, operator: Operator): "text" | "whole" | "decimal" | "list" | "flag" {
  if (takesList(operator)) return "list";
  if (field.dataType === "BOOLEAN") return "flag";
  if (!isNumber(field)) return "text";
  return isWhole(field) ? "whole" : "decimal";
}

const shapes = {
  whole: { pattern: /^(0|-?[1-9]\d{0,17})$/, words: "Write a whole number." },
  decimal: { pattern: /^(?!-0(\.0+)?$)-?(0|[1-9]\d{0,11})(\.\d{1,6})?$/, words: "Write a number, such as 2.5." },
  date: { pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, words: "Write a day, such as 2026-06-01." },
  moment: {
    pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
    words: "Write a moment, such as 2026-06-01 08:00:00.",
  },
  flag: { pattern: /^(true|false)$/, words: "Choose yes or no." },
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the one character that no SQL text may hold
  text: { pattern: /^[^\u0000]+$/, words: "Write a value." },
} as const;

export type ValueKind = keyof typeof shapes;

export function valueKind(field: Field): ValueKind {
  if (isNumber(field)) return isWhole(field) ? "whole" : "decimal";
  if (isTime(field)) return field.dataType === "DATE" ? "date" : "moment";
  return field.dataType === "BOOLEAN" ? "flag" : "text";
}

/** What is wrong with a written value, or nothing. */
export function faultOf(kind: ValueKind, text: string): string | null {
  const { pattern, words } = shapes[kind];
  return pattern.test(text) && (kind !== "date" || isDay(text)) && (kind !== "moment" || isDay(text.slice(0, 10)))
    ? null
    : words;
}

function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

type UsedParameter = Extract<RuleValue, { parameter: string }>;

export const isParameter = (value: RuleValue | null): value is UsedParameter =>
  typeof value === "object" && value !== null && !Array.isArray(value);
