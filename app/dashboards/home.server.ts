import type { LoaderFunctionArgs } from "@remix-run/node";
import { describeMetrics, readHome } from "#server/insights";
import { pageRange } from "~/insights/page-range.server";
import { readPage } from "~/page-data.server";

export async function loadHome({ request, context }: LoaderFunctionArgs) {
  const home = await readPage(context, (ctx) => ctx.tx(readHome));
  return { home, metrics: describeMetrics(), week: pageRange(new URL(request.url), home.range) };
}
