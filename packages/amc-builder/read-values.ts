// Names and constants of a tree as a question has them.
import { isLosslessNumber } from "lossless-json";
import { type CastType, type Expression, isCall, numberOf, textOf } from "../amc-engine/ast";
import type { Fields } from "./fields";
import type { RuleValue } from "./model";
import { refuse, Unbuildable } from "./unbuildable";

export function refOf(expression: Expression, fields: Fields): string {
  if (expression.class !== "COLUMN_REF") refuse(expression, "The builder takes a column at this place.");
  const ref = (expression.column_names ?? []).join(".");
  if (fields.has(ref)) return ref;
  const joined = [...fields.keys()].find((name) => name.endsWith(`.${ref}`));
  const help = joined ? ` Write ${joined}.` : "";
  throw new Unbuildable(`The table has no column ${ref}.${help}`, expression.query_location);
}

const divisors = new Set([100_000, 100_000_000]);

/** Money is written divided into currency: writing the question back says whether rightly. */
export function undivided(expression: Expression): Expression {
  if (!isCall(expression) || expression.function_name !== "/") return expression;
  const [amount, divisor] = expression.children;
  return amount && divisors.has(numberOf(divisor) ?? 0) ? amount : expression;
}

/** A number as it is written; null where the expression is none. */
export function decimalOf(expression: Expression | undefined): string | null {
  if (expression?.class !== "CONSTANT") return null;
  const { type, value } = expression.value as { type: CastType; value?: unknown };
  if (!isLosslessNumber(value)) return null;
  if (type.id !== "DECIMAL") return /^-?\d+$/.test(value.value) ? value.value : null;
  const scale = Number(String((type.type_info as { scale: { value: string } }).scale.value));
  const digits = value.value.replace("-", "").padStart(scale + 1, "0");
  const sign = value.value.startsWith("-") ? "-" : "";
  return `${sign}${digits.slice(0, digits.length - scale)}${scale > 0 ? `.${digits.slice(-scale)}` : ""}`;
}

export function parameterOf(expression: Expression): string | null {
  if (!isCall(expression) || expression.function_name !== "custom_parameter") return null;
  return textOf(expression.children[0]);
}

const castable = new Set(["DATE", "TIMESTAMP"]);

/** What a rule compares with. */
export function writtenValue(expression: Expression): Exclude<RuleValue, string[]> {
  if (expression.class === "CAST") {
    const said = textOf(expression.child as Expression);
    const { id } = expression.cast_type as CastType;
    if (id === "BOOLEAN" && (said === "t" || said === "f")) return said === "t" ? "true" : "false";
    if (castable.has(id)) return writtenValue(expression.child as Expression);
  }
  const parameter = parameterOf(expression);
  if (parameter !== null) return { parameter, emptyIsAll: false };
  return (
    textOf(expression) ??
    decimalOf(expression) ??
    refuse(expression, "The builder compares a column with values and parameters only.")
  );
}
