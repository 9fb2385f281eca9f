// What a file of numbers says of them: their days, the moment they are seen as of, how settled they are, and the version of the data.
import { createHash } from "node:crypto";
import type { Permission, TxCtx } from "../core/context";
import { filterValues, type ListQuery, type NumbersNote } from "../core/query";
import { hidesMoney } from "./money";
import { readWithin } from "./part";
import { readScope, type Scope } from "./scope";
import { dataVersions } from "./scope-store";
import { type View, viewOf } from "./view";

/** Of the accounts that the query's filters name: by brand, account, or the ids of campaigns (`<account>:<campaign>`). */
export async function noteNumbers(tx: TxCtx, query: ListQuery, permission?: Permission): Promise<NumbersNote> {
  const view = viewOf(query);
  const ofIds = [...(filterValues(query, "id") ?? []), ...(filterValues(query, "campaignId") ?? [])];
  const named = ofIds.filter((id) => id.includes(":")).map((id) => id.split(":")[0] ?? "");
  const accountIds = filterValues(query, "accountId") ?? (named.length > 0 ? named : undefined);
  const filter = { brandIds: filterValues(query, "brandId") ?? undefined, accountIds, permission };
  return noteOf(tx, await readScope(tx, filter, view), view);
}

export const noteCampaigns = (tx: TxCtx, query: ListQuery): Promise<NumbersNote> =>
  noteNumbers(tx, query, "campaigns.read");

/** Of a list with the filters of `withinFilter`. */
export async function noteWithin(tx: TxCtx, query: ListQuery): Promise<NumbersNote> {
  const { scope } = await readWithin(tx, query);
  return noteOf(tx, scope, viewOf(query));
}

async function noteOf(tx: TxCtx, scope: Scope, view: View): Promise<NumbersNote> {
  const { range, freshness, settled, accounts, at } = scope;
  const versions = await dataVersions(
    tx,
    accounts.map(({ id }) => id),
  );
  return {
    range: { id: range.id, from: range.from, to: range.to },
    compare: { from: range.previous.from, to: range.previous.to },
    asOf: at?.toISOString() ?? null,
    sameAge: view.sameAge ?? false,
    zones: freshness.zones,
    dataVersion: createHash("sha256").update(versions).digest("hex").slice(0, 16),
    syncedAt: freshness.syncedAt,
    dataThrough: freshness.dataThrough,
    partialDay: freshness.partialDay,
    settled: Object.entries(settled).map(([rule, { share, until }]) => ({ rule, share, until })),
    moneyHidden: hidesMoney(accounts),
  };
}
