import type { Range } from "#server/insights/contract";
import { DEFAULT_RANGE, daysOf, type ResolvedRange, rangePresets } from "~/ui/date-range";

/** The `range` of a page's URL; what cannot be read counts as the default. */
export function rangeTextOf(url: URL): string {
  const text = url.searchParams.get("range");
  return text && daysOf(text, new Date().toISOString().slice(0, 10)) ? text : DEFAULT_RANGE;
}

/** The server's range as the top bar's picker takes it. */
export const pageRange = (url: URL, range: Range): ResolvedRange => ({
  ...range,
  label: rangePresets.find(({ id }) => id === range.id)?.label ?? "Custom range",
  compared: url.searchParams.get("compare") !== "none",
});
