// The state of a list as the URL holds it (Refine's form) and as the API is asked for it (simple-rest's form).
import type { CrudFilter, CrudOperators, CrudSort } from "@refinedev/core";
import qs from "qs";
import type { ResourceDescription } from "#server/api/describe";

export interface ListParams {
  /** The page's path, where its URL says nothing of the list: a view may open first. */
  bareAt?: string;
  currentPage: number;
  pageSize: number;
  sorters: CrudSort[];
  filters: CrudFilter[];
}

export interface ListDefaults {
  pageSize?: number;
  sorters?: CrudSort[];
  filters?: CrudFilter[];
  /** Filters the person cannot change here, such as the active brand. */
  permanent?: CrudFilter[];
}

/** The first page of a list, read by the loader. */
export interface Seed<T> {
  params: ListParams;
  items: T[];
  total: number;
  /** Of the resource: names, kinds and actions, which tools, files and edits are made from. */
  description: ResourceDescription;
}

export const PAGE_SIZES = [25, 50, 100];

// Nested and/or filters need the depth; arrays over 20 would otherwise come back as objects.
const QUERY_DEPTH = 10;
const QUERY_ARRAY_LIMIT = 200;

export const parseQuery = (search: string): qs.ParsedQs =>
  qs.parse(search, { ignoreQueryPrefix: true, depth: QUERY_DEPTH, arrayLimit: QUERY_ARRAY_LIMIT });

export const stringifyQuery = (query: object): string =>
  qs.stringify(query, { arrayFormat: "indices", skipNulls: true, encodeValuesOnly: true });

const wireSuffix: Partial<Record<CrudOperators, string>> = {
  eq: "",
  ne: "_ne",
  gte: "_gte",
  lte: "_lte",
  contains: "_like",
};

/** The operators the API knows. simple-rest would silently send any other as equality. */
export const isKnownOperator = (operator: CrudOperators): boolean => operator in wireSuffix || operator === "in";

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const readFilters = (raw: unknown): CrudFilter[] =>
  (Array.isArray(raw) ? raw : [])
    .filter(isRecord)
    .filter(({ field, operator }) => typeof field === "string" && isKnownOperator(operator as CrudOperators))
    .map(({ field, operator, value }) => ({ field, operator, value }) as CrudFilter);

const readSorters = (raw: unknown): CrudSort[] =>
  (Array.isArray(raw) ? raw : [])
    .filter(isRecord)
    .filter(({ field, order }) => typeof field === "string" && (order === "asc" || order === "desc"))
    .map(({ field, order }) => ({ field, order }) as CrudSort);

const readPositive = (raw: unknown, fallback: number): number => {
  const number = Number(raw);
  return Number.isInteger(number) && number > 0 ? number : fallback;
};

const sameField = (a: CrudFilter, b: CrudFilter): boolean =>
  "field" in a && "field" in b && a.field === b.field && a.operator === b.operator;

const isSet = (filter: CrudFilter): boolean =>
  filter.value !== undefined && filter.value !== null && filter.value !== "";

/** What the table will ask for first, given the page's URL: the loader seeds with exactly this. */
export function listParamsOf(url: URL | string, defaults: ListDefaults = {}): ListParams {
  const query = parseQuery(typeof url === "string" ? url : url.search);
  const isBare = typeof url !== "string" && url.search === "";
  const sorters = readSorters(query.sorters);
  const filters = readFilters(query.filters);
  const chosen = filters.length > 0 ? filters : (defaults.filters ?? []);
  const permanent = defaults.permanent ?? [];
  return {
    ...(isBare ? { bareAt: url.pathname } : {}),
    currentPage: readPositive(query.currentPage, 1),
    pageSize: readPositive(query.pageSize, defaults.pageSize ?? 25),
    sorters: sorters.length > 0 ? sorters : (defaults.sorters ?? []),
    filters: [...chosen.filter((one) => !permanent.some((fixed) => sameField(one, fixed))), ...permanent].filter(isSet),
  };
}

/** The query string of `GET /api/v1/<resource>` for these parameters, as the data provider sends it. */
export function wireQueryOf(params: ListParams): URLSearchParams {
  const wire = new URLSearchParams();
  wire.set("_start", String((params.currentPage - 1) * params.pageSize));
  wire.set("_end", String(params.currentPage * params.pageSize));
  if (params.sorters.length > 0) {
    wire.set("_sort", params.sorters.map(({ field }) => field).join(","));
    wire.set("_order", params.sorters.map(({ order }) => order).join(","));
  }
  for (const filter of params.filters) {
    if (!("field" in filter)) continue;
    const name = filter.field === "q" ? "q" : `${filter.field}${wireSuffix[filter.operator] ?? ""}`;
    for (const value of Array.isArray(filter.value) ? filter.value : [filter.value]) wire.append(name, String(value));
  }
  return wire;
}

/** What a list is narrowed and sorted by, as the API is asked: without the window. */
export function wireFiltersOf(params: Pick<ListParams, "sorters" | "filters">): string {
  const filters = params.filters.filter(isSet);
  const wire = wireQueryOf({ sorters: params.sorters, filters, currentPage: 1, pageSize: 1 });
  wire.delete("_start");
  wire.delete("_end");
  return wire.toString();
}
