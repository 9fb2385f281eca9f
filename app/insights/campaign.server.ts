import type { LoaderFunctionArgs } from "@remix-run/node";
import {
  breakdownTabs,
  describeAllMetrics,
  getCampaignInsights,
  listExplanations,
  listPaces,
  readDraft,
  readHistory,
} from "#server/insights";
import { readPage } from "~/page-data.server";
import { loadLevel } from "./level.server";
import { eq, explanationQuery, paceQuery, pageRange, pageView } from "./page-range.server";

export async function loadCampaign({ request, params, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const insights = await readPage(context, (ctx) =>
    ctx.tx((tx) => getCampaignInsights(tx, params.id ?? "", pageView(url))),
  );
  const id = params.id ?? "";
  const explanations = await readPage(context, (ctx) =>
    ctx.tx((tx) => listExplanations(tx, explanationQuery(url, { field: "campaignId", id }))),
  );
  return {
    insights,
    explanation: explanations.items[0] ?? null,
    level: await loadLevel({
      context,
      url,
      offered: ["adGroups", "creatives"],
      within: [eq("campaignId", id)],
      sections: [insights.section],
    }),
    paces: await readPage(context, (ctx) => ctx.tx((tx) => listPaces(tx, paceQuery(url, eq("campaignId", id))))),
    draft: await readPage(context, (ctx) => ctx.tx(readDraft)),
    history: await readPage(context, (ctx) => ctx.tx((tx) => readHistory(tx, id))),
    metrics: await readPage(context, (ctx) => ctx.tx(describeAllMetrics)),
    tabs: breakdownTabs().filter(({ ofCampaigns }) => ofCampaigns),
    range: pageRange(url, insights.range),
    zone: insights.campaign.timeZone,
  };
}
