import { and, desc, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import type { TenantScope } from "../identity";
import { users } from "../identity/tables";
import type { InvitationState } from "./contract";
import { agencies, invitations } from "./tables";

export type InvitationRow = typeof invitations.$inferSelect;

/** Not accepted, not revoked, not over. */
const open = (scope: TenantScope): SQL | undefined =>
  and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, scope.now()));

const stateOf = (now: Date): SQL<InvitationState> => sql<InvitationState>`case
  when ${invitations.acceptedAt} is not null then 'accepted'
  when ${invitations.revokedAt} is not null then 'revoked'
  when ${invitations.expiresAt} <= ${now.toISOString()}::timestamptz then 'expired'
  else 'pending' end`;

export async function selectInvitations(ctx: TxCtx, query: ListQuery) {
  const clauses = listClauses(query, {
    fields: {
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
      state: stateOf(ctx.now()),
    },
    search: [invitations.email, invitations.name],
    order: [desc(invitations.createdAt)],
    tie: invitations.id,
  });
  const where = and(eq(invitations.agencyId, ctx.agencyId), clauses.where);
  const rows = await ctx.db
    .select()
    .from(invitations)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await ctx.db.select({ total: countAll }).from(invitations).where(where);
  return { rows, total: count?.total ?? 0 };
}

export async function insertInvitation(
  ctx: TxCtx,
  row: Omit<typeof invitations.$inferInsert, "agencyId" | "createdAt">,
): Promise<InvitationRow> {
  const [made] = await ctx.db
    .insert(invitations)
    .values({ agencyId: ctx.agencyId, createdAt: ctx.now(), ...row })
    .returning();
  if (!made) throw new Error("the new invitation was not returned");
  return made;
}

/** Locked, so that what follows decides on what it sees. */
export async function lockInvitation(ctx: TxCtx, id: string): Promise<InvitationRow | null> {
  const [row] = await ctx.db
    .select()
    .from(invitations)
    .where(and(eq(invitations.agencyId, ctx.agencyId), eq(invitations.id, id)))
    .for("update");
  return row ?? null;
}

export async function updateInvitation(
  ctx: TxCtx,
  id: string,
  change: Partial<Pick<InvitationRow, "tokenDigest" | "expiresAt" | "revokedAt">>,
): Promise<InvitationRow> {
  const [row] = await ctx.db
    .update(invitations)
    .set(change)
    .where(and(eq(invitations.agencyId, ctx.agencyId), eq(invitations.id, id)))
    .returning();
  if (!row) throw new Error("the changed invitation was not returned");
  return row;
}

/** What stands in the way of inviting this address: a person who signs in with it, or an invitation that is still good. */
export async function findByAddress(ctx: TxCtx, email: string): Promise<"member" | "invited" | null> {
  const [member] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.agencyId, ctx.agencyId), eq(users.email, email)));
  if (member) return "member";
  const [invited] = await ctx.db
    .select({ id: invitations.id })
    .from(invitations)
    .where(and(eq(invitations.agencyId, ctx.agencyId), eq(invitations.email, email), open(ctx)));
  return invited ? "invited" : null;
}

export async function findInvitation(scope: TenantScope, tokenDigest: string) {
  const [row] = await scope.db
    .select({ invitation: invitations, agencyName: agencies.name })
    .from(invitations)
    .innerJoin(agencies, eq(agencies.id, invitations.agencyId))
    .where(and(eq(invitations.agencyId, scope.agencyId), eq(invitations.tokenDigest, tokenDigest)));
  return row ?? null;
}

/** Takes the invitation, if it is still good. Of two at the same moment one gets it, the other null. */
export async function takeInvitation(scope: TenantScope, tokenDigest: string): Promise<InvitationRow | null> {
  const [row] = await scope.db
    .update(invitations)
    .set({ acceptedAt: scope.now() })
    .where(and(eq(invitations.agencyId, scope.agencyId), eq(invitations.tokenDigest, tokenDigest), open(scope)))
    .returning();
  return row ?? null;
}
