// What happens to the accounts that were read through a connection when it is lost, and when it comes back.
import type { AuditEntry, TxCtx } from "../core/context";
import type { AccountRow } from "./account-store";
import { canRead, rank } from "./choose-connection";
import { readConnection } from "./connection-store";
import { lockReadThrough, type Reaching, reachingConnections, takeInStranded, writeReadThrough } from "./reach-store";

/** Of the accounts that numbers are read of: DSP advertisers. */
export interface FailOver {
  /** Accounts that are read through another connection from now on. */
  moved: number;
  /** Accounts for which there is no other. */
  stranded: number;
}

/**
 * Moves every account that is read through the connection to the best other one that reaches it, or to none. They stay
 * there: nothing moves back by itself.
 * @param only of these accounts alone: those that the connection no longer sees
 */
export async function failOver(tx: TxCtx, connectionId: string, only?: readonly string[]): Promise<FailOver> {
  const lost = await lockReadThrough(tx, connectionId, only);
  if (lost.length === 0) return { moved: 0, stranded: 0 };
  const ids = lost.map(({ id }) => id);
  const reaching = (await reachingConnections(tx, ids)).filter((one) => one.connectionId !== connectionId);
  const from = { id: connectionId, name: (await readConnection(tx, connectionId))?.amazonUserName ?? null };
  const moves = lost.map((account) => ({ account, to: successor(account, reaching) }));
  for (const to of new Set(moves.map((move) => move.to?.connectionId ?? null))) {
    const going = moves.filter((move) => (move.to?.connectionId ?? null) === to);
    await writeReadThrough(
      tx,
      going.map(({ account }) => account.id),
      to,
    );
  }
  for (const { account, to } of moves) await tx.audit(auditOf(account, from, to));
  await tx.changed("accounts", ids);
  const read = moves.filter(({ account }) => account.kind === "dsp_advertiser");
  const moved = read.filter(({ to }) => to).length;
  return { moved, stranded: read.length - moved };
}

/** An advertiser is read: a connection that may not is no help to it. */
function successor({ id, kind }: AccountRow, reaching: readonly Reaching[]): Reaching | null {
  const able = reaching.filter((one) => one.accountId === id && (kind !== "dsp_advertiser" || canRead(one)));
  return rank(able)[0] ?? null;
}

const auditOf = (
  account: AccountRow,
  from: { id: string; name: string | null },
  to: Pick<Reaching, "connectionId" | "name"> | null,
): AuditEntry => ({
  action: to ? "account.failed_over" : "account.stranded",
  target: { type: "account", id: account.id, label: account.name },
  brandId: account.brandId,
  before: { connectionId: from.id, connectionName: from.name },
  after: { connectionId: to?.connectionId ?? null, connectionName: to?.name ?? null },
});

/**
 * Accounts that were lost, and that a connection reaches again, are read through it: after a new consent at once, before
 * any discovery.
 * @param only of these accounts alone
 */
export async function takeBackStranded(tx: TxCtx, connectionId: string, only?: readonly string[]): Promise<void> {
  const taken = await takeInStranded(tx, connectionId, only);
  if (taken.length === 0) return;
  const connectionName = (await readConnection(tx, connectionId))?.amazonUserName ?? null;
  for (const { id, name, brandId } of taken) {
    await tx.audit({
      action: "account.returned",
      target: { type: "account", id, label: name },
      brandId,
      before: { connectionId: null, connectionName: null },
      after: { connectionId, connectionName },
    });
  }
  await tx.changed(
    "accounts",
    taken.map(({ id }) => id),
  );
}
