// Turns a parsed list query into SQL over the columns a list offers. The API has already refused unknown fields.
import {
  and,
  asc,
  Column,
  desc,
  gte,
  ilike,
  inArray,
  isNotNull,
  isNull,
  lte,
  notInArray,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { type Filter, type ListQuery, likePattern } from "../query";
import type { Scope } from "./connect";

export interface ListColumns {
  /** Filter and sort fields by name. A timestamp column named as a state (`archived`) is asked with true or false. */
  fields: Record<string, Column | SQL>;
  /** What free text looks in. */
  search?: (Column | SQL)[];
  /** Order when none is asked. */
  order: SQL[];
  /** Makes the order total. */
  tie: Column;
}

export interface ListClauses {
  where: SQL | undefined;
  orderBy: SQL[];
}

export function listClauses(query: ListQuery, columns: ListColumns): ListClauses {
  const conditions = query.filters.map((filter) => condition(filter, columns));
  if (query.search && columns.search) {
    const pattern = likePattern(query.search);
    conditions.push(or(...columns.search.map((column) => ilike(column as Column, pattern))));
  }
  const sorted = query.sort ? columns.fields[query.sort.field] : undefined;
  const direction = query.sort?.order === "desc" ? desc : asc;
  return {
    where: and(...conditions),
    orderBy: [...(sorted ? [direction(sorted)] : columns.order), asc(columns.tie)],
  };
}

function condition({ field, operator, values }: Filter, columns: ListColumns): SQL | undefined {
  const column = columns.fields[field];
  if (!column) return undefined;
  const [first = ""] = values;
  if (isMoment(column) && (first === "true" || first === "false")) {
    return first === "true" ? isNotNull(column) : isNull(column);
  }
  const typed = values.flatMap((value) => toColumn(column, value));
  switch (operator) {
    case "eq":
      return inArray(column as Column, typed);
    case "ne":
      return or(notInArray(column as Column, typed), isNull(column));
    case "gte":
      return gte(column as Column, typed[0]);
    case "lte":
      return lte(column as Column, typed[0]);
    case "like":
      return or(...values.map((value) => ilike(column as Column, likePattern(value))));
    default:
      return operator satisfies never;
  }
}

const isMoment = (column: Column | SQL): column is Column => column instanceof Column && column.dataType === "date";
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Postgres throws at a malformed id; callers answer "not found" instead. */
export const isUuid = (text: string): boolean => uuid.test(text);

/** The value in the column's own type; nothing where it cannot be one (a malformed id matches no row). */
function toColumn(column: Column | SQL, value: string): unknown[] {
  if (!(column instanceof Column)) return [value];
  if (column.dataType === "date") return [new Date(value)];
  if (column.dataType === "number") return [Number(value)];
  if (column.dataType === "boolean") return [value === "true"];
  if (column.columnType === "PgUUID" && !isUuid(value)) return [];
  return [value];
}

/** Is the error a violation of this unique constraint or index? */
export function violates(error: unknown, constraint: string): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("constraint_name" in at && at.constraint_name === constraint) return true;
  }
  return false;
}

/** Rows of all matching, for the total beside a window. */
export const countAll = sql<number>`count(*)::int`;

/** Further, counting costs more than anybody reads from it: there are "10,000+". */
const mostCounted = 10_000;

/** Rows that match, up to one more than are told. */
export async function countUpTo(tx: Pick<Scope, "db">, table: PgTable, where: SQL | undefined): Promise<number> {
  const some = tx.db
    .select({ one: sql<number>`1`.as("one") })
    .from(table)
    .where(where)
    .limit(mostCounted + 1)
    .as("some");
  const [count] = await tx.db.select({ total: countAll }).from(some);
  return count?.total ?? 0;
}
