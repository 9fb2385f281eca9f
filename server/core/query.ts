// What a list may be asked: a window, one sort, equality and range filters, a search. Parsed from simple-rest's wire form in server/api.

import { forbidden } from "./command";
import type { Ctx, Permission } from "./context";

export type FilterOperator = "eq" | "ne" | "gte" | "lte" | "like";

export interface Filter {
  field: string;
  operator: FilterOperator;
  /** More than one value means "any of". */
  values: string[];
}

export interface ListQuery {
  /** Offset of the first row. */
  start: number;
  /** Rows wanted, 1..200. */
  limit: number;
  sort: { field: string; order: "asc" | "desc" } | null;
  filters: Filter[];
  /** Free text, as typed. */
  search: string | null;
}

export interface ListResult<T> {
  items: T[];
  /** Rows that match, whatever the window. */
  total: number;
}

export const wholeList = (limit = 200): ListQuery => ({ start: 0, limit, sort: null, filters: [], search: null });

export const filterValues = (query: ListQuery, field: string): string[] | null =>
  query.filters.find((filter) => filter.field === field && filter.operator === "eq")?.values ?? null;

/** Escapes what LIKE would read as a pattern. */
export const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, (char) => `\\${char}`)}%`;

/** Throws unless the permission is held for the brand (or for at least one brand). */
export function requireRead(ctx: Ctx, permission: Permission, brandId?: string | "anyBrand" | null): void {
  if (!ctx.can(permission, brandId)) throw forbidden(permission, ctx.actor);
}
