// A second, plain evaluator for tests. Each operation answers with SQL and, worked out by hand in memory, the rows it must have and who stands
// behind each. Nothing here looks at how the engine does it.
import type { ThresholdClass } from "../contract";

export type Plain = string | number | null;

export interface Row {
  values: Record<string, Plain>;
  users: ReadonlySet<string>;
}

export interface Query {
  sql: string;
  /** Classes of the columns, in their order. */
  columns: Record<string, ThresholdClass>;
  rows: Row[];
}

export interface Aggregate {
  name: string;
  of: "COUNT" | "COUNT DISTINCT" | "SUM" | "MAX" | "MIN";
  column: string;
}

export interface TableRows {
  table: string;
  columns: Record<string, ThresholdClass>;
  rows: Record<string, Plain>[];
}

export function scan({ table, columns, rows }: TableRows): Query {
  const names = Object.keys(columns);
  return {
    sql: `SELECT ${names.join(", ")} FROM ${table}`,
    columns,
    rows: rows.map((row) => ({
      values: Object.fromEntries(names.map((name) => [name, row[name] ?? null])),
      users: new Set(typeof row.user_id === "string" ? [row.user_id] : []),
    })),
  };
}

export function where(query: Query, column: string, atLeast: number): Query {
  const kept = query.rows.filter(({ values }) => compare(values[column], atLeast));
  return {
    ...query,
    sql: `SELECT ${names(query)} FROM (${query.sql}) AS kept WHERE ${column} >= ${atLeast}`,
    rows: kept,
  };
}

export function joined(left: Query, right: Query, { on, kind }: { on: string; kind: "INNER" | "LEFT" }): Query {
  const fromRight = Object.keys(right.columns).filter((name) => !(name in left.columns));
  const columns = { ...left.columns, ...pick(right.columns, fromRight) };
  const selected = [...Object.keys(left.columns).map((name) => `l.${name}`), ...fromRight.map((name) => `r.${name}`)];
  const rows = left.rows.flatMap((one) => {
    const matches = right.rows.filter(({ values }) => values[on] !== null && values[on] === one.values[on]);
    const unmatched = kind === "LEFT" && matches.length === 0 ? [{ values: {}, users: new Set<string>() }] : [];
    return [...matches, ...unmatched].map((other: Row) => ({
      values: { ...one.values, ...Object.fromEntries(fromRight.map((name) => [name, other.values[name] ?? null])) },
      users: new Set([...one.users, ...other.users]),
    }));
  });
  return {
    sql: `SELECT ${selected.join(", ")} FROM (${left.sql}) AS l ${kind} JOIN (${right.sql}) AS r ON l.${on} = r.${on}`,
    columns,
    rows,
  };
}

export function united(one: Query, other: Query, { all }: { all: boolean }): Query {
  const shared = Object.keys(one.columns).filter((name) => name in other.columns);
  const [first, second] = [one, other].map((query) => ({ ...query, columns: pick(query.columns, shared) })) as [
    Query,
    Query,
  ];
  const columns = Object.fromEntries(shared.map((name) => [name, stricter(first.columns[name], second.columns[name])]));
  const rows = [...first.rows, ...second.rows].map((row) => ({ ...row, values: pick(row.values, shared) }));
  const sides = [first, second].map((query) => `SELECT ${names(query)} FROM (${query.sql}) AS side`);
  return { sql: sides.join(all ? " UNION ALL " : " UNION "), columns, rows: all ? rows : mergeEqual(rows) };
}

export function distinct(query: Query, wanted: string[]): Query {
  const rows = query.rows.map((row) => ({ ...row, values: pick(row.values, wanted) }));
  return {
    sql: `SELECT DISTINCT ${wanted.join(", ")} FROM (${query.sql}) AS every`,
    columns: pick(query.columns, wanted),
    rows: mergeEqual(rows),
  };
}

