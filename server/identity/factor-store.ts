// SQL of what somebody signs in with besides the password: recovery codes, passkeys, tickets, challenges. Each transaction
// must be able to reach the person.
import { and, asc, count, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import type { Scope } from "../core/db/connect";
import { passkeyChallenges, passkeys, people, personTickets, recoveryCodes } from "./tables";

export type PasskeyRow = typeof passkeys.$inferSelect;
export type TicketKind = (typeof personTickets.$inferSelect)["kind"];

/** Takes a code's step; false where it, or a later one, was taken meanwhile. */
export async function takeStep(scope: Scope, personId: string, step: number): Promise<boolean> {
  const rows = await scope.db
    .update(people)
    .set({ totpStep: step })
    .where(and(eq(people.personId, personId), or(isNull(people.totpStep), lt(people.totpStep, step))))
    .returning({ personId: people.personId });
  return rows.length > 0;
}

export async function replaceRecoveryCodes(
  scope: Scope,
  personId: string,
  { digests, at }: { digests: readonly string[]; at: Date },
): Promise<void> {
  await scope.db.delete(recoveryCodes).where(eq(recoveryCodes.personId, personId));
  if (digests.length === 0) return;
  await scope.db.insert(recoveryCodes).values(digests.map((digest) => ({ personId, digest, createdAt: at })));
}

export async function takeRecoveryCode(
  scope: Scope,
  personId: string,
  { digest, at }: { digest: string; at: Date },
): Promise<boolean> {
  const rows = await scope.db
    .update(recoveryCodes)
    .set({ usedAt: at })
    .where(and(eq(recoveryCodes.personId, personId), eq(recoveryCodes.digest, digest), isNull(recoveryCodes.usedAt)))
    .returning({ digest: recoveryCodes.digest });
  return rows.length > 0;
}

export async function countRecoveryCodes(scope: Scope, personId: string): Promise<number> {
  const [row] = await scope.db
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.personId, personId), isNull(recoveryCodes.usedAt)));
  return row?.left ?? 0;
}

export async function insertTicket(
  scope: Scope,
  row: Pick<typeof personTickets.$inferInsert, "personId" | "digest" | "kind" | "createdAt" | "expiresAt">,
): Promise<void> {
  await scope.db.insert(personTickets).values(row);
}

interface TicketKey {
  personId: string;
  digest: string;
  kind: TicketKind;
  at: Date;
}

const isGood = ({ personId, digest, kind, at }: TicketKey) =>
  and(
    eq(personTickets.personId, personId),
    eq(personTickets.digest, digest),
    eq(personTickets.kind, kind),
    isNull(personTickets.usedAt),
    gt(personTickets.expiresAt, at),
  );

export async function hasTicket(scope: Scope, key: TicketKey): Promise<boolean> {
  const rows = await scope.db.select({ digest: personTickets.digest }).from(personTickets).where(isGood(key));
  return rows.length > 0;
}

/** Uses it up; false where it is not good, or not any more. */
export async function takeTicket(scope: Scope, key: TicketKey): Promise<boolean> {
  const rows = await scope.db
    .update(personTickets)
    .set({ usedAt: key.at })
    .where(isGood(key))
    .returning({ digest: personTickets.digest });
  return rows.length > 0;
}

/** Whatever was begun with the old password is over. */
export async function deleteTickets(scope: Scope, personId: string): Promise<void> {
  await scope.db.delete(personTickets).where(eq(personTickets.personId, personId));
}

export const selectPasskeys = (scope: Scope, personId: string): Promise<PasskeyRow[]> =>
  scope.db.select().from(passkeys).where(eq(passkeys.personId, personId)).orderBy(asc(passkeys.createdAt));

export async function findPasskey(scope: Scope, personId: string, id: string): Promise<PasskeyRow | null> {
  const [row] = await scope.db
    .select()
    .from(passkeys)
    .where(and(eq(passkeys.personId, personId), eq(passkeys.id, id)));
  return row ?? null;
}

export async function insertPasskey(scope: Scope, row: typeof passkeys.$inferInsert): Promise<boolean> {
  const rows = await scope.db.insert(passkeys).values(row).onConflictDoNothing().returning({ id: passkeys.id });
  return rows.length > 0;
}

/** False where it was used by another at this very moment: one of the two is a copy. */
export async function movePasskey(
  scope: Scope,
  { personId, id, counter }: PasskeyRow,
  change: Pick<PasskeyRow, "counter" | "lastUsedAt" | "backedUp">,
): Promise<boolean> {
  const rows = await scope.db
    .update(passkeys)
    .set(change)
    .where(and(eq(passkeys.personId, personId), eq(passkeys.id, id), eq(passkeys.counter, counter)))
    .returning({ id: passkeys.id });
  return rows.length > 0;
}

export async function renamePasskeyRow(
  scope: Scope,
  personId: string,
  { id, name }: { id: string; name: string },
): Promise<PasskeyRow | null> {
  const [row] = await scope.db
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.personId, personId), eq(passkeys.id, id)))
    .returning();
  return row ?? null;
}

export async function deletePasskey(scope: Scope, personId: string, id: string): Promise<PasskeyRow | null> {
  const [row] = await scope.db
    .delete(passkeys)
    .where(and(eq(passkeys.personId, personId), eq(passkeys.id, id)))
    .returning();
  return row ?? null;
}

export async function insertChallenge(scope: Scope, digest: string, expiresAt: Date): Promise<void> {
  await scope.db.insert(passkeyChallenges).values({ digest, expiresAt });
}

export async function takeChallenge(scope: Scope, digest: string, at: Date): Promise<boolean> {
  const rows = await scope.db
    .delete(passkeyChallenges)
    .where(and(eq(passkeyChallenges.digest, digest), gt(passkeyChallenges.expiresAt, at)))
    .returning({ digest: passkeyChallenges.digest });
  return rows.length > 0;
}

export async function deleteOldChallenges(scope: Scope, before: Date): Promise<void> {
  await scope.db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, before));
}

/** Whose sealed secrets there are: everybody who signs in. */
export async function selectPersonIds(scope: Scope): Promise<string[]> {
  const rows = await scope.db.execute<{ id: string }>(sql`select distinct person_id as id from directory`);
  return rows.map(({ id }) => id);
}
