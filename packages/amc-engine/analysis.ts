// Follows columns through tables, joins, CTEs and subqueries: what each output column gives away, and every SELECT with its names, for the rules.
import {
  type Expression,
  expressionsIn,
  isSubquery,
  partsOf,
  type QueryNode,
  type Relation,
  type SelectNode,
} from "./ast";
import type { AmcTable } from "./contract";
import { readTableName } from "./extended-window";
import { findTable } from "./schema";
import { type Column, holdsAggregate, isStricter, type Names, strictest, traitOf } from "./traits";
import { moneyUnitOf } from "./units";

export interface ReadRelation {
  alias: string;
  columns: Column[];
  /** Set where it is a table itself, not a query. */
  table?: AmcTable;
  relation: Relation;
}

export interface ReadSelect {
  node: SelectNode;
  relations: ReadRelation[];
  names: Names;
  /** Its columns are the query's own. */
  final: boolean;
  columns: Column[];
}

/** A table name that is neither documented nor a CTE. */
export interface UnknownTable {
  name: string;
  relation: Relation;
}

export interface Analysis {
  columns: Column[];
  selects: ReadSelect[];
  unknownTables: UnknownTable[];
  /** Constructs of DuckDB that AMC does not have. */
  foreign: Relation[];
  /** Names of tables as the tree has them, those of wider windows among them. */
  tableNames: Set<string>;
}

interface Reader {
  analysis: Analysis;
  uploaded: readonly AmcTable[];
}

interface Place {
  ctes: ReadonlyMap<string, Column[]>;
  outer: Names | null;
  final: boolean;
}

export function analyse(query: QueryNode, uploaded: readonly AmcTable[] = []): Analysis {
  const analysis: Analysis = { columns: [], selects: [], unknownTables: [], foreign: [], tableNames: new Set() };
  analysis.columns = readQuery(query, { ctes: new Map(), outer: null, final: true }, { analysis, uploaded });
  return analysis;
}

function readQuery(query: QueryNode, place: Place, reader: Reader): Column[] {
  const ctes = new Map(place.ctes);
  for (const { key, value } of query.cte_map.map) {
    const columns = readQuery(value.query.node, { ...place, ctes, final: false }, reader);
    ctes.set(key.toLowerCase(), renamed(columns, value.aliases));
  }
  if (query.type === "SELECT_NODE") return readSelect(query, { ...place, ctes }, reader);
  if (query.type !== "SET_OPERATION_NODE") return [];
  const left = readQuery(query.left, { ...place, ctes }, reader);
  const right = readQuery(query.right, { ...place, ctes }, reader);
  return left.map((column, index) => stricterOf(column, right[index]));
}

function stricterOf(column: Column, other: Column | undefined): Column {
  if (!other || !isStricter(other.threshold, column.threshold)) return column;
  return { ...column, threshold: other.threshold, source: other.source };
}

function readSelect(node: SelectNode, place: Place, reader: Reader): Column[] {
  const relations = readRelations(node.from_table, place, reader);
  const subqueries = new Map<Expression, Column[]>();
  const aliases = new Map<string, Column>();
  const names: Names = {
    find: (wanted) =>
      findColumn(relations, wanted) ?? aliases.get(wanted[0]?.toLowerCase() ?? "") ?? place.outer?.find(wanted) ?? null,
    subquery: (expression) => subqueries.get(expression) ?? [],
  };
  if (isDistinctOn(node)) reader.analysis.foreign.push(node.from_table);
  for (const expression of expressionsOf(node)) {
    if (isSubquery(expression))
      subqueries.set(expression, readQuery(expression.subquery.node, { ...place, outer: names, final: false }, reader));
  }
  for (const read of relations) read.columns = unpackedColumns(read, names);
  const aggregated = isAggregated(node);
  const columns = node.select_list.flatMap((item, index) => {
    if (item.class === "STAR") return starColumns(relations, item);
    const metric = holdsAggregate(item) || (!aggregated && traitOf(item, names).metric);
    const column = { ...traitOf(item, names), metric, name: nameOf(item, index) };
    aliases.set(column.name.toLowerCase(), column);
    return [column];
  });
  reader.analysis.selects.push({ node, relations, names, final: place.final, columns });
  return columns;
}

/** Rows of a SELECT with an aggregate or a GROUP BY stand for many rows below. */
export function isAggregated(node: SelectNode): boolean {
  const held = [...node.select_list, ...(node.having ? [node.having] : [])];
  return (
    node.group_sets.length > 0 || node.group_expressions.length > 0 || node.having !== null || held.some(holdsAggregate)
  );
}

/** Every expression of a SELECT, those inside others too; subqueries only as such. */
export function expressionsOf(node: SelectNode): Expression[] {
  const { select_list, where_clause, group_expressions, having, qualify, modifiers } = node;
  const top = expressionsIn([
    select_list,
    heldBy(node.from_table),
    where_clause,
    group_expressions,
    having,
    qualify,
    modifiers,
  ]);
  const within = (expression: Expression): Expression[] => [expression, ...partsOf(expression).flatMap(within)];
  return top.flatMap(within);
}

