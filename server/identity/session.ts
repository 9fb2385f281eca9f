// Sessions through lucia. The cookie holds a random token, the database only its SHA-256; a session ends 12 hours after it was
// last used and 30 days after sign-in, whichever comes first.
import { createHash, randomBytes } from "node:crypto";
import { type Adapter, Lucia, TimeSpan } from "lucia";
import type { Clock } from "../core/clock";
import type { PresentedSession } from "./cookies";
import { type IdentitySource, inAgency, type TenantScope, type Visitor } from "./source";
import { deleteSession, deleteSessionsOf, findSessionRow, insertSession, moveSession, selectSessions } from "./store";

declare module "lucia" {
  interface Register {
    Lucia: ReturnType<typeof luciaOver>;
    DatabaseUserAttributes: { name: string; email: string };
    DatabaseSessionAttributes: { userAgent: string | null; ip: string | null };
  }
}

/** The signed-in person of a request. */
export interface Session {
  agencyId: string;
  sessionId: string;
  user: { id: string; name: string; email: string };
}

const idle = new TimeSpan(12, "h");
const absolute = new TimeSpan(30, "d");
const seenStep = new TimeSpan(1, "m");

/** Null for a cookie that is missing, foreign, expired or revoked, and for people who are suspended. */
export async function findSession(
  source: Pick<IdentitySource, "database" | "clock" | "cookies">,
  cookieHeader: string | null | undefined,
): Promise<Session | null> {
  const presented = source.cookies.read(cookieHeader);
  if (!presented) return null;
  const { agencyId } = presented;
  return inAgency(source, agencyId, async (scope) => {
    const { session, user } = await luciaOver(scope).validateSession(digestOf(presented.token));
    if (!session) return null;
    return { agencyId, sessionId: session.id, user: { id: user.id, name: user.name, email: user.email } };
  });
}

/** Always a new token: one handed over before sign-in is worth nothing after it. */
export async function startSession(
  scope: TenantScope,
  userId: string,
  visitor: Visitor,
): Promise<PresentedSession & { sessionId: string }> {
  const token = randomBytes(32).toString("base64url");
  const sessionId = digestOf(token);
  const attributes = { userAgent: visitor.userAgent?.slice(0, 300) ?? null, ip: visitor.ip };
  await luciaOver(scope).createSession(userId, attributes, { sessionId });
  return { agencyId: scope.agencyId, token, sessionId };
}

/** Returns the person whose session it was. */
export async function endSession(scope: TenantScope, presented: PresentedSession) {
  const sessionId = digestOf(presented.token);
  const row = await findSessionRow(scope, sessionId);
  await luciaOver(scope).invalidateSession(sessionId);
  return row ? { sessionId, user: row.user } : null;
}

const digestOf = (token: string): string => createHash("sha256").update(token).digest("hex");

function luciaOver(scope: TenantScope) {
  return new Lucia(adapterOver(scope), {
    sessionExpiresIn: idle,
    getUserAttributes: ({ name, email }) => ({ name, email }),
  });
}

function adapterOver(scope: TenantScope): Adapter {
  const time = luciaTime(scope.now);
  return {
    getSessionAndUser: async (sessionId) => {
      const row = await findSessionRow(scope, sessionId);
      if (!row) return [null, null];
      const { session, user } = row;
      const expiresAt = await prolong(scope, session);
      const attributes = { userAgent: session.userAgent, ip: session.ip };
      return [
        { id: session.id, userId: user.id, expiresAt: time.toLucia(expiresAt), attributes },
        { id: user.id, attributes: { name: user.name, email: user.email } },
      ];
    },
    getUserSessions: async (userId) =>
      (await selectSessions(scope, userId)).map((session) => ({
        id: session.id,
        userId,
        expiresAt: time.toLucia(session.expiresAt),
        attributes: { userAgent: session.userAgent, ip: session.ip },
      })),
    setSession: ({ id, userId, expiresAt, attributes }) => {
      const now = scope.now();
      return insertSession(scope, {
        id,
        userId,
        createdAt: now,
        seenAt: now,
        expiresAt: time.fromLucia(expiresAt),
        ...attributes,
      });
    },
    // Lucia prolongs at half time, knowing no absolute end; prolong() has done it already.
    updateSessionExpiration: async () => {},
    deleteSession: async (sessionId) => {
      await deleteSession(scope, { sessionId });
    },
    deleteUserSessions: async (userId) => {
      await deleteSessionsOf(scope, { userId });
    },
    deleteExpiredSessions: async () => {},
  };
}

/** Moves the end of a session that is in use; at most one write a minute. */
async function prolong(
  scope: TenantScope,
  session: { id: string; createdAt: Date; seenAt: Date; expiresAt: Date },
): Promise<Date> {
  const now = scope.now();
  const ended = session.expiresAt <= now;
  if (ended || now.getTime() - session.seenAt.getTime() < seenStep.milliseconds()) return session.expiresAt;
  const end = Math.min(now.getTime() + idle.milliseconds(), session.createdAt.getTime() + absolute.milliseconds());
  const expiresAt = new Date(end);
  await moveSession(scope, session.id, { seenAt: now, expiresAt });
  return expiresAt;
}

/** Lucia reads the machine's clock; the product's clock is given. Moments cross between the two by their distance from now. */
function luciaTime(now: Clock) {
  const ahead = now().getTime() - Date.now();
  return {
    toLucia: (moment: Date) => new Date(moment.getTime() - ahead),
    fromLucia: (moment: Date) => new Date(moment.getTime() + ahead),
  };
}
