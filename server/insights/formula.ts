// Formulas over the metric dictionary: + - * / and parentheses. Each part has a dimension, so that money and counts are never added, and
// every value comes from sums: a formula over many rows is worked out once, from their totals. Pure, so that pages may check as one types.
import { isMetricId, type MetricId, metricIds, metricOf, parts, type Sums } from "./metrics";

export type Formula =
  | { kind: "number"; at: number; over: bigint; under: bigint }
  | { kind: "metric"; at: number; id: MetricId }
  | { kind: "negative"; at: number; of: Formula }
  | { kind: "operation"; at: number; sign: Sign; left: Formula; right: Formula };
type Sign = "+" | "-" | "*" | "/";

/** Powers of money and of counts: spend is money 1, clicks count 1, CPM money 1 by count -1, a share neither. */
export interface Dimension {
  money: number;
  count: number;
}

/** @throws with the place, counted in characters from 1 */
export class FormulaError extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(`${message} (at character ${at + 1})`);
  }
}

const longest = 500;
const deepest = 50;
const token = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z][A-Za-z0-9]*)|([-+*/()]))/y;

interface Token {
  text: string;
  kind: "number" | "name" | "sign" | "end";
  at: number;
}

function tokensOf(text: string): Token[] {
  if (text.length > longest) throw new FormulaError(`Use at most ${longest} characters`, longest);
  const found: Token[] = [];
  const end = text.trimEnd().length;
  token.lastIndex = 0;
  while (token.lastIndex < end) {
    const from = token.lastIndex;
    const match = token.exec(text);
    if (!match) {
      const at = from + (text.slice(from).length - text.slice(from).trimStart().length);
      throw new FormulaError(`"${text[at]}" is not understood: use metrics, numbers, + - * / and parentheses`, at);
    }
    const [, number, name, sign] = match;
    const said = number ?? name ?? sign ?? "";
    const kind = number !== undefined ? "number" : name !== undefined ? "name" : "sign";
    found.push({ text: said, kind, at: token.lastIndex - said.length });
  }
  return [...found, { text: "", kind: "end", at: end }];
}

/** @throws {FormulaError} */
export function parseFormula(text: string): Formula {
  const tokens = tokensOf(text);
  let next = 0;
  let depth = 0;
  const peek = () => tokens[next] as Token;
  const take = () => tokens[next++] as Token;
  const isSign = (...signs: string[]) => peek().kind === "sign" && signs.includes(peek().text);

  function chain(signs: readonly Sign[], operand: () => Formula): Formula {
    let left = operand();
    while (isSign(...signs)) {
      const { text: sign, at } = take();
      left = { kind: "operation", at, sign: sign as Sign, left, right: operand() };
    }
    return left;
  }
  const sum = (): Formula => chain(["+", "-"], product);
  const product = (): Formula => chain(["*", "/"], factor);
  function factor(): Formula {
    depth += 1;
    if (depth > deepest) throw new FormulaError("This is nested too deeply", peek().at);
    const { text: said, kind, at } = take();
    const made = operandOf(said, kind, at);
    depth -= 1;
    return made;
  }
  function operandOf(said: string, kind: Token["kind"], at: number): Formula {
    if (kind === "number") return { kind: "number", at, ...decimal(said) };
    if (kind === "name") {
      if (isMetricId(said)) return { kind: "metric", at, id: said };
      throw new FormulaError(`There is no metric "${said}"${nearest(said)}`, at);
    }
    if (said === "-") return { kind: "negative", at, of: factor() };
    if (said === "(") {
      const inner = sum();
      if (!isSign(")")) throw new FormulaError("A closing parenthesis is missing", peek().at);
      take();
      return inner;
    }
    throw new FormulaError(
      kind === "end" ? "Something is missing at the end" : `A metric or number is missing before "${said}"`,
      at,
    );
  }

  const formula = sum();
  const { kind, text: said, at } = peek();
  if (kind !== "end")
    throw new FormulaError(
      said === ")" ? "A parenthesis is closed that was not opened" : `An operator is missing before "${said}"`,
      at,
    );
  return formula;
}

function nearest(name: string): string {
  const near = metricIds.find((id) => id.toLowerCase() === name.toLowerCase() || id.startsWith(name));
  return near ? `; did you mean ${near}?` : "";
}

