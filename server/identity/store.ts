// All SQL of identity: people, their places in agencies, their sessions, and the directory that finds an address's person.
import { randomUUID } from "node:crypto";
import { and, asc, desc, eq, gt, lt, ne, sql } from "drizzle-orm";
import type { Scope } from "../core/db/connect";
import { violates } from "../core/db/list-clauses";
import { AppError } from "../core/errors";
import { emailDigest } from "./email";
import type { TenantScope } from "./source";
import { directory, people, sessions, users } from "./tables";

export type Person = typeof people.$inferSelect;
export type User = typeof users.$inferSelect;
export type SessionRow = typeof sessions.$inferSelect;

export async function findDirectoryEntry(scope: Scope, email: string) {
  const [entry] = await scope.db
    .select()
    .from(directory)
    .where(eq(directory.emailDigest, emailDigest(email)));
  return entry ?? null;
}

/** Lets the rest of the transaction reach what this person signs in with. */
export async function reachPerson(scope: Scope, personId: string): Promise<void> {
  await scope.db.execute(sql`select set_config('app.person_id', ${personId}, true)`);
}

/** A new person who signs in with the address. @throws {AppError} invalid, when the address already signs in */
export async function insertPerson(
  scope: TenantScope,
  { email, passwordHash }: Pick<Person, "email" | "passwordHash">,
): Promise<string> {
  const personId = randomUUID();
  await reachPerson(scope, personId);
  try {
    await scope.db.insert(directory).values({ emailDigest: emailDigest(email), personId });
  } catch (error) {
    if (!violates(error, "directory_pkey")) throw error;
    throw new AppError("invalid", "This address already signs in to Tidemark.", {
      fields: { email: "This address already signs in to Tidemark." },
      remedy: "Sign in with it, or use another address.",
      cause: error,
    });
  }
  await scope.db.insert(people).values({ personId, email, passwordHash, createdAt: scope.now() });
  return personId;
}

/** A place in the agency for a person who exists. */
export async function insertUser(scope: TenantScope, person: Pick<User, "email" | "name" | "personId">): Promise<User> {
  const [user] = await scope.db
    .insert(users)
    .values({ agencyId: scope.agencyId, createdAt: scope.now(), ...person })
    .returning();
  if (!user) throw new Error("the new user was not returned");
  return user;
}

/** What the person signs in with. The transaction must be able to reach them. */
export async function findPerson(scope: Scope, personId: string): Promise<Person | null> {
  const [person] = await scope.db.select().from(people).where(eq(people.personId, personId));
  return person ?? null;
}

export async function updatePerson(
  scope: Scope,
  personId: string,
  change: Partial<Omit<Person, "personId" | "createdAt">>,
): Promise<void> {
  await scope.db.update(people).set(change).where(eq(people.personId, personId));
}

/** Lets the rest of a person's transaction reach this agency. */
export async function reachAgency(scope: Scope, agencyId: string): Promise<void> {
  await scope.db.execute(sql`select set_config('app.agency_id', ${agencyId}, true)`);
}

/** Lets the rest of the transaction see which agencies there are. */
export async function reachSystem(scope: Scope): Promise<void> {
  await scope.db.execute(sql`select set_config('app.scope', 'system', true)`);
}

/** Names of agencies by id; needs the system scope. */
export async function selectAgencyNames(scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await scope.db.execute<{ id: string; name: string }>(
    sql`select id, name from agencies where id in (select unnest(string_to_array(${ids.join(",")}, ','))::uuid)`,
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The person's places in all agencies, the one they last signed in to first. Needs the person's scope. */
export async function selectPlaces(scope: Scope, personId: string): Promise<User[]> {
  return scope.db
    .select()
    .from(users)
    .where(eq(users.personId, personId))
    .orderBy(sql`${users.lastSignedInAt} desc nulls last`, asc(users.createdAt));
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
  change: Partial<Pick<User, "name" | "state" | "lastSignedInAt">>,
): Promise<void> {
  await scope.db
    .update(users)
    .set(change)
    .where(and(eq(users.agencyId, scope.agencyId), eq(users.id, userId)));
}

export async function insertSession(
  scope: TenantScope,
  row: Omit<typeof sessions.$inferInsert, "agencyId">,
): Promise<void> {
  await scope.db.insert(sessions).values({ agencyId: scope.agencyId, ...row });
}

/** When sessions of an agency end. */
export interface SessionRules {
  idleMinutes: number;
  hours: number;
}

// The table is that of a higher slice, hence by its name.
const rulesColumns = {
  idleMinutes: sql<number>`agencies.session_idle_minutes`,
  hours: sql<number>`agencies.session_hours`,
};

/** The agency's; what every agency begins with where it has no row yet. */
export async function findSessionRules(scope: TenantScope): Promise<SessionRules> {
  const [row] = await scope.db.select(rulesColumns).from(sql`agencies`).where(sql`agencies.id = ${scope.agencyId}`);
  return row ?? { idleMinutes: 30, hours: 12 };
}

/** The session with its person and the agency's rules; nothing for people who are suspended. */
export async function findSessionRow(scope: TenantScope, sessionId: string) {
  const [row] = await scope.db
    .select({ session: sessions, user: users, rules: rulesColumns })
    .from(sessions)
    .innerJoin(sql`agencies`, sql`agencies.id = ${sessions.agencyId}`)
    .innerJoin(users, and(eq(users.agencyId, sessions.agencyId), eq(users.id, sessions.userId)))
    .where(and(eq(sessions.agencyId, scope.agencyId), eq(sessions.id, sessionId), eq(users.state, "active")));
  return row ?? null;
}

export async function moveSession(
  scope: TenantScope,
  sessionId: string,
  change: Partial<Pick<SessionRow, "id" | "seenAt" | "expiresAt" | "method" | "provedAt">>,
): Promise<boolean> {
  const rows = await scope.db
    .update(sessions)
    .set(change)
    .where(and(eq(sessions.agencyId, scope.agencyId), eq(sessions.id, sessionId)))
    .returning({ id: sessions.id });
  return rows.length > 0;
}

/** What the person shows codes with is no more: sessions begun with one count as begun with the password alone. */
export async function downgradeSessions(scope: TenantScope, userId: string): Promise<void> {
  await scope.db
    .update(sessions)
    .set({ method: "password" })
    .where(and(eq(sessions.agencyId, scope.agencyId), eq(sessions.userId, userId), ne(sessions.method, "passkey")));
}

/** Whose eyes a session looks through; null: one's own. Returns whether that changed. */
export async function writeViewAs(scope: TenantScope, sessionId: string, userId: string | null): Promise<boolean> {
  const rows = await scope.db
    .update(sessions)
    .set({ viewAsUserId: userId })
    .where(
      and(
        eq(sessions.agencyId, scope.agencyId),
        eq(sessions.id, sessionId),
        sql`${sessions.viewAsUserId} is distinct from ${userId}::uuid`,
      ),
    )
    .returning({ id: sessions.id });
  return rows.length > 0;
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

/** Sessions that ended before the moment, with the address and browser they keep. */
export async function deleteEndedSessions(scope: TenantScope, before: Date): Promise<void> {
  await scope.db.delete(sessions).where(and(eq(sessions.agencyId, scope.agencyId), lt(sessions.expiresAt, before)));
}

/** Ends all sessions of a person in the agency but the one kept. Returns how many. */
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
