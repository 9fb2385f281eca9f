import type { TxCtx } from "../core/context";
import type { ListQuery, ListResult } from "../core/query";
import type { Invitation, InvitationState } from "./contract";
import { type InvitationRow, selectInvitations } from "./invitation-store";
import { nameOf, refOf, untilOf } from "./resolve-grants";
import { selectCustomRoles } from "./role-store";

/** Newest first. */
export async function listInvitations(ctx: TxCtx, query: ListQuery): Promise<ListResult<Invitation>> {
  const { rows, total } = await selectInvitations(ctx, query);
  const now = ctx.now();
  const own = new Map((await selectCustomRoles(ctx)).map((role) => [role.id, role]));
  return { total, items: rows.map((row) => toInvitation(row, now, own.get(row.roleId ?? ""))) };
}

/** @param own the agency's own role it is for, if it is one of those */
export const toInvitation = (row: InvitationRow, now: Date, own: { name: string } | undefined): Invitation => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: refOf(row),
  roleName: nameOf(row.role, own?.name),
  until: untilOf(row.accessUntil),
  brandIds: row.brandIds,
  invitedBy: row.invitedBy,
  purpose: row.purpose,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  state: invitationState(row, now),
});

export function invitationState(
  row: Pick<InvitationRow, "acceptedAt" | "revokedAt" | "expiresAt">,
  now: Date,
): InvitationState {
  if (row.acceptedAt) return "accepted";
  if (row.revokedAt) return "revoked";
  return row.expiresAt <= now ? "expired" : "pending";
}
