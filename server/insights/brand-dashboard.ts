// A brand's numbers in one read: tiles with the period before, days, top campaigns, and how fresh each account is.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import { findBrand } from "../workspace";
import { readBoard } from "./board";
import { selectCampaigns } from "./campaign-store";
import type { BrandDashboard, Campaign } from "./contract";
import { showAll } from "./list-campaigns";
import { hidesMoney } from "./money";
import { remembered } from "./remember";
import { readScope, type Scope } from "./scope";
import { syncOf } from "./sync-status";
import { type View, viewOf } from "./view";

const campaignsShown = 10;

export async function getBrandDashboard(tx: TxCtx, id: string, view: View = {}): Promise<BrandDashboard> {
  requireRead(tx, "insights.read", "anyBrand");
  const [{ name }, scope] = await Promise.all([findBrand(tx, id), readScope(tx, { brandIds: [id] }, view)]);
  if (!tx.can("insights.read", id)) throw notFound("The brand");
  const [board, most, accounts] = await Promise.all([
    readBoard(tx, { scope, part: {} }),
    remembered(tx, { name: "top-campaigns", scope, asked: null }, () => topCampaigns(tx, scope)),
    syncNowOf(tx, scope, id),
  ]);
  return { id, name, ...board, topCampaigns: most, accounts };
}

/** How far the sync is, is a matter of now, whichever moment the numbers are seen as of. */
const syncNowOf = async (tx: TxCtx, { at, accounts }: Scope, id: string) =>
  syncOf(tx, at ? (await readScope(tx, { brandIds: [id] })).accounts : accounts);

async function topCampaigns(tx: TxCtx, scope: Scope): Promise<Campaign[]> {
  const most = { field: hidesMoney(scope.accounts) ? "impressions" : "spend", order: "desc" as const };
  const top = { start: 0, limit: campaignsShown, sort: most, search: null, filters: [] };
  return showAll(scope, (await selectCampaigns(tx, top, scope)).items);
}

/** The same by its id and a range, as the API asks. */
export async function listBrandDashboards(tx: TxCtx, query: ListQuery): Promise<ListResult<BrandDashboard>> {
  requireRead(tx, "insights.read", "anyBrand");
  const ids = (filterValues(query, "id") ?? []).slice(0, query.limit);
  const items: BrandDashboard[] = [];
  for (const id of ids) items.push(await getBrandDashboard(tx, id, viewOf(query)));
  return { items, total: items.length };
}
