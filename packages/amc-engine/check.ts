// The one way from a text to a query that may run: words, tree, rules, and DuckDB's own binding of names and types.
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Analysis, analyse } from "./analysis";
import { type QueryNode, replaceNodes } from "./ast";
import { bind, bindingFinding, syntaxFinding } from "./binding";
import type { AmcTable, DataType, Lint, LintOptions, OutputColumn, Problem } from "./contract";
import { parseSql } from "./database";
import { maskExtendedWindows, readTableName } from "./extended-window";
import { type Meaning, rewriteNode } from "./rewrite";
import { rules } from "./rules";
import { type Finding, problemOf, type Subject } from "./rules/finding";
import { parametersIn } from "./rules/request";
import { findInWords } from "./rules/words";
import type { LoadTable } from "./tables";
import { requiredUsers } from "./thresholds";
import { readTokens } from "./tokens";

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
  if (!parsed.ok) return unread(sql, inWords.length ? inWords : [syntaxFinding(parsed.refusal, { sql, tokens })]);
  const [query] = parsed.queries;
  if (!query || parsed.queries.length > 1) return unread(sql, inWords);
  const analysis = analyse(query, options.lint.uploaded);
  const subject: Subject = { sql, tokens, query, analysis, options: options.lint };
  const found = [...inWords, ...rules.flatMap((rule) => rule(subject))];
  const rewritten = replaceNodes(query, (node) => rewriteNode(node, options.meaning));
  const isWhole = analysis.unknownTables.length === 0 && analysis.foreign.length === 0;
  const bound = isWhole
    ? await bind(connection, rewritten, {
        names: analysis.tableNames,
        window: options.meaning.window,
        uploaded: options.lint.uploaded ?? [],
        load: options.load,
        withContributors: false,
      })
    : null;
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

/**
 * One error a place, and no warning beside it: what one rule says is not said again in other words. DuckDB's own words, which have no
 * place, stand alone or not at all.
 */
function inOrder(sql: string, found: Finding[]): Problem[] {
  const ours = found.filter(({ rule }) => rule !== "binding");
  const said = ours.some(({ severity }) => severity === "error") ? ours : found;
  const sorted = [...said].sort((one, other) => one.at.start - other.at.start);
  const kept = sorted.filter((finding) => {
    const error = sorted.find(({ at, severity }) => at.start === finding.at.start && severity === "error");
    return !error || error === finding;
  });
  return kept.map((finding) => problemOf(sql, finding));
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
