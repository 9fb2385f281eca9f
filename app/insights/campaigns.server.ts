import type { LoaderFunctionArgs } from "@remix-run/node";
import { describeAllMetrics, describeRange, readDraft } from "#server/insights";
import { campaignsResource, campaignTotalsResource } from "#server/insights/api";
import type { Campaign, CampaignTotal } from "#server/insights/contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";
import { convertingFilters, eq, pageRange, pageView } from "./page-range.server";

export async function loadCampaigns({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const brand = url.searchParams.get("brand");
  const view = pageView(url);
  const permanent = [...convertingFilters(view), ...(brand ? [eq("brandId", brand)] : [])];
  const about = await readPage(context, (ctx) =>
    ctx.tx((tx) => describeRange(tx, brand ? { brandIds: [brand] } : {}, view)),
  );
  const most = about.moneyHidden ? "impressions" : "spend";
  const params = listParamsOf(url, { sorters: [{ field: most, order: "desc" }], permanent });
  const [zone] = about.freshness.zones;
  const [seed, totals, beside] = await Promise.all([
    readList<Campaign>(context, campaignsResource, params),
    readList<CampaignTotal>(context, campaignTotalsResource, { ...params, currentPage: 1, pageSize: 100 }),
    readPage(context, (ctx) =>
      ctx.tx(async (tx) => ({ draft: await readDraft(tx), metrics: await describeAllMetrics(tx) })),
    ),
  ]);
  return {
    ...beside,
    permanent,
    seed,
    totals,
    accounts: about.accounts,
    moneyHidden: about.moneyHidden,
    freshness: about.freshness,
    settled: about.settled,
    range: pageRange(url, about.range),
    ...(zone && about.freshness.zones.length === 1 ? { zone } : {}),
  };
}
