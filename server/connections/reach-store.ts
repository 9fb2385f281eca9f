// The connection each account is read through, and those that could take its place.
import { and, eq, exists, getTableColumns, inArray, isNull, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import type { AccountRow } from "./account-store";
import type { Candidate } from "./choose-connection";
import { usable } from "./connection-store";
import { accountAccess, accounts, connections } from "./tables";

const ours = (tx: TxCtx) => eq(accounts.agencyId, tx.agencyId);

/** Discoveries write accounts in this order: who locks several must not wait for them crosswise. */
export const byAmazonId = sql`${accounts.amazonId} collate "C"`;

/** Locks the accounts read through a connection. @param only of these alone */
export async function lockReadThrough(
  tx: TxCtx,
  connectionId: string,
  only?: readonly string[],
): Promise<AccountRow[]> {
  if (only?.length === 0) return [];
  return tx.db
    .select()
    .from(accounts)
    .where(and(ours(tx), eq(accounts.connectionId, connectionId), only ? inArray(accounts.id, [...only]) : undefined))
    .orderBy(byAmazonId, accounts.id)
    .for("update");
}

export async function lockAccount(tx: TxCtx, id: string): Promise<AccountRow | null> {
  const [row] = await tx.db
    .select()
    .from(accounts)
    .where(and(ours(tx), eq(accounts.id, id)))
    .for("update");
  return row ?? null;
}

export interface Reaching extends Candidate {
  accountId: string;
  name: string;
}

/** The connections that reach the accounts, in whatever state they are. */
export async function reachingConnections(tx: TxCtx, accountIds: readonly string[]): Promise<Reaching[]> {
  if (accountIds.length === 0) return [];
  return tx.db
    .select({
      accountId: accountAccess.accountId,
      connectionId: connections.id,
      name: connections.amazonUserName,
      state: connections.state,
      stateSince: connections.stateSince,
      capabilities: accountAccess.capabilities,
    })
    .from(accountAccess)
    .innerJoin(
      connections,
      and(eq(connections.agencyId, accountAccess.agencyId), eq(connections.id, accountAccess.connectionId)),
    )
    .where(and(eq(accountAccess.agencyId, tx.agencyId), inArray(accountAccess.accountId, [...accountIds])));
}

export async function writeReadThrough(
  tx: TxCtx,
  accountIds: readonly string[],
  connectionId: string | null,
): Promise<void> {
  if (accountIds.length === 0) return;
  await tx.db
    .update(accounts)
    .set({ connectionId, version: sql`${accounts.version} + 1` })
    .where(and(ours(tx), inArray(accounts.id, [...accountIds])));
}

/**
 * Accounts that nothing is read through, and that this connection reaches, are read through it, if it can be used.
 * @returns them
 */
export async function takeInStranded(
  tx: TxCtx,
  connectionId: string,
  only?: readonly string[],
): Promise<Pick<AccountRow, "id" | "name" | "brandId">[]> {
  if (only?.length === 0) return [];
  const { id, name, brandId } = getTableColumns(accounts);
  const reached = tx.db
    .select({ one: sql`1` })
    .from(accountAccess)
    .innerJoin(
      connections,
      and(eq(connections.agencyId, accountAccess.agencyId), eq(connections.id, accountAccess.connectionId), usable),
    )
    .where(
      and(
        eq(accountAccess.agencyId, accounts.agencyId),
        eq(accountAccess.accountId, accounts.id),
        eq(accountAccess.connectionId, connectionId),
      ),
    );
  const stranded = await tx.db
    .select({ id, name, brandId })
    .from(accounts)
    .where(
      and(ours(tx), isNull(accounts.connectionId), exists(reached), only ? inArray(accounts.id, [...only]) : undefined),
    )
    .orderBy(byAmazonId, accounts.id)
    .for("update");
  await writeReadThrough(
    tx,
    stranded.map((account) => account.id),
    connectionId,
  );
  return stranded;
}