/** The first row of each partition by an order without ties; rows without a partition value are one partition. */
export function firstOfEach(query: Query, { partition, order }: { partition: string; order: string }): Query {
  const first = new Map<Plain, Row>();
  for (const row of query.rows) {
    const held = first.get(row.values[partition] ?? null);
    if (!held || Number(row.values[order]) < Number(held.values[order])) first.set(row.values[partition] ?? null, row);
  }
  const ranked = `SELECT ${names(query)}, ROW_NUMBER() OVER (PARTITION BY ${partition} ORDER BY ${order}) AS place FROM (${query.sql}) AS rows_in`;
  return {
    ...query,
    sql: `SELECT ${names(query)} FROM (${ranked}) AS ranked WHERE place = 1`,
    rows: [...first.values()],
  };
}

export function grouped(query: Query, by: string[], aggregates: Aggregate[], having?: number): Query {
  const groups = new Map<string, Row[]>();
  for (const row of query.rows) {
    const key = JSON.stringify(by.map((name) => row.values[name]));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const rows = [...groups.values()].filter((group) => having === undefined || group.length > having);
  const classes = aggregates.map(({ name, of, column }) => [
    name,
    of.startsWith("COUNT") ? "NONE" : (query.columns[column] ?? "NONE"),
  ]);
  const items = [...by, ...aggregates.map(({ name, of, column }) => `${call(of, column)} AS ${name}`)];
  const condition = having === undefined ? "" : ` HAVING COUNT(*) > ${having}`;
  return {
    sql: `SELECT ${items.join(", ")} FROM (${query.sql}) AS grouped GROUP BY ${by.join(", ")}${condition}`,
    columns: { ...pick(query.columns, by), ...Object.fromEntries(classes) },
    rows: rows.map((group) => ({
      values: {
        ...pick(group[0]?.values ?? {}, by),
        ...Object.fromEntries(aggregates.map((one) => [one.name, aggregated(one, group)])),
      },
      users: new Set(group.flatMap(({ users }) => [...users])),
    })),
  };
}

/** The same query, its text in a CTE. */
export function named(query: Query, name: string): Query {
  return { ...query, sql: `WITH ${name} AS (${query.sql}) SELECT ${names(query)} FROM ${name}` };
}

function call(of: Aggregate["of"], column: string): string {
  return of === "COUNT DISTINCT" ? `COUNT(DISTINCT ${column})` : `${of}(${column})`;
}

function aggregated({ of, column }: Aggregate, group: Row[]): Plain {
  const held = group.map(({ values }) => values[column] ?? null).filter((value) => value !== null);
  if (of === "COUNT") return held.length;
  if (of === "COUNT DISTINCT") return new Set(held).size;
  if (held.length === 0) return null;
  if (of === "SUM") return held.reduce<number>((sum, value) => sum + Number(value), 0);
  return Math[of === "MAX" ? "max" : "min"](...held.map(Number));
}

function mergeEqual(rows: Row[]): Row[] {
  const merged = new Map<string, Row>();
  for (const { values, users } of rows) {
    const key = JSON.stringify(Object.values(values));
    merged.set(key, { values, users: new Set([...(merged.get(key)?.users ?? []), ...users]) });
  }
  return [...merged.values()];
}

function compare(value: Plain | undefined, atLeast: number): boolean {
  return value !== null && value !== undefined && Number(value) >= atLeast;
}

const order: ThresholdClass[] = ["NONE", "LOW", "MEDIUM", "HIGH", "VERY_HIGH", "INTERNAL"];

function stricter(one: ThresholdClass = "NONE", other: ThresholdClass = "NONE"): ThresholdClass {
  return order.indexOf(other) > order.indexOf(one) ? other : one;
}

function names({ columns }: Query): string {
  return Object.keys(columns).join(", ");
}

function pick<T>(held: Record<string, T>, wanted: string[]): Record<string, T> {
  return Object.fromEntries(wanted.map((name) => [name, held[name] as T]));
}
