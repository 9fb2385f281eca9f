// The whole agency's numbers, as far as the reader may see its brands: a section for each currency, which are never added.
import type { TxCtx } from "../core/context";
import { type ListQuery, type ListResult, requireRead } from "../core/query";
import { readBoard } from "./board";
import type { AgencyDashboard } from "./level-contract";
import { readScope } from "./scope";
import { type View, viewOf } from "./view";

export async function getAgencyDashboard(tx: TxCtx, view: View = {}): Promise<AgencyDashboard> {
  requireRead(tx, "insights.read", "anyBrand");
  const scope = await readScope(tx, {}, view);
  const brands = new Set(scope.accounts.flatMap(({ brandId }) => brandId ?? [])).size;
  return { id: "agency", brands, accounts: scope.accounts.length, ...(await readBoard(tx, { scope, part: {} })) };
}

/** The same over a range, as the API asks. */
export async function listAgencyDashboards(tx: TxCtx, query: ListQuery): Promise<ListResult<AgencyDashboard>> {
  return { items: [await getAgencyDashboard(tx, viewOf(query))], total: 1 };
}
