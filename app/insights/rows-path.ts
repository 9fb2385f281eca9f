// Where a number leads: to the rows it is the sum of, looked at as the number is.
import { isViewParam } from "~/ui/date-range";

/** What a number is of, as the address of its rows says it; the ids are our own, or `<account>:<id at Amazon>`. */
export interface RowsOf {
  brand?: string;
  account?: string;
  campaign?: string;
  adgroup?: string;
  creative?: string;
  /** The currency the money was paid in. */
  native?: string;
  metric?: string;
}

export function rowsPath(of: RowsOf, search: string): string {
  const params = new URLSearchParams(Object.entries(of).filter(([, value]) => value));
  for (const [name, value] of new URLSearchParams(search)) if (isViewParam(name)) params.set(name, value);
  return `/rows?${params}`;
}

const partParams = ["level", "metric", "native"];

/** What of a page's address goes along to the page of a part: how numbers are looked at, the level and the currency. */
export function keptSearch(search: string): string {
  const kept = new URLSearchParams(
    [...new URLSearchParams(search)].filter(([name]) => isViewParam(name) || partParams.includes(name)),
  );
  return kept.size > 0 ? `?${kept}` : "";
}
