// A brand's numbers in one read: tiles with the period before, days, top campaigns, and how fresh each account is.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import { selectCampaigns } from "./campaign-store";
import type { BrandDashboard } from "./contract";
import { daySums, knownDays, knownTogether } from "./kpi-store";
import { rangeFilter, showAll } from "./list-campaigns";
import { readScope } from "./scope";
import { sectionsOf } from "./section";
import { brandNames } from "./status-store";
import { syncOf } from "./sync-status";

const campaignsShown = 10;

export async function getBrandDashboard(tx: TxCtx, id: string, range?: string): Promise<BrandDashboard> {
  requireRead(tx, "insights.read", "anyBrand");
  const brand = (await brandNames(tx)).find((one) => one.id === id);
  if (!brand || !tx.can("insights.read", id)) throw notFound("The brand");
  const scope = await readScope(tx, { brandIds: [id] }, range);
  const { accounts } = scope;
  const sums = await daySums(tx, accounts);
  const known = knownTogether(accounts, await knownDays(tx, accounts));
  const bySpend = { field: "spend", order: "desc" as const };
  const top = await selectCampaigns(
    tx,
    { start: 0, limit: campaignsShown, sort: bySpend, search: null, filters: [] },
    accounts,
  );
  return {
    ...brand,
    range: scope.range,
    freshness: scope.freshness,
    settled: scope.settled,
    sections: sectionsOf(scope, sums, { known }),
    topCampaigns: showAll(scope, top.items),
    accounts: await syncOf(tx, accounts),
  };
}

/** The same by its id and a range, as the API asks. */
export async function listBrandDashboards(tx: TxCtx, query: ListQuery): Promise<ListResult<BrandDashboard>> {
  requireRead(tx, "insights.read", "anyBrand");
  const ids = (filterValues(query, "id") ?? []).slice(0, query.limit);
  const items: BrandDashboard[] = [];
  for (const id of ids) items.push(await getBrandDashboard(tx, id, rangeFilter(query)));
  return { items, total: items.length };
}
