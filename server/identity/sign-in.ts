import { appendAudit } from "../audit";
import { parseInput } from "../core/command";
import { AppError } from "../core/errors";
import { type SignInInput as Input, SignInInput } from "./contract";
import { emailDigest } from "./email";
import { hashPassword, verifyPassword } from "./password";
import { endSession, startSession } from "./session";
import { type IdentitySource, inAgency, type TenantScope, type Visitor } from "./source";
import { findDirectoryEntry, findUser, type User, updateUser } from "./store";

const nobody = "00000000-0000-0000-0000-000000000000";

/**
 * Unknown address and wrong password get the same answer after the same work.
 * @returns the Set-Cookie header of the new session
 * @throws {AppError} unauthenticated; forbidden (right password, suspended); limit; invalid (not an address)
 */
export async function signIn(source: IdentitySource, input: Input, visitor: Visitor): Promise<{ setCookie: string }> {
  const { email, password } = parseInput(SignInInput, input);
  const attempt = await source.attempts.begin({ account: emailDigest(email), ip: visitor.ip });
  const user = await findByEmail(source, email);
  const { ok, outdated } = await verifyPassword(user?.passwordHash ?? null, password);
  if (!ok || !user) {
    source.log.info({ requestId: visitor.requestId, ip: visitor.ip }, "sign-in refused");
    throw new AppError("unauthenticated", "The email address or the password is not right.", {
      remedy: "Check both. If you have no password yet, ask an admin of your agency for an invitation.",
    });
  }
  await attempt.succeeded();
  if (user.state === "suspended") throw suspended();
  const stronger = outdated ? await hashPassword(password) : null;
  return inAgency(source, user.agencyId, async (scope) => {
    if (stronger) await updateUser(scope, user.id, { passwordHash: stronger });
    return { setCookie: await openSession(source, scope, { user, visitor }) };
  });
}

/** Starts a session, ends the one this browser had, and says so in the audit log. Returns the Set-Cookie header. */
export async function openSession(
  source: IdentitySource,
  scope: TenantScope,
  { user, visitor }: { user: Pick<User, "id" | "name" | "email">; visitor: Visitor },
): Promise<string> {
  const former = source.cookies.read(visitor.cookie);
  if (former?.agencyId === scope.agencyId) await endSession(scope, former);
  const session = await startSession(scope, user.id, visitor);
  await updateUser(scope, user.id, { lastSignedInAt: scope.now() });
  const actor = { kind: "user", userId: user.id, name: user.name, sessionId: session.sessionId } as const;
  await appendAudit({ ...scope, actor, requestId: visitor.requestId }, scope.db, {
    action: "session.started",
    target: { type: "user", id: user.id, label: user.name },
    after: { ip: visitor.ip },
  });
  return source.cookies.write(session);
}

/** Both look-ups happen for unknown addresses too. */
async function findByEmail(source: IdentitySource, email: string): Promise<User | null> {
  const entry = await source.database.withSystem((scope) => findDirectoryEntry(scope, email));
  return inAgency(source, entry?.agencyId ?? nobody, (scope) => findUser(scope, entry?.userId ?? nobody));
}

const suspended = () =>
  new AppError("forbidden", "Your access is suspended.", {
    remedy: "An owner or admin of your agency can reactivate it under People.",
  });
