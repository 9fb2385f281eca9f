import type { LoaderFunctionArgs } from "@remix-run/node";
import { metricsResource } from "#server/insights/api";
import type { MetricInfo } from "#server/insights/contract";
import { customMetricsResource } from "#server/insights/custom-metric-api";
import type { CustomMetricItem } from "#server/insights/custom-metric-contract";
import { readList } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadMetrics({ request, context }: LoaderFunctionArgs) {
  const params = listParamsOf(new URL(request.url), { sorters: [] });
  // The page's search is about the list, not about which of its metrics are the agency's own.
  const all = { currentPage: 1, pageSize: 200, sorters: [], filters: [] };
  return {
    seed: await readList<MetricInfo>(context, metricsResource, { ...params, pageSize: Math.max(params.pageSize, 100) }),
    own: await readList<CustomMetricItem>(context, customMetricsResource, all),
  };
}
