import { type ListQuery, wholeList } from "#server/core/query";
import type { Comparison } from "#server/insights";
import type { Range } from "#server/insights/contract";
import { isMetricId } from "#server/insights/metrics";
import { isCurrency } from "#server/insights/rate-contract";
import { DEFAULT_RANGE, daysOf, type ResolvedRange, rangePresets } from "~/ui/date-range";

/** How a page's URL asks to see its numbers; what cannot be read counts as the default. */
export interface PageView {
  range: string;
  compare: Comparison;
  sameAge: boolean;
  asOf?: string;
  inCurrency?: string;
}

export function pageView(url: URL): PageView {
  const params = url.searchParams;
  const text = params.get("range");
  const asOf = params.get("asof");
  const currency = params.get("currency");
  const isPast = asOf !== null && Date.parse(asOf) <= Date.now();
  return {
    range: text && daysOf(text, new Date().toISOString().slice(0, 10)) ? text : DEFAULT_RANGE,
    compare: params.get("compare") === "year" ? "year" : "previous",
    sameAge: params.get("age") === "same",
    ...(currency && isCurrency(currency) ? { inCurrency: currency } : {}),
    ...(isPast ? { asOf: new Date(asOf).toISOString() } : {}),
  };
}

/** The same as filters of a list. */
export const viewFilters = ({ range, compare, sameAge, asOf }: PageView) => [
  eq("range", range),
  ...(compare === "year" ? [eq("compare", compare)] : []),
  ...(sameAge ? [eq("sameAge", "true")] : []),
  ...(asOf ? [eq("asOf", asOf)] : []),
];

/** The same, of a list whose money can be seen in one currency. */
export const convertingFilters = (view: PageView) => [
  ...viewFilters(view),
  ...(view.inCurrency ? [eq("inCurrency", view.inCurrency)] : []),
];

/** One filter of a list. */
export const eq = (field: string, value: string) => ({ field, operator: "eq" as const, value });

/** What is explained on a page: the number of its URL, of what it shows. */
export function explanationQuery(
  url: URL,
  { field, id }: { field: "brandId" | "campaignId" | "adGroupId" | "creativeId"; id: string },
): ListQuery {
  const why = url.searchParams.get("why");
  const filters = [
    eq(field, id),
    ...viewFilters(pageView(url)),
    ...(why && isMetricId(why) ? [eq("metric", why)] : []),
  ];
  return { ...wholeList(10), filters: filters.map(({ value, ...filter }) => ({ ...filter, values: [value] })) };
}

/** How what is named spends against its budgets: the first of those in most need of an eye. */
export function paceQuery(url: URL, within: ReturnType<typeof eq>): ListQuery {
  const { asOf } = pageView(url);
  const filters = [within, ...(asOf ? [eq("asOf", asOf)] : [])];
  return { ...wholeList(pacesShown), filters: filters.map(({ value, ...filter }) => ({ ...filter, values: [value] })) };
}

const pacesShown = 12;

/** The server's range as the top bar's picker takes it. */
export function pageRange(url: URL, range: Range): ResolvedRange {
  const { compare, sameAge, asOf, inCurrency } = pageView(url);
  return {
    ...range,
    label: rangePresets.find(({ id }) => id === range.id)?.label ?? "Custom range",
    compared: url.searchParams.get("compare") !== "none",
    compare,
    sameAge,
    asOf: asOf ?? null,
    currency: inCurrency ?? null,
  };
}
