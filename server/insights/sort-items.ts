// Orders items of one answer by a metric, or by their name.
import type { ListQuery } from "../core/query";
import type { Campaign } from "./contract";
import { isMetricId } from "./metrics";

interface Sortable {
  values: Campaign["values"];
}

/** In place. What has no value comes as if it were below nothing. */
export function sortItems<T extends Sortable>(
  items: T[],
  sort: ListQuery["sort"],
  of: { text(item: T): string; number?(item: T): number | null },
): T[] {
  if (!sort) return items;
  const sign = sort.order === "asc" ? 1 : -1;
  const numberOf = (item: T) => Number((isMetricId(sort.field) ? item.values[sort.field] : of.number?.(item)) ?? -1);
  const isNumber = isMetricId(sort.field) || (of.number !== undefined && sort.field !== "label");
  return items.sort((a, b) =>
    isNumber ? sign * (numberOf(a) - numberOf(b)) : sign * of.text(a).localeCompare(of.text(b)),
  );
}
