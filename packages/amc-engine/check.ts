// The one way from a text to a query that may run: words, tree, rules, and DuckDB's own binding of names and types.
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Analysis, analyse, expressionsOf } from "./analysis";
import { type QueryNode, replaceExpressions } from "./ast";
import type { AmcTable, DataType, Lint, LintOptions, OutputColumn, Problem } from "./contract";
import { parseSql, type Refusal, readRefusal, writeSql } from "./database";
import { maskExtendedWindows, readTableName } from "./extended-window";
import { type Meaning, rewriteExpression } from "./rewrite";
import { rules } from "./rules";
import { type Finding, problemOf, type Subject, spanAt, whereIs } from "./rules/finding";
import { nearest } from "./rules/nearest";
import { parametersIn } from "./rules/request";
import { findInWords } from "./rules/words";
import { createViews, type LoadTable } from "./tables";
import { requiredUsers } from "./thresholds";
import { readTokens } from "./tokens";
import { dataTypeOf } from "./types";

export interface CheckOptions {
  lint: LintOptions;
  meaning: Meaning;
  load: LoadTable;
}

export interface Checked extends Lint {
  /** As DuckDB runs it; null where the text cannot run. */
  query: QueryNode | null;
  /** Names of tables as the tree has them, those of wider windows among them. */
  tableNames: string[];
}

export async function checkSql(connection: DuckDBConnection, sql: string, options: CheckOptions): Promise<Checked> {
  const tokens = readTokens(sql);
  const inWords = findInWords(tokens);
  const parsed = await parseSql(connection, maskExtendedWindows(sql));
  if (!parsed.ok) return unread(sql, inWords.length ? inWords : [syntaxFinding(parsed.refusal, sql)]);
  const [query] = parsed.queries;
  if (!query || parsed.queries.length > 1) return unread(sql, inWords);
  const analysis = analyse(query, options.lint.uploaded);
  const subject: Subject = { sql, tokens, query, analysis, options: options.lint };
  const found = [...inWords, ...rules.flatMap((rule) => rule(subject))];
  const rewritten = replaceExpressions(query, (node) => rewriteExpression(node, options.meaning));
  const isWhole = analysis.unknownTables.length === 0 && analysis.foreign.length === 0;
  const bound = isWhole ? await bind(connection, rewritten, { analysis, options }) : null;
  if (bound?.refusal) found.push(bindingFinding(bound.refusal, subject));
  const outputColumns = bound?.types ? columnsOf(analysis, bound.types) : [];
  return {
    problems: inOrder(sql, found),
    outputColumns,
    tables: tablesOf(analysis, options.lint.uploaded),
    parameters: [...new Set(parametersIn(subject).flatMap(({ name }) => (name ? [name] : [])))],
    requiredUsers: requiredUsers(analysis.columns),
    query: bound?.types ? rewritten : null,
    tableNames: [...analysis.tableNames],
  };
}

function unread(sql: string, found: Finding[]): Checked {
  const nothing = { outputColumns: [], tables: [], parameters: [], tableNames: [] };
  return { ...nothing, problems: inOrder(sql, found), requiredUsers: 1, query: null };
}

/** One problem a place: what the words break is not said again in other words. */
function inOrder(sql: string, found: Finding[]): Problem[] {
  const sorted = found.sort((one, other) => one.at.start - other.at.start);
  const first = sorted.filter(
    ({ at, severity }, index) =>
      severity === "warning" ||
      sorted.findIndex((one) => one.at.start === at.start && one.severity === "error") === index,
  );
  return first.map((finding) => problemOf(sql, finding));
}

async function bind(
  connection: DuckDBConnection,
  query: QueryNode,
  { analysis, options }: { analysis: Analysis; options: CheckOptions },
): Promise<{ types?: DataType[]; refusal?: Refusal }> {
  await createViews(connection, {
    names: analysis.tableNames,
    window: options.meaning.window,
    uploaded: options.lint.uploaded ?? [],
    load: options.load,
    withContributors: false,
  });
  try {
    const prepared = await connection.prepare(await writeSql(connection, query));
    const types = Array.from({ length: prepared.columnCount }, (_, index) =>
      dataTypeOf(prepared.columnType(index).toString()),
    );
    prepared.destroySync();
    return { types };
  } catch (error) {
    return { refusal: readRefusal(error) };
  }
}

