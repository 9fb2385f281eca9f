// One tree for all spellings of a SELECT: no places, names in small letters, columns of the source without its name, GROUP BY and HAVING
// without ordinals and aliases. Queries of equal trees mean the same.
import { isLosslessNumber } from "lossless-json";
import {
  type Expression,
  numberOf,
  type QueryNode,
  type Relation,
  replaceNodes,
  type SelectNode,
} from "../amc-engine/ast";
import { type Table, tableNamed } from "./fields";

export interface Canonical extends Pick<SelectNode, "select_list" | "where_clause" | "having" | "group_expressions"> {
  from_table: unknown;
  /** All else of the SELECT. */
  others: unknown;
}

/** The parts of a SELECT in the one spelling; subqueries within FROM are made so, too. */
export function canonical(node: SelectNode, tables: readonly Table[]): Canonical {
  const own = sourceNames(node.from_table);
  const columns = columnNames(node.from_table, tables);
  const { from_table, ...written } = node;
  const plain = <T>(part: T): T => replaceNodes(part, (held) => ("class" in held ? plainExpression(held, own) : held));
  const { select_list, where_clause, group_expressions, having, group_sets, ...others } = plain(written);
  const items = select_list.map((item) => ({ ...item, alias: nameOf(item) }));
  const meant = (held: Expression) => withoutAlias(held, { items, columns });
  return {
    select_list: items,
    from_table: plainRelation(from_table, { tables, plain }),
    where_clause,
    group_expressions: group_expressions
      .map((group) => ({ ...(atOrdinal(group, items) ?? meant(group)), alias: "" }))
      .sort((one, other) => textOf(one).localeCompare(textOf(other))),
    having: having && replaceNodes(having, (held) => ("class" in held ? meant(held) : held)),
    others: { ...others, group_sets: isWhole(group_sets, group_expressions.length) ? [] : group_sets },
  };
}

/** As a text to compare; places fall away. */
export function textOf(part: unknown): string {
  return JSON.stringify(part, (key, value: unknown) => {
    if (key === "query_location") return undefined;
    return isLosslessNumber(value) ? value.value : value;
  });
}

/** What an item is called in the answer. */
const nameOf = (item: Expression): string => item.alias || (item.column_names?.at(-1) ?? "");

/** What the columns of the first table may be qualified by. */
export function sourceNames(relation: Relation): string[] {
  if (relation.type === "JOIN") return sourceNames(relation.left);
  if (relation.type !== "BASE_TABLE") return [];
  return [(relation.alias || relation.table_name).toLowerCase()];
}

function plainExpression(expression: Expression, own: string[]): Expression {
  if (expression.class === "COLUMN_REF") {
    const names = (expression.column_names ?? []).map((name) => name.toLowerCase());
    const isOwn = names.length === 2 && own.includes(names[0] ?? "");
    return { ...expression, column_names: isOwn ? names.slice(1) : names };
  }
  if (expression.function_name) return { ...expression, function_name: expression.function_name.toLowerCase() };
  return expression;
}

/** GROUP BY 1 stands for the first item. */
function atOrdinal(group: Expression, items: Expression[]): Expression | undefined {
  const ordinal = group.class === "CONSTANT" ? numberOf(group) : null;
  return ordinal === null ? undefined : items[ordinal - 1];
}

/** An alias stands for its item where no column has the name: a column comes first. */
function withoutAlias(held: Expression, { items, columns }: { items: Expression[]; columns: Set<string> }): Expression {
  const { class: kind, column_names: [name = "", ...more] = [] } = held;
  if (kind !== "COLUMN_REF" || more.length > 0 || columns.has(name)) return held;
  const item = items.find(({ alias }) => alias.toLowerCase() === name);
  return item ? { ...item, alias: held.alias } : held;
}

/** What a name without a table may be in a SELECT. */
function columnNames(relation: Relation, tables: readonly Table[]): Set<string> {
  if (relation.type === "JOIN")
    return new Set([...columnNames(relation.left, tables), ...columnNames(relation.right, tables)]);
  if (relation.type === "BASE_TABLE")
    return new Set(tableNamed(tables, relation.table_name.toLowerCase())?.columns.map(({ name }) => name));
  const node = relation.type === "SUBQUERY" ? relation.subquery.node : null;
  return new Set(node && isSelect(node) ? node.select_list.map((item) => nameOf(item).toLowerCase()) : []);
}

/** One set of all groups: no ROLLUP and the like. */
function isWhole(sets: SelectNode["group_sets"], count: number): boolean {
  const [set, ...more] = sets;
  return more.length === 0 && (set?.length ?? 0) === count;
}

interface Spelling {
  tables: readonly Table[];
  /** Of the SELECT that joins; a query within FROM has names of its own. */
  plain(condition: Expression): Expression;
}

function plainRelation(relation: Relation, spelling: Spelling): unknown {
  if (relation.type === "JOIN") {
    const { left, right, condition } = relation;
    const [one, other] = [plainRelation(left, spelling), plainRelation(right, spelling)];
    return { ...relation, left: one, right: other, condition: condition && sides(spelling.plain(condition)) };
  }
  if (relation.type === "BASE_TABLE") return { ...relation, alias: "", table_name: relation.table_name.toLowerCase() };
  if (relation.type !== "SUBQUERY") return relation;
  const { node } = relation.subquery;
  const subquery = isSelect(node) ? canonical(node, spelling.tables) : node;
  return { ...relation, alias: relation.alias.toLowerCase(), subquery };
}

export const isSelect = (node: QueryNode): node is SelectNode => node.type === "SELECT_NODE";

/** a = b is b = a. */
function sides(condition: Expression): Expression {
  if (condition.type !== "COMPARE_EQUAL") return condition;
  const [left, right] = [condition.left, condition.right].sort((a, b) => textOf(a).localeCompare(textOf(b)));
  return { ...condition, left, right };
}
