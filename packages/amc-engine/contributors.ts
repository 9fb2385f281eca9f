// Makes every relation of a query carry who stands behind each of its rows: a last column of hashed user ids. Tables have it from their views, joins
// put both sides' together, aggregates gather their rows', and what merges rows (DISTINCT, UNION) merges them too.

import { LosslessNumber } from "lossless-json";
import { isAggregated } from "./analysis";
import {
  call,
  cast,
  columnRef,
  type Expression,
  listOf,
  type QueryNode,
  type Relation,
  type SelectNode,
  type SetOperation,
  selectFrom,
  textConstant,
} from "./ast";
import { contributors } from "./tables";

/** The query with the column of contributors at its end. Stars other than those of VALUES are refused before. */
export function withContributors(query: QueryNode): QueryNode {
  const cte_map = { map: query.cte_map.map.map((entry) => ({ ...entry, value: carryingCte(entry.value) })) };
  if (query.type === "SELECT_NODE") return carryingSelect({ ...query, cte_map });
  const both: SetOperation = {
    ...query,
    cte_map,
    left: withContributors(query.left),
    right: withContributors(query.right),
    setop_all: true,
  };
  return query.setop_all ? both : merged(both, columnCount(query));
}

type Cte = QueryNode["cte_map"]["map"][number]["value"];

function carryingCte(cte: Cte): Cte {
  const query = { ...cte.query, node: withContributors(cte.query.node) };
  return { ...cte, query, aliases: withName(cte.aliases) };
}

function carryingSelect(node: SelectNode): QueryNode {
  const from_table = carryingRelation(node.from_table);
  const held = contributorsOf(from_table) ?? cast(textConstant(null), listOf({ id: "UBIGINT", type_info: null }));
  const carried = isAggregated(node) ? gathered(held) : held;
  const select: SelectNode = {
    ...node,
    from_table,
    select_list: [...node.select_list, { ...carried, alias: contributors }],
  };
  const modifiers = node.modifiers.filter(({ type }) => type !== "DISTINCT_MODIFIER");
  if (modifiers.length === node.modifiers.length) return select;
  return merged({ ...select, modifiers }, columnCount(node));
}

/** `path`: the relation's place among those it is joined with, which names it where the text does not. */
function carryingRelation(relation: Relation, path = "__from"): Relation {
  switch (relation.type) {
    case "JOIN": {
      const [left, right] = [
        carryingRelation(relation.left, `${path}_l`),
        carryingRelation(relation.right, `${path}_r`),
      ];
      return { ...relation, left, right };
    }
    case "SUBQUERY":
      return {
        ...relation,
        alias: relation.alias || path,
        column_name_alias: withName(relation.column_name_alias),
        subquery: { ...relation.subquery, node: withContributors(relation.subquery.node) },
      };
    default:
      return relation;
  }
}

function contributorsOf(relation: Relation): Expression | null {
  if (relation.type === "BASE_TABLE" || relation.type === "SUBQUERY") return columnRef(relation.alias, contributors);
  if (relation.type !== "JOIN") return null;
  const sides = [contributorsOf(relation.left), contributorsOf(relation.right)].filter((side) => side !== null);
  return sides.length === 2 ? call("list_concat", sides) : (sides[0] ?? null);
}

/** The distinct contributors of all rows of a group; NULL where no table of theirs has users. */
function gathered(held: Expression): Expression {
  return call("list_distinct", [call("flatten", [call("list", [held])])]);
}

/** One row for equal rows, with the contributors of all of them. */
function merged(query: QueryNode, count: number): QueryNode {
  const names = Array.from({ length: count }, (_, index) => `__c${index}`);
  const outer = selectFrom(query, "__merged");
  const from_table = { ...outer.from_table, column_name_alias: [...names, contributors] } as Relation;
  const columns = names.map((name) => columnRef("__merged", name));
  const labels = columnLabels(query);
  return {
    ...outer,
    from_table,
    select_list: [
      ...columns.map((column, index) => ({ ...column, alias: labels[index] ?? "" })),
      { ...gathered(columnRef("__merged", contributors)), alias: contributors },
    ],
    group_expressions: columns,
    group_sets: [names.map((_, index) => new LosslessNumber(String(index)))],
  };
}

function columnLabels(query: QueryNode): string[] {
  if (query.type === "SET_OPERATION_NODE") return columnLabels(query.left);
  return query.select_list.map((item) => item.alias || (item.column_names?.at(-1) ?? ""));
}

function columnCount(query: QueryNode): number {
  if (query.type === "SET_OPERATION_NODE") return columnCount(query.left);
  const values = query.from_table.type === "EXPRESSION_LIST" ? query.from_table.values?.[0]?.length : undefined;
  return values ?? query.select_list.length;
}

function withName(aliases: string[]): string[] {
  return aliases.length ? [...aliases, contributors] : [];
}
