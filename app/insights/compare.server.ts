import type { LoaderFunctionArgs } from "@remix-run/node";
import { wholeList } from "#server/core/query";
import { describeAllMetrics, listComparisons } from "#server/insights";
import { isMetricId } from "#server/insights/metrics";
import { readPage } from "~/page-data.server";
import { convertingFilters, eq, pageRange, pageView } from "./page-range.server";

export async function loadComparison({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const asked = url.searchParams.get("metric");
  const ids = url.searchParams.getAll("id");
  const filters = [
    ...convertingFilters({ ...pageView(url), sameAge: false }),
    ...(asked && isMetricId(asked) ? [eq("metric", asked)] : []),
  ].map(({ value, ...filter }) => ({ ...filter, values: [value] }));
  const named = ids.length > 0 ? [{ field: "id", operator: "eq" as const, values: ids }] : [];
  const { items } = await readPage(context, (ctx) =>
    ctx.tx((tx) => listComparisons(tx, { ...wholeList(1), filters: [...filters, ...named] })),
  );
  const [comparison = null] = items;
  return {
    comparison,
    metrics: await readPage(context, (ctx) => ctx.tx(describeAllMetrics)),
    ...(comparison ? { range: pageRange(url, comparison.range) } : {}),
  };
}
