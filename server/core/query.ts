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

/** What must be said of numbers where they leave the screen. Days are those of `zones`. */
export interface NumbersNote {
  range: { id: string; from: string; to: string };
  /** The days they are compared with; null: none. */
  compare: { from: string; to: string } | null;
  /** The moment they are seen as of; null: as they are. */
  asOf: string | null;
  /** Whether the days compared with are seen at the same age. */
  sameAge: boolean;
  zones: string[];
  /** Changes with every answer of Amazon's that is stored. */
  dataVersion: string;
  syncedAt: string | null;
  dataThrough: string | null;
  partialDay: string | null;
  /** How much of the range is older than Amazon restates, by settle rule; until: when the last day settles. */
  settled: { rule: string; share: number; until: string | null }[];
  moneyHidden: boolean;
  /** How money was made one currency's, each account's day by its rate or the last before it; null: it is as it was paid. */
  conversion: {
    to: string;
    from: string[];
    /** The days of the rates used, and by how many the oldest is older than its day. */
    rates: { from: string; to: string } | null;
    oldestAge: number;
    /** Days without a rate, whose money is in no sum: how many, the first, the last, and a currency that has none then. */
    missingDays: number;
    missing: { day: string; until: string; currency: string } | null;
  } | null;
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
