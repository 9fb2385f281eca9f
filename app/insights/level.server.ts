import type { AppLoadContext } from "@remix-run/node";
import type { Section } from "#server/insights/contract";
import { levelRowsResource } from "#server/insights/level-api";
import type { Level, LevelRow } from "#server/insights/level-contract";
import { isMetricId } from "#server/insights/metrics";
import { readList } from "~/page-data.server";
import { type ListParams, listParamsOf } from "~/ui/list-params";
import { isConverted } from "./converted";
import { convertingFilters, eq, pageView, viewFilters } from "./page-range.server";

interface LevelAsked {
  context: AppLoadContext;
  url: URL;
  /** The levels below what the page is of, the first where the address names none of them. */
  offered: readonly Level[];
  /** What the page is of, as filters of `level-rows`. */
  within: { field: string; operator: "eq"; value: string }[];
  sections: readonly Section[];
}

/** What a page splits its numbers by, and the first of the rows. Null while there are no accounts. */
export async function loadLevel({ context, url, offered, within, sections }: LevelAsked) {
  const named = url.searchParams.get("level");
  const level = offered.find((one) => one === named) ?? offered[0];
  const native = url.searchParams.get("native");
  const section = sections.find((one) => one.currency === native) ?? sections[0];
  if (!level || !section) return null;
  const first = section.hidden.length > 0 ? "impressions" : "spend";
  const chosen = url.searchParams.get("metric");
  const metric = chosen && isMetricId(chosen) && section.kpis.some(({ id }) => id === chosen) ? chosen : first;
  const asked = [eq("level", level), eq("metric", metric), ...within];
  const asPaid = (currency: string) => [...asked, eq("currency", currency), ...viewFilters(pageView(url))];
  const rowsOf = (params: ListParams) => readList<LevelRow>(context, levelRowsResource, params);
  const hasRows = async (currency: string) => {
    const one = { currentPage: 1, pageSize: 1, sorters: [], filters: asPaid(currency) };
    return (await rowsOf(one)).total > 0;
  };
  const natives = await nativesOf(section, hasRows);
  const paidIn = natives.find((one) => one === native) ?? null;
  const converted = paidIn === null && isConverted(section);
  const currency = paidIn ?? section.currency;
  const permanent = converted ? [...asked, ...convertingFilters(pageView(url))] : asPaid(currency);
  const params = listParamsOf(url, { sorters: [{ field: first, order: "desc" }], permanent });
  return {
    level,
    offered: [...offered],
    metric,
    /** Of the rows: the one that all are seen in, or the one that these were paid in, as those of two are never in one table. */
    currency,
    converted,
    /** The currencies that what is shown was paid in. */
    natives,
    permanent,
    seed: await rowsOf(params),
  };
}

/** Converted numbers do not say whether some of their money was in the wanted currency anyway: its rows do. */
async function nativesOf(section: Section, hasRows: (currency: string) => Promise<boolean>): Promise<string[]> {
  const { currency, conversion } = section;
  if (!conversion || !isConverted(section)) return [currency];
  return (await hasRows(conversion.to)) ? [...conversion.from, conversion.to] : conversion.from;
}
