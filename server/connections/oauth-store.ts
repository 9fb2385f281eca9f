import { and, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import type { ConnectOutcome } from "./contract";
import { oauthStates } from "./tables";

export type OAuthStateRow = typeof oauthStates.$inferSelect;

const one = (tx: TxCtx, id: string) => and(eq(oauthStates.agencyId, tx.agencyId), eq(oauthStates.id, id));

export async function insertState(tx: TxCtx, row: Omit<typeof oauthStates.$inferInsert, "agencyId">): Promise<void> {
  await tx.db.insert(oauthStates).values({ ...row, agencyId: tx.agencyId });
}

/** Locked until the transaction ends: of two callbacks with one state, the second reads what the first made of it. */
export async function lockState(tx: TxCtx, id: string): Promise<OAuthStateRow | null> {
  const [row] = await tx.db.select().from(oauthStates).where(one(tx, id)).for("update");
  return row ?? null;
}

export async function readState(tx: TxCtx, id: string): Promise<OAuthStateRow | null> {
  const [row] = await tx.db.select().from(oauthStates).where(one(tx, id));
  return row ?? null;
}

export async function consumeState(tx: TxCtx, id: string, outcome: ConnectOutcome | null): Promise<void> {
  await tx.db.update(oauthStates).set({ consumedAt: tx.now(), codeVerifier: null, outcome }).where(one(tx, id));
}

/** The first outcome stays: a consent has one. @returns whether this was the first */
export async function settleState(tx: TxCtx, id: string, outcome: ConnectOutcome): Promise<boolean> {
  const rows = await tx.db
    .update(oauthStates)
    .set({ outcome })
    .where(and(one(tx, id), isNull(oauthStates.outcome)))
    .returning({ id: oauthStates.id });
  return rows.length > 0;
}

/** Forgets what no reload will ask for any more, and the verifiers that can no longer be used. */
export async function tidyStates(tx: TxCtx): Promise<void> {
  const dayAgo = new Date(tx.now().getTime() - 24 * 3600_000);
  const ours = eq(oauthStates.agencyId, tx.agencyId);
  await tx.db.delete(oauthStates).where(and(ours, lt(oauthStates.expiresAt, dayAgo)));
  await tx.db
    .update(oauthStates)
    .set({ codeVerifier: null })
    .where(and(ours, isNotNull(oauthStates.codeVerifier), lt(oauthStates.expiresAt, tx.now())));
}

/** Open states whose verifier is sealed under something else than `sealedUnder`: at most ten minutes' worth. */
export async function statesSealedElsewhere(tx: TxCtx, sealedUnder: string): Promise<OAuthStateRow[]> {
  return tx.db
    .select()
    .from(oauthStates)
    .where(
      and(
        eq(oauthStates.agencyId, tx.agencyId),
        isNotNull(oauthStates.codeVerifier),
        sql`not starts_with(${oauthStates.codeVerifier}, ${`${sealedUnder}:`})`,
      ),
    );
}

export async function resealState(tx: TxCtx, row: OAuthStateRow, codeVerifier: string): Promise<boolean> {
  const rows = await tx.db
    .update(oauthStates)
    .set({ codeVerifier })
    .where(and(one(tx, row.id), eq(oauthStates.codeVerifier, row.codeVerifier ?? "")))
    .returning({ id: oauthStates.id });
  return rows.length > 0;
}

/** How many open verifiers each key and scheme seals. */
export async function countStateKeys(tx: TxCtx): Promise<{ sealedUnder: string; rows: number }[]> {
  const under = sql<string>`split_part(${oauthStates.codeVerifier}, ':', 1) || ':' || split_part(${oauthStates.codeVerifier}, ':', 2)`;
  return tx.db
    .select({ sealedUnder: under, rows: sql<number>`count(*)::int` })
    .from(oauthStates)
    .where(and(eq(oauthStates.agencyId, tx.agencyId), isNotNull(oauthStates.codeVerifier)))
    .groupBy(under);
}
