import type { LoaderFunctionArgs } from "@remix-run/node";
import { describeMetrics, describeRange } from "#server/insights";
import { restatementsResource } from "#server/insights/api";
import type { Restatement } from "#server/insights/history-contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";
import { eq, pageRange, pageView } from "./page-range.server";

const weekMs = 7 * 24 * 3_600_000;

export async function loadRestatements({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const brand = url.searchParams.get("brand");
  const view = pageView(url);
  const asked = url.searchParams.get("since");
  const until = view.asOf ? Date.parse(view.asOf) : Date.now();
  const isBefore = asked !== null && Date.parse(asked) <= until;
  const since = new Date(isBefore ? asked : until - weekMs).toISOString();
  const permanent = [
    eq("range", view.range),
    eq("since", since),
    ...(view.asOf ? [eq("asOf", view.asOf)] : []),
    ...(brand ? [eq("brandId", brand)] : []),
  ];
  const about = await readPage(context, (ctx) =>
    ctx.tx((tx) => describeRange(tx, brand ? { brandIds: [brand] } : {}, view)),
  );
  const [zone] = about.freshness.zones;
  return {
    since,
    permanent,
    metrics: describeMetrics(),
    seed: await readList<Restatement>(context, restatementsResource, listParamsOf(url, { sorters: [], permanent })),
    range: pageRange(url, about.range),
    ...(zone && about.freshness.zones.length === 1 ? { zone } : {}),
  };
}
