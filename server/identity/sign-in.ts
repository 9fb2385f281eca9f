// The first step of a sign-in, and what every way of signing in ends with.
import { appendAudit } from "../audit";
import { parseInput } from "../core/command";
import { AppError } from "../core/errors";
import { type SignInInput as Input, SignInInput } from "./contract";
import { emailDigest } from "./email";
import { hashPassword, verifyPassword } from "./password";
import { endSession, type Session, type SignInMethod, startSession } from "./session";
import { type IdentitySource, inAgency, type TenantScope, type Visitor } from "./source";
import { findDirectoryEntry, findPerson, selectPlaces, type User, updatePerson, updateUser } from "./store";
import { giveTicket } from "./tickets";

const nobody = "00000000-0000-0000-0000-000000000000";

/** `next`: the password was right, and a code is asked for; the cookie is the ticket for that. */
export interface SignInAnswer {
  setCookie: string;
  next?: "second-factor";
}

/**
 * Unknown address and wrong password get the same answer after the same work.
 * @throws {AppError} unauthenticated; forbidden (right password, suspended); limit; invalid (not an address)
 */
export async function signIn(source: IdentitySource, input: Input, visitor: Visitor): Promise<SignInAnswer> {
  const { email, password } = parseInput(SignInInput, input);
  const attempt = await source.attempts.begin({ account: emailDigest(email), ip: visitor.ip });
  const { person, places } = await findByEmail(source, email);
  const { ok, outdated } = await verifyPassword(person?.passwordHash ?? null, password);
  const user = placeToOpen(places, await visitor.hostAgency?.());
  if (!ok || !person || !user) {
    source.log.info({ requestId: visitor.requestId, ip: visitor.ip }, "sign-in refused");
    // Not waited for: the answer must not take longer where somebody is known.
    if (user) void recordRefusal(source, user, { visitor, why: "wrong password" });
    throw new AppError("unauthenticated", "The email address or the password is not right.", {
      remedy: "Check both. If you have no password yet, ask an admin of your agency for an invitation.",
    });
  }
  await attempt.succeeded();
  if (user.state === "suspended") throw suspended();
  const { personId } = person;
  if (outdated) {
    const passwordHash = await hashPassword(password);
    await source.database.withPerson(personId, (scope) => updatePerson(scope, personId, { passwordHash }));
  }
  if (person.totpConfirmedAt) {
    const ticket = await source.database.withPerson(personId, (scope) =>
      giveTicket(scope, { personId, kind: "second-factor", at: source.clock() }),
    );
    return { setCookie: source.tickets.write(ticket), next: "second-factor" };
  }
  return { setCookie: await enter(source, user, { visitor, method: "password" }) };
}

/** The place at the host's agency if there is one, else the one used last; one that is suspended only for want of another. */
export function placeToOpen(places: readonly User[], hostAgency?: string | null): User | undefined {
  const active = places.filter((place) => place.state === "active");
  return active.find((place) => place.agencyId === hostAgency) ?? active[0] ?? places[0];
}

/** @returns the Set-Cookie header of the new session. @throws {AppError} forbidden, where the place is suspended */
export async function enter(
  source: IdentitySource,
  user: User,
  how: { visitor: Visitor; method: SignInMethod; earlier?: Session },
): Promise<string> {
  if (user.state === "suspended") throw suspended();
  return inAgency(source, user.agencyId, (scope) => openSession(source, scope, { user, ...how }));
}

interface Opening {
  user: Pick<User, "id" | "name" | "email">;
  visitor: Visitor;
  method?: SignInMethod;
  /** The session that this one goes on with, from another agency. */
  earlier?: Session | undefined;
}

/** Starts a session, ends the one this browser had, and says so in the audit log. Returns the Set-Cookie header. */
export async function openSession(
  source: IdentitySource,
  scope: TenantScope,
  { user, visitor, method = "password", earlier }: Opening,
): Promise<string> {
  const former = source.cookies.read(visitor.cookie);
  if (former?.agencyId === scope.agencyId) await endSession(scope, former);
  const session = await startSession(scope, user.id, { visitor, method, earlier });
  await updateUser(scope, user.id, { lastSignedInAt: scope.now() });
  const actor = { kind: "user", userId: user.id, name: user.name, sessionId: session.sessionId } as const;
  await appendAudit({ ...scope, actor, requestId: visitor.requestId, origin: visitor }, scope.db, {
    action: "session.started",
    target: { type: "user", id: user.id, label: user.name },
    after: { ip: visitor.ip, method },
  });
  return source.cookies.write(session);
}

/** In the log of the agency that the person would have come to. */
export async function recordRefusal(
  source: IdentitySource,
  user: User,
  { visitor, why }: { visitor: Visitor; why: string },
): Promise<void> {
  try {
    await inAgency(source, user.agencyId, (scope) =>
      appendAudit({ ...scope, actor: { kind: "anonymous" }, requestId: visitor.requestId, origin: visitor }, scope.db, {
        action: "session.refused",
        target: { type: "user", id: user.id, label: user.name },
        after: { ip: visitor.ip, why },
      }),
    );
  } catch (error) {
    source.log.error({ err: error, requestId: visitor.requestId }, "a refused sign-in could not be recorded");
  }
}

/** Both look-ups happen for unknown addresses too. */
export async function findByEmail(source: IdentitySource, email: string) {
  const entry = await source.database.withSystem((scope) => findDirectoryEntry(scope, email));
  return findWithPlaces(source, entry?.personId ?? nobody);
}

export const findWithPlaces = (source: IdentitySource, personId: string) =>
  source.database.withPerson(personId, async (scope) => ({
    person: await findPerson(scope, personId),
    places: await selectPlaces(scope, personId),
  }));

const suspended = () =>
  new AppError("forbidden", "Your access is suspended.", {
    remedy: "An owner or admin of your agency can reactivate it under People.",
  });
