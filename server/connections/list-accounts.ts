import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import { countByBrand, type SeenAccount, selectAccounts } from "./account-store";
import { completed } from "./capabilities";
import type { Account } from "./contract";

/** Whoever holds roles for some brands only sees the accounts of these; unassigned ones are for those who see all. */
export async function listAccounts(tx: TxCtx, query: ListQuery): Promise<ListResult<Account>> {
  requireRead(tx, "accounts.read", "anyBrand");
  const { items, total } = await selectAccounts(tx, query);
  // The names of those who consented are for those who look after connections.
  const namesShown = tx.can("connections.read", "anyBrand");
  return { items: items.map((item) => show(item, namesShown)), total };
}

export async function getAccount(tx: TxCtx, id: string): Promise<Account> {
  const byId = { field: "id", operator: "eq" as const, values: [id] };
  const { items } = await listAccounts(tx, { ...wholeList(1), filters: [byId] });
  const [account] = items;
  if (!account) throw notFound("The account");
  return account;
}

/** The accounts of each brand, counted; a brand without one is left out. */
export async function countAccounts(tx: TxCtx): Promise<Record<string, number>> {
  requireRead(tx, "accounts.read", "anyBrand");
  const counts = await countByBrand(tx);
  return Object.fromEntries(counts.flatMap(({ brandId, accounts }) => (brandId ? [[brandId, accounts]] : [])));
}

/** Accounts that belong to no brand: known to those who see all. */
export async function countUnassigned(tx: TxCtx): Promise<number> {
  if (!tx.can("accounts.read")) return 0;
  const counts = await countByBrand(tx);
  return counts.find(({ brandId }) => brandId === null)?.accounts ?? 0;
}

const show = (
  { account, brandName, brandArchivedAt, connections, probedAt }: SeenAccount,
  namesShown: boolean,
): Account => ({
  id: account.id,
  kind: account.kind,
  region: account.region,
  amazonId: account.amazonId,
  name: account.name,
  entityId: account.entityId,
  countryCode: account.countryCode,
  currency: account.currency,
  timeZone: account.timeZone,
  brandId: account.brandId,
  brandName,
  brandArchived: brandArchivedAt !== null,
  capabilities: completed(account.capabilities),
  reachedBy: connections.length,
  connections: namesShown ? connections : [],
  connectionId: namesShown ? account.connectionId : null,
  createdAt: account.createdAt.toISOString(),
  seenAt: account.seenAt.toISOString(),
  probedAt: probedAt?.toISOString() ?? null,
  version: account.version,
});
