// All SQL of identity: people, their sessions, and the directory that finds an address's agency.
import { and, desc, eq, gt, lt, ne } from "drizzle-orm";
import type { Scope } from "../core/db/connect";
import { violates } from "../core/db/list-clauses";
import { AppError } from "../core/errors";
import { emailDigest } from "./email";
import type { TenantScope } from "./source";
import { directory, sessions, users } from "./tables";

export type User = typeof users.$inferSelect;
export type SessionRow = typeof sessions.$inferSelect;

export async function findDirectoryEntry(scope: Scope, email: string) {
  const [entry] = await scope.db
    .select()
    .from(directory)
    .where(eq(directory.emailDigest, emailDigest(email)));
  return entry ?? null;
}

/** @throws {AppError} invalid, when the address already signs in somewhere */
export async function insertUser(
  scope: TenantScope,
  person: Pick<User, "email" | "name" | "passwordHash">,
): Promise<User> {
  const [user] = await scope.db
    .insert(users)
    .values({ agencyId: scope.agencyId, createdAt: scope.now(), ...person })
    .returning();
  if (!user) throw new Error("the new user was not returned");
  try {
    await scope.db
      .insert(directory)
      .values({ emailDigest: emailDigest(person.email), agencyId: scope.agencyId, userId: user.id });
  } catch (error) {
    if (!violates(error, "directory_pkey")) throw error;
    throw new AppError("invalid", "This address already signs in to Tidemark.", {
      fields: { email: "This address already signs in to Tidemark." },
      remedy: "Sign in with it, or use another address: one address belongs to one agency.",
      cause: error,
    });
  }
  return user;
}

export async function findUser(scope: TenantScope, userId: string): Promise<User | null> {
  const [user] = await scope.db
    .select()
    .from(users)
    .where(and(eq(users.agencyId, scope.agencyId), eq(users.id, userId)));
  return user ?? null;
}

export async function updateUser(
  scope: TenantScope,
  userId: string,
  change: Partial<Pick<User, "name" | "passwordHash" | "state" | "lastSignedInAt">>,
): Promise<void> {
  await scope.db
    .update(users)
    .set(change)
    .where(and(eq(users.agencyId, scope.agencyId), eq(users.id, userId)));
}

export async function insertSession(scope: TenantScope, row: Omit<SessionRow, "agencyId">): Promise<void> {
  await scope.db.insert(sessions).values({ agencyId: scope.agencyId, ...row });
}

/** The session with its person; nothing for people who are suspended. */
export async function findSessionRow(scope: TenantScope, sessionId: string) {
  const [row] = await scope.db
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, and(eq(users.agencyId, sessions.agencyId), eq(users.id, sessions.userId)))
    .where(and(eq(sessions.agencyId, scope.agencyId), eq(sessions.id, sessionId), eq(users.state, "active")));
  return row ?? null;
}

export async function moveSession(
  scope: TenantScope,
  sessionId: string,
  change: Partial<Pick<SessionRow, "seenAt" | "expiresAt">>,
): Promise<void> {
  await scope.db
    .update(sessions)
    .set(change)
    .where(and(eq(sessions.agencyId, scope.agencyId), eq(sessions.id, sessionId)));
}

/** Sessions that are still good, last used first. */
export async function selectSessions(scope: TenantScope, userId: string): Promise<SessionRow[]> {
  return scope.db
    .select()
    .from(sessions)
    .where(and(eq(sessions.agencyId, scope.agencyId), eq(sessions.userId, userId), gt(sessions.expiresAt, scope.now())))
    .orderBy(desc(sessions.seenAt));
}

/** Ends one session, optionally only if it is this person's. Returns whether there was one. */
export async function deleteSession(
  scope: TenantScope,
  { sessionId, userId }: { sessionId: string; userId?: string },
): Promise<boolean> {
  const gone = await scope.db
    .delete(sessions)
    .where(
      and(
        eq(sessions.agencyId, scope.agencyId),
        eq(sessions.id, sessionId),
        userId === undefined ? undefined : eq(sessions.userId, userId),
      ),
    )
    .returning({ id: sessions.id });
  return gone.length > 0;
}

/** Ends all sessions of a person but the one kept. Returns how many. */
/** Sessions that ended before the moment, with the address and browser they keep. */
export async function deleteEndedSessions(scope: TenantScope, before: Date): Promise<void> {
  await scope.db.delete(sessions).where(and(eq(sessions.agencyId, scope.agencyId), lt(sessions.expiresAt, before)));
}

export async function deleteSessionsOf(
  scope: TenantScope,
  { userId, keep }: { userId: string; keep?: string },
): Promise<number> {
  const gone = await scope.db
    .delete(sessions)
    .where(
      and(
        eq(sessions.agencyId, scope.agencyId),
        eq(sessions.userId, userId),
        keep === undefined ? undefined : ne(sessions.id, keep),
      ),
    )
    .returning({ id: sessions.id });
  return gone.length;
}
