import type { TxCtx } from "../core/context";
import { accessOf, lockReached, writeAccess } from "./access-store";
import { type FoundAccount, upsertAccount, writeCapabilities } from "./account-store";
import { all, bestOf, type FoundCapabilities } from "./capabilities";
import { accountsDiscovered, type Capabilities, type Capability, type Region } from "./contract";
import { failOver, takeBackStranded } from "./fail-over";
import { lockAccount, takeInStranded } from "./reach-store";

/** Stores what a connection sees and tells who waits for accounts. @returns the accounts' ids */
export async function storeAccounts(tx: TxCtx, connectionId: string, found: FoundAccount[]): Promise<string[]> {
  const ids: string[] = [];
  const fresh: string[] = [];
  const had = new Set<string>();
  // One order for all: two discoveries of the same accounts must not wait for each other.
  const ordered = found.toSorted((a, b) => (a.amazonId < b.amazonId ? -1 : 1));
  for (const account of ordered) {
    const { id, isNew, hadCampaigns } = await upsertAccount(tx, connectionId, account);
    ids.push(id);
    if (isNew) fresh.push(id);
    if (hadCampaigns) had.add(id);
  }
  await takeInStranded(tx, connectionId, fresh);
  await takeBackStranded(
    tx,
    connectionId,
    ids.filter((id) => !fresh.includes(id)),
  );
  const now = await refreshCapabilities(tx, ids);
  const kinds = new Map(ids.map((id, index) => [id, ordered[index]?.kind]));
  const accountIds = ids.filter(
    (id) => kinds.get(id) === "dsp_advertiser" && now.get(id)?.campaigns.ok && !had.has(id),
  );
  if (accountIds.length > 0) await tx.announce(accountsDiscovered, { accountIds });
  await tx.changed("accounts", ids);
  return ids;
}

/**
 * The advertisers of an entity that the connection may no longer look into: still shown, with the reason, and read
 * through another connection where there is one. @returns their ids
 */
export async function storeRefused(
  tx: TxCtx,
  connectionId: string,
  { refused, ...entity }: { region: Region; entityId: string; refused: Capability },
): Promise<string[]> {
  const accountIds = await lockReached(tx, connectionId, entity);
  await storeTold(tx, connectionId, { accountIds, told: all(refused) });
  return accountIds;
}

/** Stores what Amazon told of accounts that it does not list: why they cannot be used, or nothing new. */
export async function storeTold(
  tx: TxCtx,
  connectionId: string,
  { accountIds, told }: { accountIds: string[]; told: FoundCapabilities },
): Promise<void> {
  if (accountIds.length === 0) return;
  // Two connections may be told of one account at once: the later works out what is best from what the first stored.
  for (const accountId of accountIds) await lockAccount(tx, accountId);
  for (const accountId of accountIds) await writeAccess(tx, { accountId, connectionId, capabilities: told });
  if (told.campaigns && !told.campaigns.ok) await failOver(tx, connectionId, accountIds);
  await refreshCapabilities(tx, accountIds);
  await tx.changed("accounts", accountIds);
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
