// Which connections reach which accounts, and what each may do there.
import { and, eq, inArray, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import type { AccountRow } from "./account-store";
import { completed, type FoundCapabilities, keepKnown } from "./capabilities";
import { usable } from "./connection-store";
import type { Capabilities, Capability, CapabilityName, Region } from "./contract";
import { byAmazonId } from "./reach-store";
import { accountAccess, accounts, connections } from "./tables";

/** What each connection may do with the accounts. */
export async function accessOf(
  tx: TxCtx,
  accountIds: readonly string[],
): Promise<{ accountId: string; capabilities: Capabilities }[]> {
  if (accountIds.length === 0) return [];
  const rows = await tx.db
    .select({ accountId: accountAccess.accountId, capabilities: accountAccess.capabilities })
    .from(accountAccess)
    .where(and(eq(accountAccess.agencyId, tx.agencyId), inArray(accountAccess.accountId, [...accountIds])));
  return rows.map(({ accountId, capabilities }) => ({ accountId, capabilities: completed(capabilities) }));
}

/** Stores what a connection may do with an account, as far as Amazon told it; the rest stays as it was known. */
export async function writeAccess(
  tx: TxCtx,
  {
    capabilities: found,
    profileId,
    ...key
  }: {
    accountId: string;
    connectionId: string;
    capabilities: FoundCapabilities;
    /** Left out: as it was. */
    profileId?: string | null;
  },
): Promise<void> {
  const [before] = await tx.db
    .select({ capabilities: accountAccess.capabilities, probedAt: accountAccess.probedAt })
    .from(accountAccess)
    .where(
      and(
        eq(accountAccess.agencyId, tx.agencyId),
        eq(accountAccess.accountId, key.accountId),
        eq(accountAccess.connectionId, key.connectionId),
      ),
    );
  const access = {
    capabilities: keepKnown(found, before),
    probedAt: tx.now(),
    ...(profileId === undefined ? {} : { profileId }),
  };
  await tx.db
    .insert(accountAccess)
    .values({ agencyId: tx.agencyId, ...key, ...access })
    .onConflictDoUpdate({
      target: [accountAccess.agencyId, accountAccess.accountId, accountAccess.connectionId],
      set: access,
    });
}

/** The advertisers of an entity that a connection reaches, locked in the order in which discoveries write them. */
export async function lockReached(
  tx: TxCtx,
  connectionId: string,
  { region, entityId }: { region: Region; entityId: string },
): Promise<string[]> {
  const rows = await tx.db
    .select({ id: accounts.id })
    .from(accounts)
    .innerJoin(
      accountAccess,
      and(
        eq(accountAccess.agencyId, accounts.agencyId),
        eq(accountAccess.accountId, accounts.id),
        eq(accountAccess.connectionId, connectionId),
      ),
    )
    .where(
      and(
        eq(accounts.agencyId, tx.agencyId),
        eq(accounts.kind, "dsp_advertiser"),
        eq(accounts.region, region),
        eq(accounts.entityId, entityId),
      ),
    )
    .orderBy(byAmazonId, accounts.id)
    .for("update", { of: accounts });
  return rows.map(({ id }) => id);
}

export interface Access {
  account: AccountRow;
  connectionId: string;
  probedAt: Date;
}

/** The connections that reach an account and can be used. */
export async function usableAccesses(tx: TxCtx, accountId: string): Promise<Access[]> {
  return tx.db
    .select({ account: accounts, connectionId: accountAccess.connectionId, probedAt: accountAccess.probedAt })
    .from(accountAccess)
    .innerJoin(accounts, and(eq(accounts.agencyId, accountAccess.agencyId), eq(accounts.id, accountAccess.accountId)))
    .innerJoin(
      connections,
      and(eq(connections.agencyId, accountAccess.agencyId), eq(connections.id, accountAccess.connectionId)),
    )
    .where(and(eq(accountAccess.agencyId, tx.agencyId), eq(accountAccess.accountId, accountId), usable));
}

/** @returns whether anything changed */
export async function writeAccessCapability(
  tx: TxCtx,
  {
    accountId,
    connectionId,
    name,
    capability,
  }: {
    accountId: string;
    connectionId: string;
    name: CapabilityName;
    capability: Capability;
  },
): Promise<boolean> {
  const value = JSON.stringify(capability);
  const rows = await tx.db
    .update(accountAccess)
    .set({ capabilities: sql`jsonb_set(${accountAccess.capabilities}, array[${name}::text], ${value}::jsonb)` })
    .where(
      and(
        eq(accountAccess.agencyId, tx.agencyId),
        eq(accountAccess.accountId, accountId),
        eq(accountAccess.connectionId, connectionId),
        sql`${accountAccess.capabilities} -> ${name} is distinct from ${value}::jsonb`,
      ),
    )
    .returning({ id: accountAccess.accountId });
  return rows.length > 0;
}

/** Forgets the accesses of a connection that are not among the accounts named. @returns the accounts concerned */
export async function dropAccess(
  tx: TxCtx,
  connectionId: string,
  keep?: { region: Region; accountIds: readonly string[] },
): Promise<string[]> {
  const inRegion = keep
    ? sql`exists (select 1 from ${accounts} a where a.agency_id = ${accountAccess.agencyId}
        and a.id = ${accountAccess.accountId} and a.region = ${keep.region})`
    : undefined;
  const others = keep?.accountIds.length
    ? sql`not (${inArray(accountAccess.accountId, [...keep.accountIds])})`
    : undefined;
  const rows = await tx.db
    .delete(accountAccess)
    .where(and(eq(accountAccess.agencyId, tx.agencyId), eq(accountAccess.connectionId, connectionId), inRegion, others))
    .returning({ id: accountAccess.accountId });
  return rows.map((row) => row.id);
}

/** Advertisers whose campaigns can be read through a connection that is not cut off. */
export async function selectSyncable(tx: TxCtx): Promise<AccountRow[]> {
  return tx.db
    .select()
    .from(accounts)
    .where(
      and(
        eq(accounts.agencyId, tx.agencyId),
        eq(accounts.kind, "dsp_advertiser"),
        sql`${accounts.capabilities} -> 'campaigns' ->> 'ok' = 'true'`,
        sql`exists (select 1 from ${accountAccess} a join ${connections} c
          on c.agency_id = a.agency_id and c.id = a.connection_id
          where a.agency_id = ${accounts.agencyId} and a.account_id = ${accounts.id}
            and c.state in ('healthy', 'expiring', 'degraded'))`,
      ),
    )
    .orderBy(accounts.id);
}

/** Connections that may do this with the account: first the one it is read through, then the healthiest. */
export async function selectConnectionsFor(
  tx: TxCtx,
  accountId: string,
  capability: CapabilityName,
): Promise<{ connectionId: string; profileId: string | null; state: string; stateReason: string | null }[]> {
  return tx.db
    .select({
      connectionId: connections.id,
      profileId: accountAccess.profileId,
      state: connections.state,
      stateReason: connections.stateReason,
    })
    .from(accountAccess)
    .innerJoin(
      connections,
      and(eq(connections.agencyId, accountAccess.agencyId), eq(connections.id, accountAccess.connectionId)),
    )
    .innerJoin(accounts, and(eq(accounts.agencyId, accountAccess.agencyId), eq(accounts.id, accountAccess.accountId)))
    .where(
      and(
        eq(accountAccess.agencyId, tx.agencyId),
        eq(accountAccess.accountId, accountId),
        // Of accesses stored before there was a probe for it nothing speaks against it.
        sql`coalesce(${accountAccess.capabilities} -> ${capability} ->> 'ok', 'true') = 'true'`,
        usable,
      ),
    )
    .orderBy(
      sql`${accounts.connectionId} is not distinct from ${connections.id} desc`,
      sql`array_position(array['healthy', 'expiring', 'degraded'], ${connections.state})`,
      connections.stateSince,
      connections.id,
    );
}
