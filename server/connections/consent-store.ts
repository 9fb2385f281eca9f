// What the consent map is made of: brands, their advertisers, and the consents with who looks after them.
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { users } from "../identity/tables";
import { brands } from "../workspace/tables";
import type { AccountRow } from "./account-store";
import type { ConnectionRow } from "./connection-store";
import { accounts, connections } from "./tables";

/** Brands that are not archived and whose consents the actor may see, by name. */
export async function mappedBrands(tx: TxCtx): Promise<{ id: string; name: string }[]> {
  const seen = tx.brandsWith("connections.read");
  return tx.db
    .select({ id: brands.id, name: brands.name })
    .from(brands)
    .where(
      and(
        eq(brands.agencyId, tx.agencyId),
        isNull(brands.archivedAt),
        seen === "all" ? undefined : inArray(brands.id, [...seen]),
      ),
    )
    .orderBy(asc(brands.name), asc(brands.id));
}

export type MappedAccount = Pick<AccountRow, "id" | "name" | "region" | "connectionId" | "brandId"> & {
  brandName: string | null;
};

/** Advertisers of these brands; those of none too for whoever sees all. By name. */
export async function mappedAccounts(tx: TxCtx): Promise<MappedAccount[]> {
  const seen = tx.brandsWith("connections.read");
  return tx.db
    .select({
      id: accounts.id,
      name: accounts.name,
      region: accounts.region,
      connectionId: accounts.connectionId,
      brandId: accounts.brandId,
      brandName: brands.name,
    })
    .from(accounts)
    .leftJoin(brands, and(eq(brands.agencyId, accounts.agencyId), eq(brands.id, accounts.brandId)))
    .where(
      and(
        eq(accounts.agencyId, tx.agencyId),
        eq(accounts.kind, "dsp_advertiser"),
        seen === "all" ? undefined : inArray(accounts.brandId, [...seen]),
      ),
    )
    .orderBy(asc(accounts.name), asc(accounts.id));
}

export type MappedConsent = Pick<
  ConnectionRow,
  | "id"
  | "amazonUserName"
  | "amazonUserEmail"
  | "region"
  | "state"
  | "stateReason"
  | "scopes"
  | "consentedAt"
  | "consentExpiresAt"
> & { ownerName: string | null; ownerState: string | null };

export async function mappedConsents(tx: TxCtx): Promise<MappedConsent[]> {
  return tx.db
    .select({
      id: connections.id,
      amazonUserName: connections.amazonUserName,
      amazonUserEmail: connections.amazonUserEmail,
      region: connections.region,
      state: connections.state,
      stateReason: connections.stateReason,
      scopes: connections.scopes,
      consentedAt: connections.consentedAt,
      consentExpiresAt: connections.consentExpiresAt,
      ownerName: users.name,
      ownerState: users.state,
    })
    .from(connections)
    .leftJoin(users, and(eq(users.agencyId, connections.agencyId), eq(users.id, connections.ownerUserId)))
    .where(eq(connections.agencyId, tx.agencyId))
    .orderBy(asc(connections.amazonUserName), asc(connections.id));
}

export async function writeOwner(tx: TxCtx, connectionId: string, ownerUserId: string): Promise<void> {
  await tx.db
    .update(connections)
    .set({ ownerUserId })
    .where(and(eq(connections.agencyId, tx.agencyId), eq(connections.id, connectionId)));
}

/** What a person looks after, whatever its state. */
export const ownedConnections = (tx: TxCtx, userId: string): Promise<{ id: string; label: string }[]> =>
  tx.db
    .select({ id: connections.id, label: connections.amazonUserName })
    .from(connections)
    .where(and(eq(connections.agencyId, tx.agencyId), eq(connections.ownerUserId, userId)))
    .orderBy(asc(connections.amazonUserName), asc(connections.id));
