import type { LoaderFunctionArgs } from "@remix-run/node";
import { describeMetrics, describeRange } from "#server/insights";
import { campaignsResource, campaignTotalsResource } from "#server/insights/api";
import type { Campaign, CampaignTotal } from "#server/insights/contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";
import { pageRange, rangeTextOf } from "./page-range.server";

const eq = (field: string, value: string) => ({ field, operator: "eq" as const, value });

export async function loadCampaigns({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const brand = url.searchParams.get("brand");
  const rangeText = rangeTextOf(url);
  const permanent = [eq("range", rangeText), ...(brand ? [eq("brandId", brand)] : [])];
  const params = listParamsOf(url, { sorters: [{ field: "spend", order: "desc" }], permanent });
  const about = await readPage(context, (ctx) =>
    ctx.tx((tx) => describeRange(tx, brand ? [brand] : undefined, rangeText)),
  );
  const [zone] = about.freshness.zones;
  return {
    permanent,
    seed: await readList<Campaign>(context, campaignsResource, params),
    totals: await readList<CampaignTotal>(context, campaignTotalsResource, {
      ...params,
      currentPage: 1,
      pageSize: 100,
    }),
    metrics: describeMetrics(),
    accounts: about.accounts,
    freshness: about.freshness,
    settled: about.settled,
    range: pageRange(url, about.range),
    ...(zone && about.freshness.zones.length === 1 ? { zone } : {}),
  };
}
