import type { LoaderFunctionArgs } from "@remix-run/node";
import { describeAllMetrics, getAdGroupInsights, getCreativeInsights, listExplanations } from "#server/insights";
import type { Level } from "#server/insights/level-contract";
import { readPage } from "~/page-data.server";
import { loadLevel } from "./level.server";
import { eq, explanationQuery, pageRange, pageView } from "./page-range.server";

/** An ad group is made of creatives; a creative is told by where it ran. */
const kinds = {
  adGroupId: { read: getAdGroupInsights, offered: ["creatives"] },
  creativeId: { read: getCreativeInsights, offered: ["campaigns", "adGroups"] },
} as const satisfies Record<string, { read: typeof getAdGroupInsights; offered: readonly Level[] }>;

/** The page of an ad group or of a creative. */
export async function loadPart({ request, params, context }: LoaderFunctionArgs, field: keyof typeof kinds) {
  const url = new URL(request.url);
  const id = params.id ?? "";
  const { read, offered } = kinds[field];
  const insights = await readPage(context, (ctx) => ctx.tx((tx) => read(tx, id, pageView(url))));
  const explanations = await readPage(context, (ctx) =>
    ctx.tx((tx) => listExplanations(tx, explanationQuery(url, { field, id }))),
  );
  const sections = [insights.section];
  return {
    insights,
    explanation: explanations.items[0] ?? null,
    level: await loadLevel({ context, url, offered, within: [eq(field, id)], sections }),
    metrics: await readPage(context, (ctx) => ctx.tx(describeAllMetrics)),
    range: pageRange(url, insights.range),
    zone: insights.timeZone,
  };
}
