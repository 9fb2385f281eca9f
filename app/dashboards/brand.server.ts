import type { LoaderFunctionArgs } from "@remix-run/node";
import type { TxCtx } from "#server/core/context";
import { wholeList } from "#server/core/query";
import { getWallBrand } from "#server/dashboards";
import { breakdownTabs, describeAllMetrics, getBrandDashboard, listExplanations, listPaces } from "#server/insights";
import { getBrand, listMembers } from "#server/workspace";
import { loadLevel } from "~/insights/level.server";
import { eq, explanationQuery, paceQuery, pageRange, pageView } from "~/insights/page-range.server";
import { readPage } from "~/page-data.server";

const levels = ["campaigns", "adGroups", "creatives"] as const;

export async function loadBrand({ request, params, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const id = params.id ?? "";
  const board = await readPage(context, (ctx) => ctx.tx((tx) => getBrandDashboard(tx, id, pageView(url))));
  const within = [eq("brandId", id)];
  const [read, level] = await Promise.all([
    readPage(context, (ctx) => ctx.tx((tx) => readBrand(tx, id, url))),
    loadLevel({ context, url, offered: levels, within, sections: board.sections }),
  ]);
  const { zones } = board.freshness;
  return {
    ...read,
    board,
    level,
    tabs: breakdownTabs(),
    range: pageRange(url, board.range),
    ...(zones.length === 1 ? { zone: zones[0] } : {}),
  };
}

async function readBrand(tx: TxCtx, id: string, url: URL) {
  const brand = await getBrand(tx, id);
  // An archived brand is on no wall, and the wall knows of no moment but the present one.
  const isNow = brand.archivedAt === null && pageView(url).asOf === undefined;
  const [explanations, signs, people, paces, metrics] = await Promise.all([
    listExplanations(tx, explanationQuery(url, { field: "brandId", id })),
    isNow ? getWallBrand(tx, id) : null,
    peopleOf(tx, id),
    listPaces(tx, paceQuery(url, eq("brandId", id))),
    describeAllMetrics(tx),
  ]);
  return { brand, explanations: explanations.items, signs, people, paces, metrics };
}

/** Active people with a role for the brand or for all; null for those who may not know. */
async function peopleOf(tx: TxCtx, brandId: string) {
  if (!tx.can("members.read", brandId)) return null;
  const filters = [{ field: "state", operator: "eq" as const, values: ["active"] }];
  const { items } = await listMembers(tx, { ...wholeList(1000), filters });
  return items.flatMap(({ id, name, roles }) => {
    const own = roles.filter((role) => role.brandId === null || role.brandId === brandId);
    return own.length === 0 ? [] : [{ id, name, roles: own }];
  });
}
