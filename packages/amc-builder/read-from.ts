// FROM as the source and its joins.
import type { BaseTable, Expression, Relation } from "../amc-engine/ast";
import type { Canonical } from "./canonical";
import { columnsOf, type Fields, type Table, tableNamed } from "./fields";
import type { Join } from "./model";
import { type Items, readItems } from "./read-metrics";
import { readRules } from "./read-rules";
import { refOf, undivided } from "./read-values";
import { Unbuildable } from "./unbuildable";

export interface From {
  source: string;
  joins: Join[];
}

type JoinRelation = Relation & { type: "JOIN" };
type Read = (node: Canonical) => void;

/** @param others refuses what no SELECT of a question has */
export function readFrom(relation: Relation, { tables, others }: { tables: readonly Table[]; others: Read }): From {
  const joins: JoinRelation[] = [];
  let first = relation;
  while (first.type === "JOIN") {
    joins.unshift(first);
    first = first.left;
  }
  const source = tableOf(first, tables);
  return { source: source.name, joins: joins.map((join) => readJoin(join, { source, tables, others })) };
}

function tableOf(relation: Relation, tables: readonly Table[]): Table {
  const name = relation.type === "BASE_TABLE" ? nameOf(relation) : null;
  if (name === null)
    throw new Unbuildable("The builder reads from a table, not from a query.", relation.query_location);
  const table = tableNamed(tables, name);
  if (!table) throw new Unbuildable(`The builder knows no table ${name}.`, relation.query_location);
  return table;
}

function nameOf({ table_name: name, query_location }: BaseTable): string {
  if (name.includes("~")) throw new Unbuildable("The builder has no EXTEND_TIME_WINDOW.", query_location);
  return name.toLowerCase();
}

interface Place {
  source: Table;
  tables: readonly Table[];
  others: Read;
}

function readJoin(relation: JoinRelation, { source, tables, others }: Place): Join {
  const { right, join_type: kind, condition, query_location } = relation;
  if (kind !== "INNER" && kind !== "LEFT")
    throw new Unbuildable("The builder joins with INNER or LEFT JOIN.", query_location);
  const node = right.type === "SUBQUERY" ? (right.subquery as unknown as Canonical) : null;
  if (!node || right.type !== "SUBQUERY" || !("select_list" in node))
    throw new Unbuildable(
      "The builder joins a table summed up by the key: (SELECT key, ... GROUP BY key).",
      query_location,
    );
  others(node);
  if (node.having)
    throw new Unbuildable(
      "The builder has no HAVING within a join: it takes a rule on the join's numbers.",
      node.having.query_location,
    );
  const table = tableOf(node.from_table as Relation, tables);
  const own = columnsOf(table, false);
  const { groups, metrics } = readItems(node, own);
  const where = readRules(node.where_clause, (expression) => refOf(undivided(expression), own));
  const key = readKey(condition, {
    name: right.alias,
    there: keyOf(groups),
    fields: columnsOf(source, false),
    query_location,
  });
  return { name: right.alias, table: table.name, kind, key, metrics, where };
}

/** The one column that the table is summed up by. */
function keyOf(groups: Items["groups"]): string | null {
  const [only, ...more] = groups;
  return only?.kind === "column" && only.name === only.field && more.length === 0 ? only.field : null;
}

function readKey(
  condition: Expression | null,
  {
    name,
    there,
    fields,
    query_location,
  }: { name: string; there: string | null; fields: Fields; query_location: Expression["query_location"] },
): Join["key"] {
  const sides =
    condition?.type === "COMPARE_EQUAL" ? [condition.left as Expression, condition.right as Expression] : [];
  const other = sides.find((side) => side.column_names?.join(".") !== `${name}.${there}`);
  if (there === null || sides.length < 2 || !other || sides.every((side) => side === other))
    throw new Unbuildable(
      `The builder joins on one column: ON ${name || "b"}.${there ?? "key"} = a column of the source.`,
      query_location,
    );
  return { here: refOf(other, fields), there };
}
