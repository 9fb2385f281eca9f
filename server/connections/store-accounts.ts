import type { TxCtx } from "../core/context";
import { accessOf } from "./access-store";
import { type FoundAccount, upsertAccount, writeCapabilities } from "./account-store";
import { bestOf } from "./capabilities";
import { accountsDiscovered, type Capabilities } from "./contract";

/** Stores what a connection sees and tells who waits for accounts. @returns the accounts' ids */
export async function storeAccounts(tx: TxCtx, connectionId: string, found: FoundAccount[]): Promise<string[]> {
  const ids: string[] = [];
  const had = new Set<string>();
  // One order for all: two discoveries of the same accounts must not wait for each other.
  const ordered = found.toSorted((a, b) => (a.amazonId < b.amazonId ? -1 : 1));
  for (const account of ordered) {
    const { id, hadCampaigns } = await upsertAccount(tx, connectionId, account);
    ids.push(id);
    if (hadCampaigns) had.add(id);
  }
  const now = await refreshCapabilities(tx, ids);
  const kinds = new Map(ids.map((id, index) => [id, ordered[index]?.kind]));
  const accountIds = ids.filter(
    (id) => kinds.get(id) === "dsp_advertiser" && now.get(id)?.campaigns.ok && !had.has(id),
  );
  if (accountIds.length > 0) await tx.announce(accountsDiscovered, { accountIds });
  await tx.changed("accounts", ids);
  return ids;
}

/** Works out anew what each account can do, from the connections that reach it now. */
export async function refreshCapabilities(tx: TxCtx, accountIds: string[]): Promise<Map<string, Capabilities>> {
  const accesses = await accessOf(tx, accountIds);
  const result = new Map<string, Capabilities>();
  for (const id of accountIds) {
    const best = bestOf(accesses.filter((access) => access.accountId === id).map((access) => access.capabilities));
    await writeCapabilities(tx, id, best);
    result.set(id, best);
  }
  return result;
}
