// SQL as a question: only where writing the question back gives the same query, else the first part that the builder has no place for.
import type { Expression, QueryNode, Relation } from "../amc-engine/ast";
import { parse } from "../amc-engine/parse";
import { type Canonical, canonical, isSelect, textOf } from "./canonical";
import { checkQuestion } from "./check";
import { type Fields, fieldsOf, type Table } from "./fields";
import { BuiltQuestion, type Metric } from "./model";
import { readFrom } from "./read-from";
import { readItems, readMetric } from "./read-metrics";
import { readRules } from "./read-rules";
import { refOf, undivided } from "./read-values";
import { Unbuildable } from "./unbuildable";
import { writeSql } from "./write-sql";

export type Reading =
  | { question: BuiltQuestion; reason: null }
  /** A whole sentence; `line` counts from 1, null where it is about the whole. */
  | { question: null; reason: string; line: number | null };

export async function readSql(sql: string, tables: readonly Table[]): Promise<Reading> {
  try {
    const tree = await treeOf(sql, tables);
    const question = readQuestion(tree, tables);
    const [problem] = checkQuestion(question, tables);
    if (problem) throw new Unbuildable(problem.message);
    const difference = differenceOf(tree, await treeOf(writeSql(question, tables), tables));
    if (difference) throw new Unbuildable(`The builder would write ${difference} in another way.`);
    return { question, reason: null };
  } catch (error) {
    if (!(error instanceof Unbuildable)) throw error;
    return { question: null, reason: error.message, line: error.at && lineAt(sql, Number(error.at.value)) };
  }
}

async function treeOf(sql: string, tables: readonly Table[]): Promise<Canonical> {
  const parsed = await parse(sql);
  if (!parsed.ok) throw new Unbuildable("The SQL cannot be read yet: put right what AMC would refuse first.");
  const [query, ...more] = parsed.queries;
  if (!query || more.length > 0) throw new Unbuildable("The builder holds one SELECT.");
  return selectOf(query, tables);
}

function selectOf(query: QueryNode, tables: readonly Table[]): Canonical {
  const ctes = query.cte_map.map.map(({ key }) => key);
  if (ctes.length > 0) throw new Unbuildable(`The builder has no WITH: ${ctes.join(", ")}.`);
  if (!isSelect(query)) throw new Unbuildable("The builder has no UNION.");
  return canonical(query, tables);
}

function readQuestion(tree: Canonical, tables: readonly Table[]): BuiltQuestion {
  refuseOthers(tree);
  const from = readFrom(tree.from_table as Relation, { tables, others: refuseOthers });
  const fields = fieldsOf(from, tables);
  const { groups, metrics } = readItems(tree, fields);
  const read = BuiltQuestion.safeParse({
    ...from,
    groups,
    metrics,
    where: readRules(tree.where_clause, (expression) => refOf(undivided(expression), fields)),
    having: readRules(tree.having, (expression) => metricOf(expression, { metrics, fields })),
  });
  if (!read.success) throw new Unbuildable(tooMuch(read.error.issues[0]?.message));
  return read.data;
}

const tooMuch = (said = ""): string =>
  `The question is larger than the builder holds, or named otherwise than it names. ${said}`.trim();

/** HAVING may compare what is worked out only. */
function metricOf(expression: Expression, { metrics, fields }: { metrics: Metric[]; fields: Fields }): string {
  const { value, per } = readMetric(expression, fields);
  const metric = metrics.find((one) => textOf([one.value, one.per]) === textOf([value, per]));
  if (!metric)
    throw new Unbuildable(
      "The builder compares in HAVING what is worked out in the SELECT only.",
      expression.query_location,
    );
  return metric.name;
}

interface Others {
  modifiers: { type: string }[];
  qualify: Expression | null;
  sample: unknown;
  cte_map: { map: unknown[] };
  group_sets: unknown[];
}

/** What else a SELECT may hold has no place in a question. */
function refuseOthers({ others }: Canonical): void {
  const { modifiers, qualify, sample, cte_map, group_sets } = others as Others;
  const words: [boolean, string][] = [
    [cte_map.map.length > 0, "WITH"],
    [modifiers.some(({ type }) => type === "DISTINCT_MODIFIER"), "SELECT DISTINCT"],
    [modifiers.some(({ type }) => type === "ORDER_MODIFIER"), "ORDER BY"],
    [modifiers.length > 0, "LIMIT"],
    [qualify !== null, "QUALIFY"],
    [sample !== null, "SAMPLE"],
    [group_sets.length > 0, "ROLLUP, CUBE or GROUPING SETS"],
  ];
  const found = words.find(([is]) => is);
  if (found) throw new Unbuildable(`The builder has no ${found[1]}.`);
}

const parts: [keyof Canonical, string][] = [
  ["select_list", "the columns"],
  ["from_table", "FROM"],
  ["where_clause", "WHERE"],
  ["group_expressions", "GROUP BY"],
  ["having", "HAVING"],
  ["others", "the rest"],
];

/** The first part in which two queries are not the same. */
function differenceOf(one: Canonical, other: Canonical): string | null {
  return parts.find(([part]) => textOf(one[part]) !== textOf(other[part]))?.[1] ?? null;
}

function lineAt(sql: string, bytes: number): number | null {
  const all = new TextEncoder().encode(sql);
  if (bytes > all.length) return null;
  return new TextDecoder().decode(all.subarray(0, bytes)).split("\n").length;
}
