import type { LosslessNumber } from "lossless-json";
import { type Expression, isCall } from "../amc-engine/ast";

/** A part of an SQL text that has no place in a question; the message is a whole sentence. */
export class Unbuildable extends Error {
  override name = "Unbuildable";
  constructor(
    message: string,
    /** Where it stands, in bytes, as DuckDB tells. */
    readonly at: LosslessNumber | null = null,
  ) {
    super(message);
  }
}

/** Refuses an expression by what it is. */
export function refuse(expression: Expression, otherwise: string): never {
  throw new Unbuildable(whatIs(expression) ?? otherwise, expression.query_location);
}

const classes: Record<string, string> = {
  WINDOW: "The builder has no window functions (OVER).",
  CASE: "The builder has no CASE or IF.",
  SUBQUERY: "The builder has no subqueries in expressions.",
  BETWEEN: "The builder has no BETWEEN: it takes a rule for each end.",
  STAR: "The builder names each column.",
  LAMBDA: "The builder has no lambdas.",
};

const operators: Record<string, string> = {
  OPERATOR_NOT: "The builder has no NOT around a rule.",
  OPERATOR_COALESCE: "The builder has no COALESCE.",
};

function whatIs(expression: Expression): string | null {
  const known = classes[expression.class] ?? operators[expression.type];
  if (known) return known;
  if (isCall(expression)) {
    if (expression.filter) return "The builder has no FILTER: it takes a rule instead.";
    const name = expression.function_name;
    if (name === "regexp_full_match") return "The builder has no SIMILAR TO.";
    if (/^\w+$/.test(name)) return `The builder has no ${name.toUpperCase()} at this place.`;
    return `The builder has no such arithmetic (${name}) at this place.`;
  }
  return expression.class === "CAST" ? "The builder has no CAST at this place." : null;
}
