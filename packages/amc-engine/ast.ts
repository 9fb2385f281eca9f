// DuckDB's own syntax tree, as json_serialize_sql writes it: the parts that are read or made here.
// Numbers in it are lossless: places are 64-bit, and 1.0 is not 1.
import { isLosslessNumber, LosslessNumber } from "lossless-json";

export interface Expression {
  class: string;
  type: string;
  alias: string;
  query_location: LosslessNumber;
  column_names?: string[];
  function_name?: string;
  children?: Expression[];
  [part: string]: unknown;
}

export interface FunctionCall extends Expression {
  function_name: string;
  children: Expression[];
}

export interface Statement {
  node: QueryNode;
  named_param_map: unknown[];
}

export interface SelectNode {
  type: "SELECT_NODE";
  modifiers: { type: string; [part: string]: unknown }[];
  cte_map: CteMap;
  select_list: Expression[];
  from_table: Relation;
  where_clause: Expression | null;
  group_expressions: Expression[];
  group_sets: LosslessNumber[][];
  aggregate_handling: string;
  having: Expression | null;
  qualify: Expression | null;
  sample: unknown;
}

export interface SetOperation {
  type: "SET_OPERATION_NODE";
  modifiers: { type: string; [part: string]: unknown }[];
  cte_map: CteMap;
  setop_type: string;
  setop_all: boolean;
  left: QueryNode;
  right: QueryNode;
}

export type QueryNode = SelectNode | SetOperation;

export interface CteMap {
  map: { key: string; value: { aliases: string[]; query: Statement; [part: string]: unknown } }[];
}

export interface BaseTable {
  type: "BASE_TABLE";
  alias: string;
  schema_name: string;
  catalog_name: string;
  table_name: string;
  column_name_alias: string[];
  query_location: LosslessNumber;
}

export interface Subquery {
  type: "SUBQUERY";
  alias: string;
  subquery: Statement;
  column_name_alias: string[];
  query_location: LosslessNumber;
}

export interface Join {
  type: "JOIN";
  alias: string;
  left: Relation;
  right: Relation;
  condition: Expression | null;
  join_type: string;
  ref_type: string;
  using_columns: string[];
  query_location: LosslessNumber;
}

/** VALUES, UNNEST in FROM, or no FROM at all. */
export interface OtherRelation {
  type: "EXPRESSION_LIST" | "TABLE_FUNCTION" | "EMPTY";
  alias: string;
  column_name_alias?: string[];
  values?: Expression[][];
  function?: FunctionCall;
  query_location: LosslessNumber;
}

export type Relation = BaseTable | Subquery | Join | OtherRelation;

/** A place that is in no text, for what is made here. */
const nowhere = new LosslessNumber("18446744073709551615");

export function columnRef(...names: string[]): Expression {
  return { class: "COLUMN_REF", type: "COLUMN_REF", alias: "", query_location: nowhere, column_names: names };
}

export function call(name: string, children: Expression[], distinct = false): FunctionCall {
  return {
    class: "FUNCTION",
    type: "FUNCTION",
    alias: "",
    query_location: nowhere,
    function_name: name,
    schema: "",
    children,
    filter: null,
    order_bys: { type: "ORDER_MODIFIER", orders: [] },
    distinct,
    is_operator: false,
    export_state: false,
    catalog: "",
  };
}

export function textConstant(value: string | null): Expression {
  const type = { id: value === null ? "NULL" : "VARCHAR", type_info: null };
  const said = value === null ? { type, is_null: true } : { type, is_null: false, value };
  return { class: "CONSTANT", type: "VALUE_CONSTANT", alias: "", query_location: nowhere, value: said };
}

export interface CastType {
  id: string;
  type_info: unknown;
}

export function cast(child: Expression, type: CastType): Expression {
  return {
    class: "CAST",
    type: "OPERATOR_CAST",
    alias: "",
    query_location: nowhere,
    child,
    cast_type: type,
    try_cast: false,
  };
}

export function listOf(type: CastType): CastType {
  return { id: "LIST", type_info: { type: "LIST_TYPE_INFO", extension_info: null, child_type: type } };
}

/** A SELECT of everything a relation has, to be narrowed by its maker. */
export function selectFrom(query: QueryNode, alias: string): SelectNode {
  const from: Subquery = {
    type: "SUBQUERY",
    alias,
    subquery: { node: query, named_param_map: [] },
    column_name_alias: [],
    query_location: nowhere,
  };
  return {
    type: "SELECT_NODE",
    modifiers: [],
    cte_map: { map: [] },
    select_list: [],
    from_table: { ...from, sample: null } as Subquery,
    where_clause: null,
    group_expressions: [],
    group_sets: [],
    aggregate_handling: "STANDARD_HANDLING",
    having: null,
    qualify: null,
    sample: null,
  };
}

export function isCall(node: Expression): node is FunctionCall {
  return node.class === "FUNCTION";
}

export function isSubquery(node: Expression): node is Expression & { subquery: Statement; child: Expression | null } {
  return node.class === "SUBQUERY";
}

/** What a text constant says; null where the expression is none. */
export function textOf(node: Expression | undefined): string | null {
  const held = node?.class === "CONSTANT" ? (node.value as { value?: unknown }).value : null;
  return typeof held === "string" ? held : null;
}

/** The number a constant stands for, also where it is negated; null where the expression is none. */
export function numberOf(node: Expression | undefined): number | null {
  if (node?.class !== "CONSTANT") return null;
  const { type, value } = node.value as { type: CastType; value?: unknown };
  if (!isLosslessNumber(value)) return null;
  const scale = type.id === "DECIMAL" ? Number((type.type_info as { scale: LosslessNumber }).scale) : 0;
  return Number(value.value) / 10 ** scale;
}

/** The expressions directly inside one, those of subqueries left out. */
export function partsOf(node: Expression): Expression[] {
  return Object.entries(node).flatMap(([part, held]) => (part === "subquery" ? [] : expressionsIn(held)));
}

/** The outermost expressions held anywhere in a part of a tree. */
export function expressionsIn(held: unknown): Expression[] {
  if (Array.isArray(held)) return held.flatMap(expressionsIn);
  if (held === null || typeof held !== "object" || isLosslessNumber(held)) return [];
  return isExpression(held) ? [held] : Object.values(held).flatMap(expressionsIn);
}

function isExpression(held: object): held is Expression {
  return "class" in held && "query_location" in held;
}

export type Node = Expression | Relation;

/** Replaces expressions and relations anywhere in a tree, the innermost first; `replace` answers with the node itself to keep it. */
export function replaceNodes<T>(tree: T, replace: (node: Node) => Node): T {
  if (Array.isArray(tree)) return tree.map((held) => replaceNodes(held, replace)) as T;
  if (tree === null || typeof tree !== "object" || isLosslessNumber(tree)) return tree;
  const parts = Object.entries(tree).map(([part, held]) => [part, replaceNodes(held as unknown, replace)]);
  const copy = Object.fromEntries(parts) as object;
  return ("query_location" in copy ? replace(copy as Node) : copy) as T;
}
