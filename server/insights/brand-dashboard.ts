// A brand's numbers in one read: tiles with the period before, days, top campaigns, and how fresh each account is.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import { findBrand } from "../workspace";
import { readBoard } from "./board";
import { selectCampaigns } from "./campaign-store";
import type { BrandDashboard } from "./contract";
import { showAll } from "./list-campaigns";
import { hidesMoney } from "./money";
import { readScope } from "./scope";
import { syncOf } from "./sync-status";
import { type View, viewOf } from "./view";

const campaignsShown = 10;

export async function getBrandDashboard(tx: TxCtx, id: string, view: View = {}): Promise<BrandDashboard> {
  requireRead(tx, "insights.read", "anyBrand");
  const { name } = await findBrand(tx, id);
  if (!tx.can("insights.read", id)) throw notFound("The brand");
  const scope = await readScope(tx, { brandIds: [id] }, view);
  const { accounts } = scope;
  const most = { field: hidesMoney(accounts) ? "impressions" : "spend", order: "desc" as const };
  const top = await selectCampaigns(
    tx,
    { start: 0, limit: campaignsShown, sort: most, search: null, filters: [] },
    scope,
  );
  return {
    id,
    name,
    ...(await readBoard(tx, { scope, part: {} }, view)),
    topCampaigns: showAll(scope, top.items),
    // How far the sync is, is a matter of now.
    accounts: await syncOf(tx, scope.at ? (await readScope(tx, { brandIds: [id] })).accounts : accounts),
  };
}

/** The same by its id and a range, as the API asks. */
export async function listBrandDashboards(tx: TxCtx, query: ListQuery): Promise<ListResult<BrandDashboard>> {
  requireRead(tx, "insights.read", "anyBrand");
  const ids = (filterValues(query, "id") ?? []).slice(0, query.limit);
  const items: BrandDashboard[] = [];
  for (const id of ids) items.push(await getBrandDashboard(tx, id, viewOf(query)));
  return { items, total: items.length };
}
