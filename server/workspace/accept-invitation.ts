// Invite-only sign-up: whoever holds the link names themselves, sets a password and is signed in.
import { appendAudit } from "../audit";
import { parseInput } from "../core/command";
import { AppError } from "../core/errors";
import {
  findDirectoryEntry,
  findSession,
  findUser,
  type IdentitySource,
  inAgency,
  insertPerson,
  insertUser,
  openSession,
  prepareNewPassword,
  signOut,
  type TenantScope,
  type Visitor,
} from "../identity";
import { selectBrandNames } from "./brand-store";
import { type InvitationAcceptance as Acceptance, InvitationAcceptance, type OpenInvitation } from "./contract";
import { findInvitation, type InvitationRow, takeInvitation } from "./invitation-store";
import { invitationDigest } from "./invite-member";
import { invitationState } from "./list-invitations";
import { insertMemberships } from "./member-store";

const shape = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** @param key what follows `/invitations/` in the link */
export async function openInvitation(source: IdentitySource, key: string): Promise<OpenInvitation> {
  const parsed = parseKey(key);
  if (!parsed) return { state: "unknown" };
  const found = await inAgency(source, parsed.agencyId, (scope) => findInvitation(scope, parsed.tokenDigest));
  if (!found) return { state: "unknown" };
  const state = invitationState(found.invitation, source.clock());
  if (state !== "pending") return { state };
  const { email, name, invitedBy, purpose, brandIds } = found.invitation;
  return inAgency(source, parsed.agencyId, async (scope) => {
    const brands = await selectBrandNames({ ...scope, brandIds: brandIds ?? [] });
    const known = (await findDirectoryEntry(scope, email)) !== null;
    const { agencyName } = found;
    return { state, agencyName, email, name, invitedBy, purpose, known, brands: brands.map((brand) => brand.name) };
  });
}

/**
 * @returns the Set-Cookie header of the new session, and what the person was invited for
 * @throws {AppError} not_found (link unknown, used, revoked or over); invalid (password, address in use); limit
 */
export async function acceptInvitation(
  source: IdentitySource,
  { key, ...given }: Acceptance & { key: string },
  visitor: Visitor,
): Promise<{ setCookie: string } & Pick<InvitationRow, "purpose" | "brandIds">> {
  const { name, password } = parseInput(InvitationAcceptance, given);
  const attempt = await source.attempts.begin({ ip: visitor.ip });
  const parsed = parseKey(key);
  const invitation = await openInvitation(source, key);
  if (!parsed || invitation.state !== "pending") throw dead();
  await attempt.succeeded();
  const passwordHash = await prepareNewPassword(password, [name, invitation.email, invitation.agencyName]);
  return inAgency(source, parsed.agencyId, async (scope) => {
    const taken = await takeInvitation(scope, parsed.tokenDigest);
    if (!taken) throw dead();
    const personId = await insertPerson(scope, { email: taken.email, passwordHash });
    const user = await join(scope, taken, { name, personId, visitor });
    const { purpose, brandIds } = taken;
    return { setCookie: await openSession(source, scope, { user, visitor }), purpose, brandIds };
  });
}

/** Is it the invited person who is signed in here, if in another agency? */
export async function isInvited(source: IdentitySource, key: string, visitor: Visitor): Promise<boolean> {
  const invitation = await openInvitation(source, key);
  return invitation.state === "pending" && (await whoIs(source, invitation.email, visitor)) !== null;
}

/**
 * For who signs in already, and is signed in: another place, in a session that goes on from the one they have.
 * @throws {AppError} not_found (link unknown, used, revoked or over); unauthenticated (somebody else, or nobody)
 */
export async function acceptAsMyself(
  source: IdentitySource,
  key: string,
  visitor: Visitor,
): Promise<{ setCookie: string } & Pick<InvitationRow, "purpose" | "brandIds">> {
  const parsed = parseKey(key);
  const invitation = await openInvitation(source, key);
  if (!parsed || invitation.state !== "pending") throw dead();
  const me = await whoIs(source, invitation.email, visitor);
  if (!me) throw notYou(invitation.email);
  const { session, user: here } = me;
  const joined = await inAgency(source, parsed.agencyId, async (scope) => {
    const taken = await takeInvitation(scope, parsed.tokenDigest);
    if (!taken) throw dead();
    const user = await join(scope, taken, { name: here.name, personId: here.personId, visitor });
    const { purpose, brandIds } = taken;
    const { method } = session;
    const setCookie = await openSession(source, scope, { user, visitor, method, earlier: session });
    return { setCookie, purpose, brandIds };
  });
  await signOut(source, visitor);
  return joined;
}

/** The signed-in person, where it is they who sign in with the address. */
async function whoIs(source: IdentitySource, email: string, visitor: Visitor) {
  const session = await findSession(source, visitor.cookie);
  if (!session) return null;
  return inAgency(source, session.agencyId, async (scope) => {
    const user = await findUser(scope, session.user.id);
    const entry = await findDirectoryEntry(scope, email);
    return user && entry?.personId === user.personId ? { session, user } : null;
  });
}

const notYou = (email: string) =>
  new AppError("unauthenticated", `This invitation is for ${email}, who signs in to Tidemark already.`, {
    remedy: "Sign in with that address, then open the link again.",
  });

async function join(
  scope: TenantScope,
  taken: InvitationRow,
  { name, personId, visitor }: { name: string; personId: string; visitor: Visitor },
) {
  const user = await insertUser(scope, { email: taken.email, name, personId });
  const actor = { kind: "user", userId: user.id, name, sessionId: "" } as const;
  await appendAudit({ ...scope, actor, requestId: visitor.requestId, origin: visitor }, scope.db, {
    action: "invitation.accepted",
    target: { type: "member", id: user.id, label: name },
  });
  const brandIds = taken.brandIds ?? [null];
  const { role, roleId, accessUntil: expiresAt, invitedBy: grantedBy } = taken;
  await insertMemberships(
    scope,
    { userId: user.id, grantedBy },
    brandIds.map((brandId) => ({ brandId, role, roleId, expiresAt })),
  );
  return user;
}

function parseKey(key: string): { agencyId: string; tokenDigest: string } | null {
  const match = shape.exec(key);
  return match?.[1] && match[2] ? { agencyId: match[1], tokenDigest: invitationDigest(match[2]) } : null;
}

const dead = () =>
  new AppError("not_found", "This invitation is no longer good.", {
    remedy: "It was used, revoked, or is more than 7 days old. Ask whoever invited you for a new link.",
  });
