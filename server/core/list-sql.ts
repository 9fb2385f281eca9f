// A ListQuery as SQL, over the columns a store names. Filters on other fields are the store's own to read.
import { and, asc, desc, gte, ilike, inArray, isNull, lte, not, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { type Filter, type ListQuery, likePattern } from "./query";

type Columns = Record<string, PgColumn>;

/** The filters on the named columns, all of which must hold; values of one filter are alternatives. */
export function filtersToSql(query: ListQuery, columns: Columns): SQL | undefined {
  return and(
    ...query.filters.flatMap((filter) => {
      const column = columns[filter.field];
      return column ? (filterToSql(column, filter) ?? []) : [];
    }),
  );
}

function filterToSql(column: PgColumn, { operator, values }: Filter): SQL | undefined {
  const [first = ""] = values;
  switch (operator) {
    case "eq":
      return inArray(column, values);
    case "ne":
      return or(not(inArray(column, values)), isNull(column));
    case "gte":
      return gte(column, first);
    case "lte":
      return lte(column, first);
    case "like":
      return or(...values.map((value) => ilike(column, likePattern(value))));
    default:
      return operator satisfies never;
  }
}

/** The order asked for, made total by `last`; empty values at the end. */
export function orderToSql(query: ListQuery, columns: Columns, last: PgColumn): SQL[] {
  const column = query.sort ? columns[query.sort.field] : undefined;
  const direction = query.sort?.order === "desc" ? desc : asc;
  return column ? [sql`${direction(column)} nulls last`, asc(last)] : [asc(last)];
}
