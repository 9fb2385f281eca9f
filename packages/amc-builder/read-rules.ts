// Conditions of a tree as rules.
import { type Expression, isCall, numberOf } from "../amc-engine/ast";
import { everything, isGroup, type Operator, type Rule, type RuleGroup } from "./model";
import { isParameter } from "./operators";
import { parameterOf, writtenValue } from "./read-values";
import { refuse } from "./unbuildable";

/** What a rule may be about: a column, or in HAVING a metric. */
export type FieldOf = (expression: Expression) => string;

export function readRules(condition: Expression | null, fieldOf: FieldOf): RuleGroup {
  if (!condition) return everything();
  const held = readCondition(condition, fieldOf);
  return isGroup(held) ? held : { all: true, rules: [held] };
}

function readCondition(condition: Expression, fieldOf: FieldOf): Rule | RuleGroup {
  if (condition.class !== "CONJUNCTION") return readRule(condition, fieldOf);
  const all = condition.type === "CONJUNCTION_AND";
  const rules: (Rule | RuleGroup)[] = [];
  const parts = [...(condition.children ?? [])];
  for (let part = parts.shift(); part; part = parts.shift()) {
    const optional = all ? null : readOptional(part, parts[0], fieldOf);
    if (optional) parts.shift();
    rules.push(optional ?? readCondition(part, fieldOf));
  }
  const [only] = rules;
  return only && rules.length === 1 ? only : { all, rules };
}

const comparisons: Record<string, Operator> = {
  COMPARE_EQUAL: "=",
  COMPARE_NOTEQUAL: "<>",
  COMPARE_LESSTHAN: "<",
  COMPARE_LESSTHANOREQUALTO: "<=",
  COMPARE_GREATERTHAN: ">",
  COMPARE_GREATERTHANOREQUALTO: ">=",
};
const presences: Record<string, Operator> = { OPERATOR_IS_NULL: "is null", OPERATOR_IS_NOT_NULL: "is not null" };
const lists: Record<string, Operator> = { COMPARE_IN: "in", COMPARE_NOT_IN: "not in" };
const patterns: Record<string, Operator> = { "~~": "like", "!~~": "not like" };

function readRule(condition: Expression, fieldOf: FieldOf): Rule {
  const comparison = comparisons[condition.type];
  if (comparison) return readComparison(condition, comparison, fieldOf);
  const [first, ...values] = condition.children ?? [];
  if (!first) refuse(condition, "The builder has no such condition.");
  const presence = presences[condition.type];
  if (presence) return { field: fieldOf(first), operator: presence, value: null };
  const list = lists[condition.type];
  if (list) return { field: fieldOf(first), operator: list, value: values.map(plainValue) };
  const pattern = isCall(condition) ? patterns[condition.function_name] : undefined;
  if (pattern && values[0]) return { field: fieldOf(first), operator: pattern, value: writtenValue(values[0]) };
  const negated = condition.type === "OPERATOR_NOT";
  return (
    readMembership(negated ? first : condition, { negated, fieldOf }) ??
    refuse(condition, "The builder has no such condition.")
  );
}

/** ARRAY_CONTAINS(parameter, column), which a list of its own stands for. */
function readMembership(call: Expression, { negated, fieldOf }: { negated: boolean; fieldOf: FieldOf }): Rule | null {
  if (!isCall(call) || call.function_name !== "array_contains") return null;
  const [list, column] = call.children;
  const parameter = list ? parameterOf(list) : null;
  if (parameter === null || !column) return null;
  return { field: fieldOf(column), operator: negated ? "not in" : "in", value: { parameter, emptyIsAll: false } };
}

/** CARDINALITY(parameter) = 0 and the same parameter's ARRAY_CONTAINS, side by side in an OR. */
function readOptional(empty: Expression, held: Expression | undefined, fieldOf: FieldOf): Rule | null {
  const count = empty.left as Expression | undefined;
  if (empty.type !== "COMPARE_EQUAL" || !count || !isCall(count) || count.function_name !== "cardinality") return null;
  const rule =
    held && numberOf(empty.right as Expression) === 0 ? readMembership(held, { negated: false, fieldOf }) : null;
  const parameter = count.children[0] && parameterOf(count.children[0]);
  if (!rule || !isParameter(rule.value) || rule.value.parameter !== parameter) return null;
  return { ...rule, value: { parameter, emptyIsAll: true } };
}

function readComparison(condition: Expression, operator: Operator, fieldOf: FieldOf): Rule {
  const [left, right] = [condition.left as Expression, condition.right as Expression];
  if (isCall(left) && left.function_name === "strpos" && numberOf(right) === 0) {
    const [column, part] = left.children;
    const contains = operator === ">" ? "contains" : operator === "=" ? "not contains" : null;
    if (column && part && contains) return { field: fieldOf(column), operator: contains, value: writtenValue(part) };
  }
  return { field: fieldOf(left), operator, value: writtenValue(right) };
}

function plainValue(expression: Expression): string {
  const value = writtenValue(expression);
  return typeof value === "string" ? value : refuse(expression, "The builder's lists hold values only.");
}
