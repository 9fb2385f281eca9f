// What an expression gives away: its threshold class, whether it is a metric, and the money unit its numbers are in.
import { type Expression, isCall, isSubquery, numberOf, partsOf } from "./ast";
import type { MoneyUnit, ThresholdClass } from "./contract";
import { aggregates, counts } from "./functions";

/** Numbers in a money unit, divided so far by `factor`. */
export interface Money {
  unit: MoneyUnit;
  factor: number;
  /** The money stands below the line. */
  inverted: boolean;
  /** It is shared out over something, as in a price per thousand. */
  shared: boolean;
}

export interface Trait {
  threshold: ThresholdClass;
  metric: boolean;
  money: Money | null;
  /** The column that is to blame for the threshold. */
  source: string | null;
}

/** A column of a relation, of the tables or of a query. */
export interface Column extends Trait {
  name: string;
}

/** Where an expression stands: finds a column by its name, and the columns of a subquery in it. */
export interface Names {
  find(names: string[]): Column | null;
  subquery(node: Expression): Column[];
}

const nothing: Trait = { threshold: "NONE", metric: false, money: null, source: null };
const strictness: ThresholdClass[] = ["NONE", "LOW", "MEDIUM", "HIGH", "VERY_HIGH", "INTERNAL"];
const rankings = new Set(["rank", "rank_dense", "dense_rank", "row_number", "percent_rank", "ntile", "cume_dist"]);
const divisors: Record<MoneyUnit, number> = { millicents: 100_000, microcents: 100_000_000 };

export function traitOf(node: Expression, names: Names): Trait {
  switch (node.class) {
    case "COLUMN_REF":
      return names.find(node.column_names ?? []) ?? nothing;
    case "COMPARISON":
    case "CONJUNCTION":
    case "BETWEEN":
      return conditionTrait(node, names);
    case "OPERATOR":
      return isCondition(node) ? conditionTrait(node, names) : strictest(partsOf(node), names);
    case "SUBQUERY":
      return subqueryTrait(node, names);
    case "CASE":
      return caseTrait(node, names);
    case "WINDOW":
      return windowTrait(node, names);
    case "FUNCTION":
      return callTrait(node, names);
    default:
      return strictest(partsOf(node), names);
  }
}

function subqueryTrait(node: Expression, names: Names): Trait {
  return isSubquery(node) && node.subquery_type === "SCALAR" ? (names.subquery(node)[0] ?? nothing) : nothing;
}

/** Whether an expression holds an aggregate of its own query; those of windows and subqueries are others'. */
export function holdsAggregate(node: Expression): boolean {
  if (isCall(node) && aggregates.has(node.function_name.toLowerCase())) return true;
  return partsOf(node).some(holdsAggregate);
}

/** How a money column is to be divided, and what is wrong with how it is. */
export function judgeMoney({ unit, factor, shared }: Money): {
  divisor: number;
  wrong: "undivided" | "divisor" | null;
} {
  const divisor = divisors[unit];
  // A thousandth of the divisor makes a price per thousand at one go.
  const right = factor === divisor || (shared && factor === divisor / 1000);
  const wrong = factor === 1 ? "undivided" : "divisor";
  return { divisor, wrong: right ? null : wrong };
}

export function isStricter(one: ThresholdClass, other: ThresholdClass): boolean {
  return strictness.indexOf(one) > strictness.indexOf(other);
}

export function isPrivate(threshold: ThresholdClass): boolean {
  return threshold === "VERY_HIGH" || threshold === "INTERNAL";
}

function isCondition(node: Expression): boolean {
  return /^(COMPARE_|OPERATOR_(NOT|IS_NULL|IS_NOT_NULL))/.test(node.type);
}

/** True or false tells no user's id, and whether a value is there tells nothing of the value. */
function conditionTrait(node: Expression, names: Names): Trait {
  if (/IS_(NOT_)?NULL$/.test(node.type)) return nothing;
  const { threshold, source } = strictest(partsOf(node), names);
  return isPrivate(threshold) ? nothing : { ...nothing, threshold, source };
}

function caseTrait(node: Expression, names: Names): Trait {
  const checks = node.case_checks as { when_expr: Expression; then_expr: Expression }[];
  const results = [...checks.map(({ then_expr }) => then_expr), node.else_expr as Expression];
  const { money } = strictest(results, names);
  return { ...strictest([...checks.map(({ when_expr }) => when_expr), ...results], names), money };
}

function windowTrait(node: Expression, names: Names): Trait {
  const name = node.function_name?.toLowerCase() ?? "";
  if (rankings.has(name) || counts.has(name)) return { ...nothing, metric: true };
  return strictest(node.children ?? [], names);
}

function callTrait(node: Expression, names: Names): Trait {
  const name = node.function_name?.toLowerCase() ?? "";
  if (counts.has(name)) return { ...nothing, metric: true };
  const trait = strictest(node.children ?? [], names);
  if (aggregates.has(name)) return { ...trait, metric: true };
  if (name === "/" || name === "*") return { ...trait, money: scaled(node, names) };
  return trait;
}

function scaled(node: Expression, names: Names): Money | null {
  const [left, right] = node.children ?? [];
  if (!left || !right) return null;
  const [above, other] = [traitOf(left, names).money, traitOf(right, names).money];
  if (node.function_name === "*") return times(above ?? other, numberOf(right) ?? numberOf(left));
  if (above && other) return above.unit === other.unit && above.factor === other.factor ? null : above;
  if (other) return { ...other, inverted: !other.inverted };
  const divisor = numberOf(right);
  return divisor ? times(above, 1 / divisor) : above && { ...above, shared: true };
}

/** Money that has been divided down to currency is a number like any other. */
function times(money: Money | null, multiplier: number | null): Money | null {
  if (!money || !multiplier) return money;
  const factor = round(money.inverted ? money.factor * multiplier : money.factor / multiplier);
  return factor === divisors[money.unit] ? null : { ...money, factor };
}

/** Sheds what floating point adds. */
function round(factor: number): number {
  return Number(factor.toPrecision(12));
}

/** What several expressions give away together. */
export function strictest(nodes: Expression[], names: Names): Trait {
  const traits = nodes.map((node) => traitOf(node, names));
  const top = traits.reduce((held, trait) => (isStricter(trait.threshold, held.threshold) ? trait : held), nothing);
  return {
    threshold: top.threshold,
    source: top.source,
    metric: traits.some(({ metric }) => metric),
    money: traits.find(({ money }) => money)?.money ?? null,
  };
}
