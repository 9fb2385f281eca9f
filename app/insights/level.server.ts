import type { AppLoadContext } from "@remix-run/node";
import type { Section } from "#server/insights/contract";
import { levelRowsResource } from "#server/insights/level-api";
import type { Level, LevelRow } from "#server/insights/level-contract";
import { isMetricId } from "#server/insights/metrics";
import { readList } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";
import { nativeOf } from "./kpi-section";
import { eq, pageView, viewFilters } from "./page-range.server";

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
  const asked = url.searchParams.get("metric");
  const metric = asked && isMetricId(asked) && section.kpis.some(({ id }) => id === asked) ? asked : first;
  const currency = nativeOf(section);
  const permanent = [
    eq("level", level),
    eq("currency", currency),
    eq("metric", metric),
    ...within,
    ...viewFilters(pageView(url)),
  ];
  const params = listParamsOf(url, { sorters: [{ field: first, order: "desc" }], permanent });
  return {
    level,
    offered: [...offered],
    metric,
    currency,
    permanent,
    seed: await readList<LevelRow>(context, levelRowsResource, params),
  };
}
