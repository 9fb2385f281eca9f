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
import { isConverted } from "./converted";
import { loadLevel } from "./level.server";
import { eq, explanationQuery, paceQuery, pageRange, pageView } from "./page-range.server";

export async function loadCampaign({ request, params, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const id = params.id ?? "";
  const read = (view: Parameters<typeof getCampaignInsights>[2]) =>
    readPage(context, (ctx) => ctx.tx((tx) => getCampaignInsights(tx, id, view)));
  const insights = await read(pageView(url));
  const explanations = await readPage(context, (ctx) =>
    ctx.tx((tx) => listExplanations(tx, explanationQuery(url, { field: "campaignId", id }))),
  );
  const level = await loadLevel({
    context,
    url,
    offered: ["adGroups", "creatives"],
    within: [eq("campaignId", id)],
    sections: [insights.section],
  });
  // Rows can be chosen as they were paid, beside numbers in another currency.
  const asPaid = isConverted(insights.section) && !level?.converted;
  return {
    insights,
    adGroups: (asPaid ? await read({ ...pageView(url), inCurrency: undefined }) : insights).adGroups,
    explanation: explanations.items[0] ?? null,
    level,
    paces: await readPage(context, (ctx) => ctx.tx((tx) => listPaces(tx, paceQuery(url, eq("campaignId", id))))),
    draft: await readPage(context, (ctx) => ctx.tx(readDraft)),
    history: await readPage(context, (ctx) => ctx.tx((tx) => readHistory(tx, id))),
    metrics: await readPage(context, (ctx) => ctx.tx(describeAllMetrics)),
    tabs: breakdownTabs().filter(({ ofCampaigns }) => ofCampaigns),
    range: pageRange(url, insights.range),
    zone: insights.campaign.timeZone,
  };
}
