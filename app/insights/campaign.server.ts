import type { LoaderFunctionArgs } from "@remix-run/node";
import type { TxCtx } from "#server/core/context";
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
  const within = [eq("campaignId", id)];
  const [beside, level] = await Promise.all([
    readPage(context, (ctx) => ctx.tx((tx) => readBeside(tx, id, url))),
    loadLevel({ context, url, offered: ["adGroups", "creatives"], within, sections: [insights.section] }),
  ]);
  // Rows can be chosen as they were paid, beside numbers in another currency.
  const asPaid = isConverted(insights.section) && !level?.converted;
  return {
    ...beside,
    insights,
    adGroups: (asPaid ? await read({ ...pageView(url), inCurrency: undefined }) : insights).adGroups,
    level,
    tabs: breakdownTabs().filter(({ ofCampaigns }) => ofCampaigns),
    range: pageRange(url, insights.range),
    zone: insights.campaign.timeZone,
  };
}

/** What the page shows beside the campaign's own numbers. */
async function readBeside(tx: TxCtx, id: string, url: URL) {
  const [explanations, paces, draft, history, metrics] = await Promise.all([
    listExplanations(tx, explanationQuery(url, { field: "campaignId", id })),
    listPaces(tx, paceQuery(url, eq("campaignId", id))),
    readDraft(tx),
    readHistory(tx, id),
    describeAllMetrics(tx),
  ]);
  return { explanation: explanations.items[0] ?? null, paces, draft, history, metrics };
}
