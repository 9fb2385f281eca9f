// simple-rest's wire form: _start, _end, _sort, _order, field, field_ne, field_gte, field_lte, field_like, q, repeated id.
import { AppError } from "../core/errors";
import { filterProblem } from "../core/filter-contract";
import type { Filter, FilterOperator, ListQuery } from "../core/query";
import type { FilterKind, ListSpec } from "../core/resource";

const pageCap = 200;
const suffixes: Record<string, FilterOperator> = { _ne: "ne", _gte: "gte", _lte: "lte", _like: "like" };

/** @throws {AppError} malformed, naming the parameter that is not understood and what is */
export function parseListQuery(params: URLSearchParams, spec: ListSpec<unknown>): ListQuery {
  const start = whole(params, "_start", 0);
  const end = whole(params, "_end", start + 25);
  if (end <= start) throw malformed("_end", "must be greater than _start");
  if (end - start > pageCap) throw malformed("_end", `asks for more than ${pageCap} rows; ask for fewer at a time`);
  return {
    start,
    limit: end - start,
    sort: parseSort(params, spec.sort),
    filters: parseFilters(params, spec),
    search: parseSearch(params, spec),
  };
}

function parseSort(params: URLSearchParams, allowed: readonly string[]): ListQuery["sort"] {
  const field = params.get("_sort");
  if (!field) return null;
  if (!allowed.includes(field)) throw malformed("_sort", `must be one of: ${allowed.join(", ")}`);
  const order = (params.get("_order") ?? "asc").toLowerCase();
  if (order !== "asc" && order !== "desc") throw malformed("_order", "must be asc or desc");
  return { field, order };
}

function parseSearch(params: URLSearchParams, spec: ListSpec<unknown>): string | null {
  const text = params.get("q")?.trim();
  if (!text) return null;
  if (!spec.search) throw malformed("q", "this list cannot be searched");
  if (text.length > 200 || text.includes("\0")) throw malformed("q", "must be at most 200 characters of text");
  return text;
}

function parseFilters(params: URLSearchParams, spec: ListSpec<unknown>): Filter[] {
  const byName = new Map<string, Filter>();
  for (const [name, value] of params) {
    if (name.startsWith("_") || name === "q") {
      if (!["_start", "_end", "_sort", "_order", "q"].includes(name)) throw malformed(name, "is not known here");
      continue;
    }
    const { field, operator } = splitName(name, spec.filter);
    const kind = Object.hasOwn(spec.filter, field) ? spec.filter[field] : undefined;
    if (!kind) throw malformed(name, `is not a filter here; filters are: ${Object.keys(spec.filter).join(", ")}`);
    const problem = filterProblem(kind, operator, value);
    if (problem) throw malformed(name, problem);
    const filter = byName.get(name) ?? { field, operator, values: [] };
    filter.values.push(value);
    byName.set(name, filter);
  }
  return [...byName.values()];
}

function splitName(name: string, filters: Record<string, FilterKind>): { field: string; operator: FilterOperator } {
  const suffix = Object.keys(suffixes).find((end) => name.endsWith(end));
  if (Object.hasOwn(filters, name) || !suffix) return { field: name, operator: "eq" };
  return { field: name.slice(0, -suffix.length), operator: suffixes[suffix] ?? "eq" };
}

function whole(params: URLSearchParams, name: string, fallback: number): number {
  const text = params.get(name);
  if (text === null) return fallback;
  if (!/^\d{1,9}$/.test(text)) throw malformed(name, "must be a whole number, 0 or more");
  return Number(text);
}

const malformed = (name: string, why: string) =>
  new AppError("malformed", `The parameter ${name} ${why}.`, { fields: { [name]: why } });
