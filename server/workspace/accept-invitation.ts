// Invite-only sign-up: whoever holds the link names themselves, sets a password and is signed in.
import { appendAudit } from "../audit";
import { parseInput } from "../core/command";
import { AppError } from "../core/errors";
import {
  type IdentitySource,
  inAgency,
  insertUser,
  openSession,
  prepareNewPassword,
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
  const brands = await inAgency(source, parsed.agencyId, (scope) =>
    selectBrandNames({ ...scope, brandIds: brandIds ?? [] }),
  );
  const { agencyName } = found;
  return { state, agencyName, email, name, invitedBy, purpose, brands: brands.map((brand) => brand.name) };
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
    const user = await join(scope, taken, { name, passwordHash });
    await appendAudit(
      {
        ...scope,
        actor: { kind: "user", userId: user.id, name, sessionId: "" },
        requestId: visitor.requestId,
      },
      scope.db,
      { action: "invitation.accepted", target: { type: "member", id: user.id, label: name } },
    );
    const { purpose, brandIds } = taken;
    return { setCookie: await openSession(source, scope, { user, visitor }), purpose, brandIds };
  });
}

async function join(scope: TenantScope, taken: InvitationRow, person: { name: string; passwordHash: string }) {
  const user = await insertUser(scope, { email: taken.email, ...person });
  const brandIds = taken.brandIds ?? [null];
  await insertMemberships(
    scope,
    user.id,
    brandIds.map((brandId) => ({ brandId, role: taken.role })),
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
