// Filters, sorts and cuts a list that is worked out in memory, as a store does with rows.
import { filterValues, type ListQuery, type ListResult } from "./query";

type Value = string | number | null;

export interface Reading<T> {
  /** What each filter compares with; of several values one must match. */
  fields: Record<string, (item: T) => string | string[]>;
  sorts: Record<string, (item: T) => Value>;
  /** What free text looks in. */
  words(item: T): string[];
  /** When no order is asked. The list's own order decides between equals. */
  order(a: T, b: T): number;
}

export function windowOf<T>(all: readonly T[], query: ListQuery, reading: Reading<T>): ListResult<T> {
  const search = query.search?.trim().toLowerCase();
  const found = all.filter(
    (item) =>
      matches(item, query, reading) &&
      (!search || reading.words(item).some((word) => word.toLowerCase().includes(search))),
  );
  const sorted = found.toSorted(orderOf(query, reading));
  return { items: sorted.slice(query.start, query.start + query.limit), total: found.length };
}

function matches<T>(item: T, query: ListQuery, { fields }: Reading<T>): boolean {
  return Object.entries(fields).every(([field, read]) => {
    const own = [read(item)].flat();
    const wanted = filterValues(query, field);
    const unwanted = query.filters.find((one) => one.field === field && one.operator === "ne")?.values;
    const parts = query.filters.find((one) => one.field === field && one.operator === "like")?.values;
    return (
      (!wanted || own.some((value) => wanted.includes(value))) &&
      !(unwanted && own.some((value) => unwanted.includes(value))) &&
      (!parts || own.some((value) => parts.some((part) => value.toLowerCase().includes(part.toLowerCase()))))
    );
  });
}

function orderOf<T>({ sort }: ListQuery, { sorts, order }: Reading<T>): (a: T, b: T) => number {
  const read = sort ? sorts[sort.field] : undefined;
  if (!read) return order;
  const direction = sort?.order === "desc" ? -1 : 1;
  return (a, b) => {
    const [one, other] = [read(a), read(b)];
    // What has no value comes last, whichever the direction.
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return one === other ? 0 : (one < other ? -1 : 1) * direction;
  };
}
