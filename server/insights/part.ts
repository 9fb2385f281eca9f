// What of a reader's accounts a page, a list or a chart is about.
import type { TxCtx } from "../core/context";
import { filterValues, type ListQuery } from "../core/query";
import { readScope, type Scope } from "./scope";
import { onlyOne, viewFilter, viewOf } from "./view";

/** All that the accounts delivered, or that of one campaign, ad group or creative, or of several of these at once. Ids are Amazon's. */
export interface Part {
  campaignId?: string | undefined;
  adGroupId?: string | undefined;
  creativeId?: string | undefined;
}

const kinds = ["campaignId", "adGroupId", "creativeId"] as const;

export const isWhole = (part: Part): boolean => kinds.every((kind) => part[kind] === undefined);

/** The filters of a resource whose numbers can be those of a part; the three ids are `<account>:<id at Amazon>`. */
export const withinFilter = {
  brandId: "text",
  accountId: "text",
  campaignId: "text",
  adGroupId: "text",
  creativeId: "text",
  ...viewFilter,
} as const;

export interface Within {
  scope: Scope;
  part: Part;
}

/** Parts of different accounts have nothing in common: no account is left then. */
export async function readWithin(tx: TxCtx, query: ListQuery): Promise<Within> {
  const named = kinds.flatMap((kind) => {
    const [accountId = "", id = ""] = onlyOne(query, kind)?.split(":") ?? [];
    return accountId === "" ? [] : [{ kind, accountId, id }];
  });
  const asked = filterValues(query, "accountId");
  const owners = [...new Set(named.map(({ accountId }) => accountId))];
  const ofParts = owners.length > 1 ? [] : owners;
  const accountIds = owners.length === 0 ? asked : ofParts.filter((id) => asked?.includes(id) ?? true);
  const scope = await readScope(
    tx,
    { brandIds: filterValues(query, "brandId") ?? undefined, accountIds: accountIds ?? undefined },
    viewOf(query),
  );
  return { scope, part: Object.fromEntries(named.map(({ kind, id }) => [kind, id])) };
}

/** `<account>:<id at Amazon>` in its two parts. */
export const splitId = (id: string): { accountId: string; amazonId: string } => {
  const [accountId = "", amazonId = ""] = id.split(":");
  return { accountId, amazonId };
};
