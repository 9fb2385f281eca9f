import type { LoaderFunctionArgs } from "@remix-run/node";
import { describeAllMetrics, describeRange } from "#server/insights";
import { factRowsResource, factTotalsResource } from "#server/insights/level-api";
import type { FactRow, FactTotal } from "#server/insights/level-contract";
import { isMetricId, type MetricId, metricIds, metricOf } from "#server/insights/metrics";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";
import { eq, pageRange, pageView, viewFilters } from "./page-range.server";

/** What of the address says what the rows are of. */
const within = {
  brand: "brandId",
  account: "accountId",
  campaign: "campaignId",
  adgroup: "adGroupId",
  creative: "creativeId",
  native: "currency",
} as const;

export async function loadRows({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const view = pageView(url);
  const chosen = Object.entries(within).flatMap(([name, field]) => {
    const value = url.searchParams.get(name);
    return value ? [eq(field, value)] : [];
  });
  const [brand, account] = [url.searchParams.get("brand"), accountOf(url)];
  const filter = { ...(brand ? { brandIds: [brand] } : {}), ...(account ? { accountIds: [account] } : {}) };
  const about = await readPage(context, (ctx) => ctx.tx((tx) => describeRange(tx, filter, view)));
  const asked = url.searchParams.get("metric");
  const metric = asked && isMetricId(asked) ? asked : "impressions";
  // Days compared with, and their age, are of no concern to rows.
  const permanent = [...chosen, ...viewFilters({ ...view, sameAge: false })];
  const params = listParamsOf(url, { sorters: [], permanent, pageSize: 50 });
  const totals = await readList<FactTotal>(context, factTotalsResource, { ...params, currentPage: 1, pageSize: 100 });
  const [zone] = about.freshness.zones;
  return {
    permanent,
    seed: await readList<FactRow>(context, factRowsResource, params),
    totals: totals.items,
    metric,
    parts: partsOf(metric),
    narrowed: chosen.map(({ field }) => field),
    metrics: await readPage(context, (ctx) => ctx.tx(describeAllMetrics)),
    freshness: about.freshness,
    settled: about.settled,
    range: pageRange(url, about.range),
    ...(zone && about.freshness.zones.length === 1 ? { zone } : {}),
  };
}

/** The account that the address names, by itself or before the id of one of its parts. */
function accountOf(url: URL): string | null {
  const [id = null] = ["account", "campaign", "adgroup", "creative"].flatMap(
    (name) => url.searchParams.get(name) ?? [],
  );
  return id?.split(":")[0] ?? null;
}

/** The sums a ratio is made of, where these are metrics of their own; of a sum itself. */
function partsOf(metric: MetricId): string[] {
  const { source } = metricOf(metric);
  const columns = typeof source === "string" ? [source] : [source.over, source.under];
  return columns.flatMap((column) => metricIds.find((id) => metricOf(id).source === column) ?? []);
}
