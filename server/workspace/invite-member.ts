// Inviting: a link that works once, for 7 days. The database keeps a digest of its token, so the link is told once.
import { createHash, randomBytes } from "node:crypto";
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { selectBrandNames } from "./brand-store";
import { requireBrands } from "./change-member";
import { InvitationCreate, type InvitationLink, InvitationMove, type Role, roleNames } from "./contract";
import {
  findByAddress,
  type InvitationRow,
  insertInvitation,
  lockInvitation,
  updateInvitation,
} from "./invitation-store";
import { toInvitation } from "./list-invitations";
import { rolePermissions } from "./permissions";
import { requireRank } from "./role-rules";

const lifetimeMs = 7 * 24 * 60 * 60 * 1000;

export const inviteMember = command({
  name: "invitation.create",
  permission: "members.write",
  input: InvitationCreate,
  run: async (ctx, { email, name, role, brandIds, purpose = null }) => {
    await requireRank(ctx, [role]);
    if (purpose === "connect") requireMayConnect(role);
    await requireBrands(
      ctx,
      (brandIds ?? []).map((brandId) => ({ brandId })),
    );
    await requireFreeAddress(ctx, email);
    const { token, tokenDigest, expiresAt } = newToken(ctx);
    const invitedBy = ctx.actor.kind === "user" ? ctx.actor.name : "Tidemark";
    const asked = { email, name, role, brandIds, purpose };
    const row = await insertInvitation(ctx, { ...asked, tokenDigest, expiresAt, invitedBy });
    await ctx.changed("invitations", [row.id]);
    return {
      result: withLink(ctx, row, token),
      audit: {
        action: "invitation.created",
        ...about(row),
        after: {
          role: roleNames[role],
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
    await requireRank(ctx, [seen.role]);
    const { token, tokenDigest, expiresAt } = newToken(ctx);
    const row = await updateInvitation(ctx, id, { tokenDigest, expiresAt });
    await ctx.changed("invitations", [id]);
    return { result: withLink(ctx, row, token), audit: { action: "invitation.renewed", ...about(row) } };
  },
});

export const revokeInvitation = command({
  name: "invitation.revoke",
  permission: "members.write",
  input: InvitationMove,
  run: async (ctx, { id }) => {
    const seen = await lockOpen(ctx, id);
    await requireRank(ctx, [seen.role]);
    const row = await updateInvitation(ctx, id, { revokedAt: ctx.now() });
    await ctx.changed("invitations", [id]);
    return { result: toInvitation(row, ctx.now()), audit: { action: "invitation.revoked", ...about(row) } };
  },
});

export const invitationDigest = (token: string): string => createHash("sha256").update(token).digest("hex");

function newToken(ctx: TxCtx) {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenDigest: invitationDigest(token), expiresAt: new Date(ctx.now().getTime() + lifetimeMs) };
}

/** The agency leads, as in the session cookie: the invitation is looked up inside its own tenant. */
const withLink = (ctx: TxCtx, row: InvitationRow, token: string): InvitationLink => ({
  ...toInvitation(row, ctx.now()),
  link: `${ctx.services.publicUrl}/invitations/${ctx.agencyId}.${token}`,
});

async function lockOpen(ctx: TxCtx, id: string): Promise<InvitationRow> {
  const row = await lockInvitation(ctx, id);
  if (!row) throw notFound("This invitation");
  if (row.acceptedAt) throw new AppError("conflict", `${row.name} has accepted this invitation already.`);
  if (row.revokedAt) throw new AppError("conflict", "This invitation was revoked.", { remedy: "Invite them anew." });
  return row;
}

function requireMayConnect(role: Role): void {
  if (rolePermissions[role].includes("connections.write")) return;
  const message = `The role ${roleNames[role]} may not connect Amazon accounts.`;
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
