// Sessions through lucia. The cookie holds a random token, the database only its SHA-256. The agency says how long after its
// last use, and how long after sign-in, a session ends; a change of that holds for sessions under way too.
import { createHash, randomBytes } from "node:crypto";
import { type Adapter, Lucia, TimeSpan } from "lucia";
import type { Clock } from "../core/clock";
import type { PresentedSession } from "./cookies";
import { type IdentitySource, inAgency, type TenantScope, type Visitor } from "./source";
import {
  deleteSession,
  deleteSessionsOf,
  findSessionRow,
  findSessionRules,
  insertSession,
  moveSession,
  type SessionRow,
  type SessionRules,
  selectSessions,
} from "./store";

declare module "lucia" {
  interface Register {
    Lucia: ReturnType<typeof luciaOver>;
    DatabaseUserAttributes: { name: string; email: string };
    DatabaseSessionAttributes: Attributes;
  }
}

/** How the person showed who they are. */
export type SignInMethod = SessionRow["method"];

interface Attributes extends Pick<SessionRow, "userAgent" | "ip" | "method" | "provedAt" | "viewAsUserId"> {
  since: Date;
}

/** The signed-in person of a request. */
export interface Session {
  agencyId: string;
  sessionId: string;
  user: { id: string; name: string; email: string };
  method: SignInMethod;
  provedAt: Date;
  /** When the person signed in. */
  since: Date;
  /** The member through whose eyes the person looks. */
  viewAsUserId?: string | null;
}

const seenStep = new TimeSpan(1, "m");

/** Null for a cookie that is missing, foreign, expired or revoked, and for people who are suspended. */
export const findSession = (
  source: Pick<IdentitySource, "database" | "clock" | "cookies">,
  cookieHeader: string | null | undefined,
): Promise<Session | null> => withSession(source, cookieHeader, async (_, session) => session);

/** The same, and what is read for the session in its transaction. */
export async function withSession<T>(
  source: Pick<IdentitySource, "database" | "clock" | "cookies">,
  cookieHeader: string | null | undefined,
  read: (scope: TenantScope, session: Session) => Promise<T>,
): Promise<T | null> {
  const presented = source.cookies.read(cookieHeader);
  if (!presented) return null;
  const { agencyId } = presented;
  return inAgency(source, agencyId, async (scope) => {
    const { session, user } = await luciaOver(scope).validateSession(digestOf(presented.token));
    if (!session) return null;
    const { method, provedAt, since, viewAsUserId } = session;
    const { id, name, email } = user;
    const person = { id, name, email };
    return read(scope, { agencyId, sessionId: session.id, user: person, method, provedAt, since, viewAsUserId });
  });
}

export interface Beginning {
  visitor: Visitor;
  method: SignInMethod;
  /** Where the person did so in another session that this one goes on with. */
  earlier?: Pick<Session, "since" | "provedAt"> | undefined;
}

/** Always a new token: one handed over before sign-in is worth nothing after it. */
export async function startSession(
  scope: TenantScope,
  userId: string,
  { visitor, method, earlier }: Beginning,
): Promise<PresentedSession & { sessionId: string }> {
  const { token, sessionId } = newToken();
  const { ip, userAgent } = visitor;
  const { since, provedAt } = earlier ?? { since: scope.now(), provedAt: scope.now() };
  const attributes = { userAgent: userAgent?.slice(0, 300) ?? null, ip, method, since, provedAt, viewAsUserId: null };
  await luciaOver(scope).createSession(userId, attributes, { sessionId });
  return { agencyId: scope.agencyId, token, sessionId };
}

/** The session goes on under a new token. @returns the Set-Cookie header; null where there was none */
export async function renewSession(
  source: Pick<IdentitySource, "database" | "clock" | "cookies">,
  cookieHeader: string | null | undefined,
): Promise<string | null> {
  const presented = source.cookies.read(cookieHeader);
  if (!presented) return null;
  const { agencyId } = presented;
  const { token, sessionId } = newToken();
  const moved = await inAgency(source, agencyId, (scope) =>
    moveSession(scope, digestOf(presented.token), { id: sessionId }),
  );
  return moved ? source.cookies.write({ agencyId, token }) : null;
}

function newToken() {
  const token = randomBytes(32).toString("base64url");
  return { token, sessionId: digestOf(token) };
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
    // The end of a session is the agency's to say: endOf() does.
    sessionExpiresIn: new TimeSpan(1, "h"),
    getUserAttributes: ({ name, email }) => ({ name, email }),
    getSessionAttributes: ({ method, provedAt, since, viewAsUserId }) => ({ method, provedAt, since, viewAsUserId }),
  });
}

function adapterOver(scope: TenantScope): Adapter {
  const time = luciaTime(scope.now);
  return {
    getSessionAndUser: async (sessionId) => {
      const row = await findSessionRow(scope, sessionId);
      if (!row) return [null, null];
      const { session, user, rules } = row;
      const expiresAt = await prolong(scope, session, rules);
      return [
        { id: session.id, userId: user.id, expiresAt: time.toLucia(expiresAt), attributes: attributesOf(session) },
        { id: user.id, attributes: { name: user.name, email: user.email } },
      ];
    },
    getUserSessions: async (userId) =>
      (await selectSessions(scope, userId)).map((session) => ({
        id: session.id,
        userId,
        expiresAt: time.toLucia(session.expiresAt),
        attributes: attributesOf(session),
      })),
    setSession: async ({ id, userId, attributes: { since, ...attributes } }) => {
      const seenAt = scope.now();
      const expiresAt = endOf({ createdAt: since, seenAt }, await findSessionRules(scope));
      await insertSession(scope, { id, userId, createdAt: since, seenAt, expiresAt, ...attributes });
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

const attributesOf = ({ userAgent, ip, method, provedAt, viewAsUserId, createdAt }: SessionRow): Attributes => ({
  userAgent,
  ip,
  method,
  provedAt,
  viewAsUserId,
  since: createdAt,
});

function endOf({ createdAt, seenAt }: Pick<SessionRow, "createdAt" | "seenAt">, rules: SessionRules): Date {
  const idleEnd = seenAt.getTime() + rules.idleMinutes * 60_000;
  return new Date(Math.min(idleEnd, createdAt.getTime() + rules.hours * 3_600_000));
}

/** Moves the end of a session that is in use; at most one write a minute. */
async function prolong(scope: TenantScope, session: SessionRow, rules: SessionRules): Promise<Date> {
  const now = scope.now();
  const end = endOf(session, rules);
  if (end <= now || now.getTime() - session.seenAt.getTime() < seenStep.milliseconds()) return end;
  const expiresAt = endOf({ createdAt: session.createdAt, seenAt: now }, rules);
  await moveSession(scope, session.id, { seenAt: now, expiresAt });
  return expiresAt;
}

/** Lucia reads the machine's clock; the product's clock is given. A moment crosses by its distance from now. */
function luciaTime(now: Clock) {
  const ahead = now().getTime() - Date.now();
  return { toLucia: (moment: Date) => new Date(moment.getTime() - ahead) };
}
