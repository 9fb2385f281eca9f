import type { LoaderFunctionArgs } from "@remix-run/node";
import { countUnassigned } from "#server/connections";
import type { TxCtx } from "#server/core/context";
import { wholeList } from "#server/core/query";
import { listWall } from "#server/dashboards";
import { describeMetrics, readHome, readJourney } from "#server/insights";
import { pageRange, pageView } from "~/insights/page-range.server";
import { readPage } from "~/page-data.server";

/** Tiles on Home; the others are one click away. */
const tilesShown = 12;
/** More brands than this are a wall for everybody. */
const few = 3;

/** Several brands to look after are a wall, those in most need first; a few to look at are their numbers. */
export async function loadHome({ request, context }: LoaderFunctionArgs) {
  const read = await readPage(context, (ctx) =>
    ctx.tx(async (tx) => {
      const unassigned = tx.can("accounts.write") ? await countUnassigned(tx) : 0;
      const wall = await listWall(tx, wholeList(tilesShown));
      const areFew = wall.total <= (looksAfter(tx) ? 1 : few);
      if (areFew && tx.can("insights.read", "anyBrand"))
        return { wall: null, unassigned, home: await readHome(tx, pageView(new URL(request.url)).inCurrency) };
      return { wall, unassigned, journey: await readJourney(tx) };
    }),
  );
  if (!read.wall) {
    return { ...read, metrics: describeMetrics(), week: pageRange(new URL(request.url), read.home.range) };
  }
  return read;
}

const looksAfter = (tx: TxCtx): boolean => tx.can("health.read", "anyBrand") || tx.can("connections.read", "anyBrand");