function columnsOf({ columns }: Analysis, types: DataType[]): OutputColumn[] {
  return columns.map(({ name, threshold, metric, money }, index) => ({
    name,
    dataType: types[index] ?? "STRING",
    columnType: metric ? "METRIC" : "DIMENSION",
    threshold,
    ...(money?.factor === 1 && { unit: money.unit }),
  }));
}

function tablesOf({ tableNames }: Analysis, uploaded?: readonly AmcTable[]): string[] {
  const cased = (name: string) => uploaded?.find((table) => table.name.toLowerCase() === name)?.name ?? name;
  return [...new Set([...tableNames].map((name) => cased(readTableName(name).table)))].sort();
}

function syntaxFinding({ message, position }: Refusal, sql: string): Finding {
  const at = spanAt({ sql, tokens: readTokens(sql) }, position ?? 0);
  return {
    rule: "syntax",
    message: sentence(message),
    fix: "Check the words just before this place.",
    severity: "error",
    at,
  };
}

function bindingFinding(refusal: Refusal, subject: Subject): Finding {
  const ungrouped = /column "([^"]+)" must appear in the GROUP BY/.exec(refusal.message);
  const base = { severity: "error" as const };
  if (ungrouped?.[1]) {
    const message = `${ungrouped[1]} is neither grouped nor aggregated.`;
    return {
      ...base,
      rule: "ungrouped-column",
      message,
      fix: `Add ${ungrouped[1]} to GROUP BY, or aggregate it.`,
      at: placeOfName(ungrouped[1], subject),
    };
  }
  if (refusal.kind === "COLUMN_NOT_FOUND" && refusal.name) {
    const near = nearest(refusal.name, columnNames(subject)) ?? refusal.candidate;
    const message = `There is no column ${refusal.name} here.`;
    return {
      ...base,
      rule: "unknown-column",
      message,
      fix: near ? `Did you mean ${near}?` : "Name a column of the tables this SELECT reads.",
      at: placeOfName(refusal.name, subject),
    };
  }
  if (refusal.kind === "MISSING_ENTRY" && refusal.name) {
    const message = `There is no function ${refusal.name.toUpperCase()}.`;
    return {
      ...base,
      rule: "unknown-function",
      message,
      fix: "Use one of AMC's documented functions.",
      at: placeOfName(refusal.name, subject),
    };
  }
  return {
    ...base,
    rule: "binding",
    message: sentence(refusal.message),
    fix: "Check the names and types of this query.",
    at: spanAt(subject, 0),
  };
}

/** Where a name stands: first where nothing answers to it, else where it stands at all. */
function placeOfName(name: string, subject: Subject) {
  const wanted = name.toLowerCase();
  const named = subject.analysis.selects.flatMap(({ node, names }) =>
    expressionsOf(node)
      .filter(
        (one) => one.column_names?.at(-1)?.toLowerCase() === wanted || one.function_name?.toLowerCase() === wanted,
      )
      .map((one) => ({ one, known: one.column_names ? names.find(one.column_names) !== null : false })),
  );
  const found = named.find(({ known }) => !known) ?? named[0];
  return found ? whereIs(found.one, subject) : spanAt(subject, 0);
}

function columnNames({ analysis }: Subject): Set<string> {
  return new Set(
    analysis.selects.flatMap(({ relations }) => relations.flatMap(({ columns }) => columns.map(({ name }) => name))),
  );
}

/** DuckDB's first line, as a sentence. */
function sentence(message: string): string {
  const [line = ""] = message.split("\n");
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}${/[.!?]$/.test(line) ? "" : "."}`;
}
