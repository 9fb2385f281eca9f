import type { TxCtx } from "../core/context";
import type { ListQuery, ListResult } from "../core/query";
import type { Invitation, InvitationState } from "./contract";
import { type InvitationRow, selectInvitations } from "./invitation-store";

/** Newest first. */
export async function listInvitations(ctx: TxCtx, query: ListQuery): Promise<ListResult<Invitation>> {
  const { rows, total } = await selectInvitations(ctx, query);
  const now = ctx.now();
  return { total, items: rows.map((row) => toInvitation(row, now)) };
}

export const toInvitation = (row: InvitationRow, now: Date): Invitation => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
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
