import type { LoaderFunctionArgs } from "@remix-run/node";
import { describeMetrics, getCampaignInsights } from "#server/insights";
import { readPage } from "~/page-data.server";
import { pageRange, rangeTextOf } from "./page-range.server";

export async function loadCampaign({ request, params, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const insights = await readPage(context, (ctx) =>
    ctx.tx((tx) => getCampaignInsights(tx, params.id ?? "", rangeTextOf(url))),
  );
  return {
    insights,
    metrics: describeMetrics(),
    range: pageRange(url, insights.range),
    zone: insights.campaign.timeZone,
  };
}
