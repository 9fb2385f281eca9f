// The rules that need nothing but the words of a text: fast enough for every key stroke, and true of texts that do not parse.
import { isDuration } from "../extended-window";
import { type Token, unquote } from "../tokens";
import type { Finding } from "./finding";

type Words = (tokens: Token[], index: number) => Omit<Finding, "at" | "severity"> | null;

const changing = new Set(
  "ALTER ATTACH CALL COPY CREATE DELETE DROP EXPORT GRANT INSERT INSTALL LOAD MERGE PRAGMA SET TRUNCATE UPDATE USE".split(
    " ",
  ),
);
const foreign = "is not part of AMC's SQL";

const rules: Words[] = [
  onlySelect,
  oneStatement,
  noStar,
  noReservedName,
  noRightJoin,
  noFinalOrder,
  windowOfLiterals,
  closedQuote,
  without("LIMIT", [
    "no-limit",
    "is not supported",
    "Remove it; to keep the first rows of each group use ROW_NUMBER() in a subquery.",
  ]),
  without("GETDATE", ["no-getdate", "is not supported", "Use CURRENT_TIMESTAMP or CAST('today' AS DATE)."]),
  without("QUALIFY", ["no-qualify", foreign, "Compute the window in a subquery and filter it with WHERE."]),
  without("INTERSECT", ["no-set-operation", foreign, "Use an INNER JOIN."]),
  without("EXCEPT", ["no-set-operation", foreign, "Use a LEFT JOIN and keep rows whose right side IS NULL."]),
  without("NATURAL", ["no-natural-join", foreign, "Name the columns in ON or USING."]),
  without("RECURSIVE", ["no-recursion", foreign, "Unroll the steps you need into CTEs of their own."]),
];

/** Where the words break a rule. */
export function findInWords(tokens: Token[]): Finding[] {
  if (tokens.length === 0) {
    return [
      {
        ...said("select-only", "The query is empty.", "Write one SELECT."),
        severity: "error",
        at: { start: 0, end: 0 },
      },
    ];
  }
  return tokens.flatMap((token, index) =>
    rules.flatMap((rule) => {
      const found = rule(tokens, index);
      return found
        ? [{ ...found, severity: "error" as const, at: { start: token.start, end: endOf(tokens, index) } }]
        : [];
    }),
  );
}

/** RIGHT JOIN and ORDER BY are two words. */
function endOf(tokens: Token[], index: number): number {
  const pair = tokens[index]?.key === "ORDER" || (tokens[index]?.key === "RIGHT" && tokens[index + 1]?.key === "JOIN");
  return (pair ? tokens[index + 1] : tokens[index])?.end ?? 0;
}

function said(rule: string, message: string, fix: string) {
  return { rule, message, fix };
}

function onlySelect(tokens: Token[], index: number) {
  const { key, kind } = tokens[index] as Token;
  if (index > 0 || ["SELECT", "WITH", "("].includes(key)) return null;
  const changes = kind === "word" && changing.has(key);
  const message = changes ? `${key} changes data; AMC only reads.` : "A query begins with SELECT or WITH.";
  return said("select-only", message, "Write one SELECT, with WITH before it where needed.");
}

function oneStatement(tokens: Token[], index: number) {
  const ends = tokens[index]?.text === ";" && tokens.slice(index + 1).some(({ text }) => text !== ";");
  const fix = "Remove the semicolon and what follows, or run it by itself.";
  return ends ? said("one-statement", "AMC runs one statement at a time.", fix) : null;
}

function noStar(tokens: Token[], index: number) {
  const before = tokens[index - 1]?.key ?? "";
  const isStar = tokens[index]?.text === "*" && ["SELECT", "DISTINCT", ".", ","].includes(before);
  return isStar ? said("no-star", "SELECT * is not supported.", "Name the columns you need.") : null;
}

function noReservedName(tokens: Token[], index: number) {
  const { kind, text } = tokens[index] as Token;
  const reserved = (kind === "word" || kind === "quoted") && /^"?__/.test(text);
  return reserved ? said("reserved-name", "Names that begin with __ are reserved.", "Choose another name.") : null;
}

function noRightJoin(tokens: Token[], index: number) {
  const [first, second, third] = tokens.slice(index, index + 3).map(({ key }) => key);
  const joins = first === "RIGHT" && (second === "JOIN" || (second === "OUTER" && third === "JOIN"));
  return joins ? said("no-right-join", "RIGHT JOIN is not supported.", "Swap the two tables and use LEFT JOIN.") : null;
}

function noFinalOrder(tokens: Token[], index: number) {
  const orders = tokens[index]?.key === "ORDER" && tokens[index + 1]?.key === "BY" && tokens[index]?.depth === 0;
  const fix = "Remove ORDER BY; sort the result after it has come.";
  return orders ? said("no-final-order", "The final SELECT cannot be ordered.", fix) : null;
}

function windowOfLiterals(tokens: Token[], index: number) {
  if (tokens[index]?.key !== "EXTEND_TIME_WINDOW" || tokens[index + 1]?.text !== "(") return null;
  const inside = tokens.slice(index + 2, index + 7);
  const literal = inside.every(({ kind, text }, at) => (at % 2 ? text === "," : kind === "string"));
  const closed = inside.length === 5 && tokens[index + 7]?.text === ")";
  const durations = inside.filter((_, at) => at === 2 || at === 4).every(({ text }) => isDuration(unquote(text)));
  if (literal && closed && durations) return null;
  const fix = "Write TABLE(EXTEND_TIME_WINDOW('table', 'P14D', 'P1D')): the table, how far back, how far forward.";
  return said("extend-window", "EXTEND_TIME_WINDOW takes three texts: a table and two ISO durations.", fix);
}

function closedQuote(tokens: Token[], index: number) {
  const { kind, text } = tokens[index] as Token;
  const open = (kind === "string" || kind === "quoted") && (text.length === 1 || !text.endsWith(text.charAt(0)));
  return open ? said("open-quote", "This quote is never closed.", `Close it with ${text.charAt(0)}.`) : null;
}

/** A word that may not stand anywhere but as the name of a column. */
function without(key: string, [rule, why, fix]: [rule: string, why: string, fix: string]): Words {
  return (tokens, index) => {
    const named = [".", "AS"].includes(tokens[index - 1]?.key ?? "") || tokens[index + 1]?.text === ".";
    return tokens[index]?.key === key && !named ? said(rule, `${key} ${why}.`, fix) : null;
  };
}
