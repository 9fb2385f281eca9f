import type { LoaderFunctionArgs } from "@remix-run/node";
import { describeMetrics, getBrandDashboard } from "#server/insights";
import { pageRange, rangeTextOf } from "~/insights/page-range.server";
import { readPage } from "~/page-data.server";

export async function loadBrand({ request, params, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const board = await readPage(context, (ctx) =>
    ctx.tx((tx) => getBrandDashboard(tx, params.id ?? "", rangeTextOf(url))),
  );
  const { zones } = board.freshness;
  return {
    board,
    metrics: describeMetrics(),
    range: pageRange(url, board.range),
    ...(zones.length === 1 ? { zone: zones[0] } : {}),
  };
}