function decimal(text: string): { over: bigint; under: bigint } {
  const [whole = "0", decimals = ""] = text.split(".");
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) };
}

const dimensionOfMetric = (id: MetricId): Dimension => {
  const { over, under } = parts(id);
  return under ? { money: over.money - under.money, count: over.count - under.count } : over;
};

const dimensionWords = ({ money, count }: Dimension): string => {
  if (money === 1) return count === 0 ? "money" : "money for each count";
  if (money === 0) return count === 1 ? "a count" : count === 0 ? "a plain number" : `a count to the power ${count}`;
  return `money to the power ${money}`;
};

/** What it is an amount of. @throws {FormulaError} where unlike things are added */
export function dimensionOf(formula: Formula): Dimension {
  switch (formula.kind) {
    case "number":
      return { money: 0, count: 0 };
    case "metric":
      return dimensionOfMetric(formula.id);
    case "negative":
      return dimensionOf(formula.of);
    case "operation":
      return together(formula, dimensionOf(formula.left), dimensionOf(formula.right));
    default:
      return formula satisfies never;
  }
}

function together({ sign, at }: { sign: Sign; at: number }, left: Dimension, right: Dimension): Dimension {
  if (sign === "*") return { money: left.money + right.money, count: left.count + right.count };
  if (sign === "/") return { money: left.money - right.money, count: left.count - right.count };
  if (left.money === right.money && left.count === right.count) return left;
  const act = sign === "+" ? "added to" : "taken from";
  const [what, other] = sign === "+" ? [left, right] : [right, left];
  throw new FormulaError(`${dimensionWords(what)} cannot be ${act} ${dimensionWords(other)}`, at);
}

export type FormulaUnit = "count" | "money" | "percent" | "multiple";

/** @throws {FormulaError} where the formula does not give the unit */
export function requireUnit(formula: Formula, unit: FormulaUnit): void {
  const dimension = dimensionOf(formula);
  const { money, count } = dimension;
  const gives =
    unit === "money" ? money === 1 : unit === "count" ? money === 0 && count === 1 : money === 0 && count === 0;
  if (!gives)
    throw new FormulaError(
      `This gives ${dimensionWords(dimension)}, not ${unit === "money" ? "money" : unit === "count" ? "a count" : `a ${unit}`}`,
      0,
    );
}

/** The metrics it is made of, each once. */
export function metricsIn(formula: Formula): MetricId[] {
  switch (formula.kind) {
    case "number":
      return [];
    case "metric":
      return [formula.id];
    case "negative":
      return metricsIn(formula.of);
    case "operation":
      return [...new Set([...metricsIn(formula.left), ...metricsIn(formula.right)])];
    default:
      return formula satisfies never;
  }
}

interface Rational {
  over: bigint;
  under: bigint;
}

/** The exact value, money in micros; null where something is divided by zero. */
export function exactValue(formula: Formula, sums: Sums): Rational | null {
  switch (formula.kind) {
    case "number":
      return formula;
    case "metric":
      return metricOfSums(formula.id, sums);
    case "negative": {
      const of = exactValue(formula.of, sums);
      return of && { over: -of.over, under: of.under };
    }
    case "operation": {
      const [left, right] = [exactValue(formula.left, sums), exactValue(formula.right, sums)];
      return left && right && combined(formula.sign, left, right);
    }
    default:
      return formula satisfies never;
  }
}

function metricOfSums(id: MetricId, sums: Sums): Rational | null {
  const { source } = metricOf(id);
  if (typeof source === "string") return { over: sums[source], under: 1n };
  const under = sums[source.under];
  return under === 0n ? null : { over: sums[source.over] * BigInt(source.times ?? 1), under };
}

function combined(sign: Sign, left: Rational, right: Rational): Rational | null {
  switch (sign) {
    case "*":
      return { over: left.over * right.over, under: left.under * right.under };
    case "/":
      if (right.over === 0n) return null;
      return positive({ over: left.over * right.under, under: left.under * right.over });
    case "+":
      return { over: left.over * right.under + right.over * left.under, under: left.under * right.under };
    case "-":
      return { over: left.over * right.under - right.over * left.under, under: left.under * right.under };
    default:
      return sign satisfies never;
  }
}

const positive = ({ over, under }: Rational): Rational =>
  under < 0n ? { over: -over, under: -under } : { over, under };
