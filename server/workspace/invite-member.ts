// Inviting: a link that works once, for 7 days. The database keeps a digest of its token, so the link is told once.
import { createHash, randomBytes } from "node:crypto";
import { command } from "../core/command";
import { actorName, type TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { postLetter } from "../core/letters";
import { findAgency } from "./agency-store";
import { selectBrandNames } from "./brand-store";
import { InvitationCreate, type InvitationLink, InvitationMove, roleNames } from "./contract";
import {
  findByAddress,
  type InvitationRow,
  insertInvitation,
  lockInvitation,
  updateInvitation,
} from "./invitation-store";
import { toInvitation } from "./list-invitations";
import { givenBy, type Membership } from "./permissions";
import { type ResolvedGrant, resolveGrants } from "./resolve-grants";
import { requireMayGive } from "./role-rules";
import { selectCustomRoles } from "./role-store";

const lifetimeMs = 7 * 24 * 60 * 60 * 1000;

export const inviteMember = command({
  name: "invitation.create",
  permission: "members.write",
  input: InvitationCreate,
  run: async (ctx, { email, name, role, brandIds, until, purpose = null }) => {
    const grants = await resolveGrants(
      ctx,
      (brandIds ?? [null]).map((brandId) => ({ brandId, role, until })),
    );
    await requireMayGive(ctx, grants);
    const [grant] = grants;
    if (!grant) throw new Error("an invitation gives at least one role");
    if (purpose === "connect") requireMayConnect(grant);
    await requireFreeAddress(ctx, email);
    const { token, tokenDigest, expiresAt } = newToken(ctx);
    const invitedBy = actorName(ctx.actor);
    const asked = {
      email,
      name,
      role: grant.role,
      roleId: grant.roleId,
      accessUntil: grant.expiresAt,
      brandIds,
      purpose,
    };
    const row = await insertInvitation(ctx, { ...asked, tokenDigest, expiresAt, invitedBy });
    await ctx.changed("invitations", [row.id]);
    return {
      result: await sendLink(ctx, row, token),
      audit: {
        action: "invitation.created",
        ...about(row),
        after: {
          role: grant.roleName,
          ...(until ? { until } : {}),
          brands: await brandWords(ctx, brandIds),
          ...(purpose ? { purpose: "to consent at Amazon" } : {}),
        },
      },
    };
  },
});

/** A new link for another 7 days; the old one stops working. */
export const renewInvitation = command({
  name: "invitation.renew",
  permission: "members.write",
  input: InvitationMove,
  run: async (ctx, { id }) => {
    const seen = await lockOpen(ctx, id);
    await requireMayGive(ctx, await givenByInvitation(ctx, seen));
    const { token, tokenDigest, expiresAt } = newToken(ctx);
    const row = await updateInvitation(ctx, id, { tokenDigest, expiresAt });
    await ctx.changed("invitations", [id]);
    return { result: await sendLink(ctx, row, token), audit: { action: "invitation.renewed", ...about(row) } };
  },
});

export const revokeInvitation = command({
  name: "invitation.revoke",
  permission: "members.write",
  input: InvitationMove,
  run: async (ctx, { id }) => {
    const seen = await lockOpen(ctx, id);
    await requireMayGive(ctx, await givenByInvitation(ctx, seen));
    const row = await updateInvitation(ctx, id, { revokedAt: ctx.now() });
    await ctx.changed("invitations", [id]);
    return { result: await shown(ctx, row), audit: { action: "invitation.revoked", ...about(row) } };
  },
});

export const invitationDigest = (token: string): string => createHash("sha256").update(token).digest("hex");

function newToken(ctx: TxCtx) {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenDigest: invitationDigest(token), expiresAt: new Date(ctx.now().getTime() + lifetimeMs) };
}

/** By mail where there is a way, and told once here. The agency leads, as in the cookie: it is looked up in its own tenant. */
async function sendLink(ctx: TxCtx, row: InvitationRow, token: string): Promise<InvitationLink> {
  const link = `${ctx.services.publicUrl}/invitations/${ctx.agencyId}.${token}`;
  const agencyName = (await findAgency(ctx))?.name ?? "an agency";
  const mailed = await postLetter(ctx, ctx.services, {
    to: row.email,
    name: row.name,
    subject: `${row.invitedBy} invites you to ${agencyName}`,
    lines: [
      `${row.invitedBy} invites you to work with ${agencyName} in Tidemark.`,
      "The link works once, for 7 days. If you do not expect this, there is nothing to do.",
    ],
    action: { label: `Join ${agencyName}`, url: link },
  });
  return { ...(await shown(ctx, row)), link, mailed };
}

async function shown(ctx: TxCtx, row: InvitationRow) {
  return toInvitation(row, ctx.now(), await ownRole(ctx, row));
}

const ownRole = async (ctx: TxCtx, { roleId }: InvitationRow) =>
  roleId ? (await selectCustomRoles(ctx)).find(({ id }) => id === roleId) : undefined;

async function givenByInvitation(ctx: TxCtx, row: InvitationRow): Promise<Membership[]> {
  const permissions = (await ownRole(ctx, row))?.permissions;
  return (row.brandIds ?? [null]).map((brandId) => ({
    brandId,
    role: row.role,
    ...(permissions ? { permissions } : {}),
  }));
}

async function lockOpen(ctx: TxCtx, id: string): Promise<InvitationRow> {
  const row = await lockInvitation(ctx, id);
  if (!row) throw notFound("This invitation");
  if (row.acceptedAt) throw new AppError("conflict", `${row.name} has accepted this invitation already.`);
  if (row.revokedAt) throw new AppError("conflict", "This invitation was revoked.", { remedy: "Invite them anew." });
  return row;
}

function requireMayConnect(grant: ResolvedGrant): void {
  if (givenBy(grant).includes("connections.write")) return;
  const message = `The role ${grant.roleName} may not connect Amazon accounts.`;
  throw new AppError("invalid", message, {
    fields: { role: message },
    remedy: `Give the role ${roleNames.ops}: the least that may.`,
  });
}

async function requireFreeAddress(ctx: TxCtx, email: string): Promise<void> {
  const taken = await findByAddress(ctx, email);
  if (!taken) return;
  const message =
    taken === "member"
      ? "This address belongs to somebody in your agency already."
      : "This address has an open invitation already; make a new link for that one instead.";
  throw new AppError("invalid", message, { fields: { email: message } });
}

async function brandWords(ctx: TxCtx, ids: readonly string[] | null): Promise<string | string[]> {
  if (ids === null) return "all brands";
  const brands = await selectBrandNames(ctx);
  return ids.map((id) => brands.find((brand) => brand.id === id)?.name ?? id);
}

const about = (row: InvitationRow) => ({ target: { type: "invitation", id: row.id, label: row.email } });