/** What a FROM holds besides tables and queries: conditions of joins, rows of VALUES, lists to unpack. */
function heldBy(relation: Relation): unknown[] {
  if (relation.type === "JOIN") return [heldBy(relation.left), heldBy(relation.right), relation.condition];
  return relation.type === "BASE_TABLE" || relation.type === "SUBQUERY" ? [] : [relation.values, relation.function];
}

function isDistinctOn({ modifiers }: SelectNode): boolean {
  return modifiers.some(({ distinct_on_targets: targets }) => Array.isArray(targets) && targets.length > 0);
}

function readRelations(relation: Relation, place: Place, reader: Reader): ReadRelation[] {
  switch (relation.type) {
    case "JOIN":
      if (!isNative(relation)) reader.analysis.foreign.push(relation);
      return [...readRelations(relation.left, place, reader), ...readRelations(relation.right, place, reader)];
    case "SUBQUERY": {
      const columns = readQuery(relation.subquery.node, { ...place, final: false }, reader);
      return [{ alias: relation.alias, columns: renamed(columns, relation.column_name_alias), relation }];
    }
    case "BASE_TABLE":
      return [readTable(relation, place, reader)];
    default:
      if (!isNative(relation)) reader.analysis.foreign.push(relation);
      return [{ alias: relation.alias, columns: namelessColumns(relation), relation }];
  }
}

function readTable(
  relation: Relation & { type: "BASE_TABLE" },
  place: Place,
  { analysis, uploaded }: Reader,
): ReadRelation {
  const cte = place.ctes.get(relation.table_name.toLowerCase());
  const reading = readTableName(relation.table_name);
  const alias = relation.alias || reading.table;
  const aliases = relation.column_name_alias;
  if (cte && !relation.schema_name) return { alias, columns: renamed(cte, aliases), relation };
  const table = relation.schema_name || relation.catalog_name ? undefined : findTable(reading.table, uploaded);
  if (!table) {
    analysis.unknownTables.push({ name: reading.table, relation });
    return { alias, columns: [], relation };
  }
  analysis.tableNames.add(relation.table_name.toLowerCase());
  return { alias, columns: renamed(columnsOf(table), aliases), table, relation };
}

function columnsOf(table: AmcTable): Column[] {
  return table.columns.map(({ name, threshold, columnType }) => {
    const unit = moneyUnitOf(table.name, name);
    const money = unit && { unit, factor: 1, inverted: false, shared: false };
    return { name, threshold, metric: columnType === "METRIC", money, source: name };
  });
}

const unpacking = new Set(["unnest", "explode"]);
const joins = new Set(["INNER", "LEFT", "RIGHT", "OUTER", "FULL"]);

/** Besides tables and queries AMC has VALUES, UNNEST, plain joins of them, and no FROM at all. */
function isNative(relation: Relation): boolean {
  if (relation.type === "JOIN") return joins.has(relation.join_type) && /^(REGULAR|CROSS)$/.test(relation.ref_type);
  if (relation.type === "TABLE_FUNCTION") return unpacking.has(relation.function?.function_name ?? "");
  return relation.type === "EXPRESSION_LIST" || relation.type === "EMPTY";
}

/** The columns of VALUES and UNNEST, before it is known what they give away. */
function namelessColumns(relation: Relation): Column[] {
  if (relation.type !== "EXPRESSION_LIST" && relation.type !== "TABLE_FUNCTION") return [];
  const count = relation.values?.[0]?.length ?? 1;
  const blank: Column[] = Array.from({ length: count }, (_, index) => ({
    name: relation.type === "TABLE_FUNCTION" ? relation.alias || "unnest" : `col${index}`,
    threshold: "NONE",
    metric: false,
    money: null,
    source: null,
  }));
  return renamed(blank, relation.column_name_alias ?? []);
}

/** A column of VALUES gives away what stands in its rows, one of UNNEST what its list does. */
function unpackedColumns({ relation, columns }: ReadRelation, names: Names): Column[] {
  if (relation.type !== "EXPRESSION_LIST" && relation.type !== "TABLE_FUNCTION") return columns;
  return columns.map((column, index) => {
    const held = relation.values
      ? relation.values.flatMap((row) => row[index] ?? [])
      : (relation.function?.children ?? []);
    return { ...strictest(held, names), metric: false, name: column.name };
  });
}

function renamed(columns: Column[], aliases: string[]): Column[] {
  return columns.map((column, index) => ({ ...column, name: aliases[index] ?? column.name }));
}

/** By table and column, or by column; what follows is a field of it. */
function findColumn(relations: ReadRelation[], wanted: string[]): Column | null {
  const [first = "", second = ""] = wanted.map((part) => part.toLowerCase());
  const named = (columns: Column[], name: string) => columns.find((column) => column.name.toLowerCase() === name);
  const among = relations.filter(({ alias }) => alias.toLowerCase() === first).flatMap(({ columns }) => columns);
  return (
    named(among, second) ??
    named(
      relations.flatMap(({ columns }) => columns),
      first,
    ) ??
    null
  );
}

function starColumns(relations: ReadRelation[], star: Expression): Column[] {
  const of = String(star.relation_name ?? "").toLowerCase();
  return relations.filter(({ alias }) => !of || alias.toLowerCase() === of).flatMap(({ columns }) => columns);
}

function nameOf(item: Expression, index: number): string {
  return item.alias || item.column_names?.at(-1) || item.function_name || `column_${index + 1}`;
}
