import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { describeAllMetrics, getAgencyDashboard } from "#server/insights";
import { loadLevel } from "~/insights/level.server";
import { pageRange, pageView } from "~/insights/page-range.server";
import { readPage } from "~/page-data.server";

/** Of one brand, where the address names one: that has a page of its own. */
export async function loadAgency({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const brand = url.searchParams.get("brand");
  if (brand) {
    url.searchParams.delete("brand");
    throw redirect(`/brands/${encodeURIComponent(brand)}${url.search}`);
  }
  const board = await readPage(context, (ctx) => ctx.tx((tx) => getAgencyDashboard(tx, pageView(url))));
  const { zones } = board.freshness;
  const levels = ["brands", "campaigns", "adGroups", "creatives"] as const;
  const [level, metrics] = await Promise.all([
    loadLevel({ context, url, offered: levels, within: [], sections: board.sections }),
    readPage(context, (ctx) => ctx.tx(describeAllMetrics)),
  ]);
  return {
    board,
    level,
    metrics,
    range: pageRange(url, board.range),
    ...(zones.length === 1 ? { zone: zones[0] } : {}),
  };
}
