import type { Analysis } from "../analysis";
import { type Expression, partsOf, type QueryNode, type Relation } from "../ast";
import type { LintOptions, Problem } from "../contract";
import { placeOf, type Token } from "../tokens";

/** What a rule judges. */
export interface Subject {
  sql: string;
  tokens: Token[];
  query: QueryNode;
  analysis: Analysis;
  options: LintOptions;
}

/** What a rule found, with the part of the text it is about. */
export interface Finding {
  rule: string;
  message: string;
  fix: string;
  severity: "error" | "warning";
  at: { start: number; end: number };
}

export type Rule = (subject: Subject) => Finding[];

export function problemOf(sql: string, { at, ...said }: Finding): Problem {
  const lineEnd = sql.indexOf("\n", at.start);
  const end = lineEnd < 0 ? at.end : Math.min(at.end, lineEnd);
  const place = placeOf(sql, at.start);
  return { ...said, ...place, endColumn: place.column + Math.max(1, end - at.start) };
}

/** Where in the text a part of the tree is: its first token, with what follows a dot. */
export function whereIs(part: Expression | Relation, { sql, tokens }: Pick<Subject, "sql" | "tokens">) {
  return spanAt({ sql, tokens }, Number(part.query_location.value));
}

/** The token at an offset that DuckDB tells, which counts bytes. */
export function spanAt({ sql, tokens }: Pick<Subject, "sql" | "tokens">, bytes: number) {
  const offset =
    bytes > sql.length * 4 ? 0 : new TextDecoder().decode(new TextEncoder().encode(sql).subarray(0, bytes)).length;
  const index = Math.max(
    0,
    tokens.findIndex(({ end }) => end > offset),
  );
  let last = index;
  while (tokens[last + 1]?.text === "." && tokens[last + 2]) last += 2;
  return { start: tokens[index]?.start ?? 0, end: tokens[last]?.end ?? sql.length };
}

/** The first part of an expression that has a name in the text; operators have none. */
export function placedWithin(part: Expression): Expression {
  if (part.column_names || /^\w+$/.test(part.function_name ?? "")) return part;
  const [first] = partsOf(part);
  return first ? placedWithin(first) : part;
}
