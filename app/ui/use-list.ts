// Refine's useTable with its first page from the loader, so that the server renders rows and the browser asks for none of them again.
import { type BaseRecord, type CrudFilter, type CrudSort, type HttpError, useTable } from "@refinedev/core";
import { useCallback, useEffect, useMemo, useRef } from "react";
import type { ResourceDescription } from "#server/api/describe";
import type { ApiError } from "~/providers/data";
import { useUrlParams } from "~/providers/router";
import { type ListDefaults, type Seed, stringifyQuery, wireFiltersOf } from "./list-params";

export interface ListOptions extends Pick<ListDefaults, "permanent"> {
  /** Follow the resource's live news. Default true. */
  live?: boolean;
}

/** The state of a list and what can be done with it; give it to `DataTable`. */
export interface ListState<T extends BaseRecord> {
  description: ResourceDescription;
  /** What the API is asked for, without the window: all rows that match. */
  wire: string;
  rows: T[];
  total: number;
  page: number;
  pageSize: number;
  sorters: CrudSort[];
  search: string;
  /** Whether the person narrowed the list. */
  narrowed: boolean;
  /** No rows known yet. */
  loading: boolean;
  /** Rows are shown while newer ones are fetched. */
  refreshing: boolean;
  error: ApiError | null;
  filterValue(field: string, operator?: FieldOperator): string | string[] | undefined;
  setFilter(field: string, value: string | string[] | undefined, operator?: FieldOperator): void;
  /** Several at once, by equality. */
  setFilters(values: Record<string, string | undefined>): void;
  setSearch(text: string): void;
  clear(): void;
  setSorters(sorters: CrudSort[]): void;
  setPage(page: number, pageSize?: number): void;
  /** The URL of this list at another page. */
  hrefOf(page: number): string;
  refetch(): void;
}

export type FieldOperator = "eq" | "ne" | "gte" | "lte" | "contains" | "in";

const isOn = (filter: CrudFilter, field: string, operator: FieldOperator): boolean =>
  "field" in filter && filter.field === field && filter.operator === operator;

/** The seed on the first render only: later pages must not start from it. */
function useSeedOnce<T>(seed: Seed<T>) {
  const ref = useRef<{ data: T[]; total: number } | undefined>({ data: seed.items, total: seed.total });
  useEffect(() => {
    ref.current = undefined;
  }, []);
  return ref.current;
}

/** A list of `resource`, its state in the URL. `seed` is what the loader read with `listParamsOf`. */
export function useSeededTable<T extends BaseRecord>(
  resource: string,
  seed: Seed<T>,
  { permanent = [], live = true }: ListOptions = {},
): ListState<T> {
  const initialData = useSeedOnce(seed);
  const [urlParams] = useUrlParams();
  const table = useTable<T, HttpError>({
    resource,
    syncWithLocation: true,
    pagination: { currentPage: seed.params.currentPage, pageSize: seed.params.pageSize, mode: "server" },
    sorters: { initial: seed.params.sorters },
    filters: { initial: seed.params.filters, permanent },
    queryOptions: { placeholderData: (before) => before, ...(initialData ? { initialData } : {}) },
    liveMode: live ? "auto" : "off",
    errorNotification: false,
  });
  const { tableQuery, filters, setFilters, sorters, setSorters, setCurrentPage, setPageSize, currentPage, pageSize } =
    table;
  useDropStalePermanent(permanent, setFilters);
  const total = table.result.total ?? 0;
  const last = Math.max(1, Math.ceil(total / pageSize));
  // Other days or another currency may leave the page behind the last one.
  const isPastEnd = !tableQuery.isFetching && total > 0 && table.result.data.length === 0 && currentPage > last;
  useEffect(() => {
    if (isPastEnd) setCurrentPage(last);
  }, [isPastEnd, last, setCurrentPage]);

  const change = useCallback(
    (next: CrudFilter[], behaviour: "merge" | "replace") => {
      setFilters(next, behaviour);
      setCurrentPage(1);
    },
    [setFilters, setCurrentPage],
  );
  const own = useMemo(
    () =>
      filters.filter(
        (one) => !permanent.some((fixed) => "field" in fixed && "field" in one && fixed.field === one.field),
      ),
    [filters, permanent],
  );

  return {
    description: seed.description,
    wire: wireFiltersOf({ sorters, filters }),
    rows: table.result.data,
    total,
    page: currentPage,
    pageSize,
    sorters,
    search: String(own.find((one) => isOn(one, "q", "contains"))?.value ?? ""),
    narrowed: own.some(({ value }) => value !== undefined && value !== ""),
    loading: tableQuery.isLoading,
    refreshing: tableQuery.isFetching && !tableQuery.isLoading,
    error: tableQuery.isError ? (tableQuery.error as ApiError) : null,
    filterValue: (field, operator = "eq") => own.find((one) => isOn(one, field, operator))?.value,
    setFilter: (field, value, operator = "eq") => {
      const empty = value === undefined || value.length === 0;
      change([{ field, operator, value: empty ? undefined : value }], "merge");
    },
    setFilters: (values) =>
      change(
        Object.entries(values).map(([field, value]) => ({ field, operator: "eq", value })),
        "merge",
      ),
    setSearch: (text) => change([{ field: "q", operator: "contains", value: text.trim() || undefined }], "merge"),
    clear: () => change([], "replace"),
    setSorters: (next) => {
      setSorters(next);
      setCurrentPage(1);
    },
    setPage: (page, size = pageSize) => {
      setPageSize(size);
      setCurrentPage(size === pageSize ? page : 1);
    },
    // Refine's own link helper always gives the current page (it strips `current`, not `currentPage`).
    hrefOf: (page) => {
      const kept = Object.fromEntries(
        [...urlParams].filter(([name]) => !/^(currentPage|pageSize|sorters|filters)/.test(name)),
      );
      return `?${stringifyQuery({ ...kept, pageSize, currentPage: page, sorters, filters: own })}`;
    },
    refetch: () => void tableQuery.refetch(),
  };
}

/** Refine copies permanent filters into its state; when the active brand changes, the old one must leave it. */
function useDropStalePermanent(
  permanent: CrudFilter[],
  setFilters: (setter: (before: CrudFilter[]) => CrudFilter[]) => void,
) {
  const key = JSON.stringify(permanent);
  const seen = useRef(key);
  useEffect(() => {
    if (seen.current === key) return;
    const stale = (JSON.parse(seen.current) as { field: string; operator: FieldOperator }[]) ?? [];
    seen.current = key;
    setFilters((before) => before.filter((one) => !stale.some(({ field, operator }) => isOn(one, field, operator))));
  }, [key, setFilters]);
}
