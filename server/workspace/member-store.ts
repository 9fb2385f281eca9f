import { and, asc, eq, exists, inArray, isNull, or, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, isUuid, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import type { TenantScope } from "../identity";
import { users } from "../identity/tables";
import type { RoleGrant } from "./contract";
import type { Membership } from "./permissions";
import { brands, memberships } from "./tables";

export type MemberRow = Omit<typeof users.$inferSelect, "passwordHash" | "agencyId">;

const memberColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  state: users.state,
  createdAt: users.createdAt,
  lastSignedInAt: users.lastSignedInAt,
};

/** People of the agency; for those who see some brands only: people with a role there, and people of the whole agency. */
function visiblePeople(ctx: TxCtx) {
  const roles = visibleRoles(ctx);
  if (!roles) return undefined;
  const ofPerson = and(eq(memberships.agencyId, users.agencyId), eq(memberships.userId, users.id), roles);
  return exists(ctx.db.select({ one: sql`1` }).from(memberships).where(ofPerson));
}

function visibleRoles(ctx: TxCtx) {
  const brandIds = ctx.brandsWith("members.read");
  return brandIds === "all" ? undefined : or(isNull(memberships.brandId), inArray(memberships.brandId, [...brandIds]));
}

export async function selectMembers(ctx: TxCtx, query: ListQuery) {
  const clauses = listClauses(query, {
    fields: {
      id: users.id,
      name: users.name,
      email: users.email,
      state: users.state,
      createdAt: users.createdAt,
      lastSignedInAt: users.lastSignedInAt,
    },
    search: [users.name, users.email],
    order: [asc(users.name)],
    tie: users.id,
  });
  const where = and(eq(users.agencyId, ctx.agencyId), visiblePeople(ctx), clauses.where);
  const rows: MemberRow[] = await ctx.db
    .select(memberColumns)
    .from(users)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await ctx.db.select({ total: countAll }).from(users).where(where);
  return { rows, total: count?.total ?? 0 };
}

export async function findMember(ctx: TxCtx, userId: string): Promise<MemberRow | null> {
  if (!isUuid(userId)) return null;
  const [row] = await ctx.db
    .select(memberColumns)
    .from(users)
    .where(and(eq(users.agencyId, ctx.agencyId), eq(users.id, userId), visiblePeople(ctx)));
  return row ?? null;
}

/** Roles with brand names, all brands first, then by name; only those of brands the actor sees. */
export async function selectRoles(ctx: TxCtx, userIds: readonly string[]) {
  if (userIds.length === 0) return [];
  return ctx.db
    .select({
      userId: memberships.userId,
      brandId: memberships.brandId,
      role: memberships.role,
      brandName: brands.name,
    })
    .from(memberships)
    .leftJoin(brands, and(eq(brands.agencyId, memberships.agencyId), eq(brands.id, memberships.brandId)))
    .where(and(eq(memberships.agencyId, ctx.agencyId), inArray(memberships.userId, [...userIds]), visibleRoles(ctx)))
    .orderBy(sql`${memberships.brandId} is not null`, asc(brands.name));
}

export async function selectMemberships(scope: TenantScope, userId: string): Promise<Membership[]> {
  return scope.db
    .select({ brandId: memberships.brandId, role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.agencyId, scope.agencyId), eq(memberships.userId, userId)));
}

export async function insertMemberships(
  scope: TenantScope,
  userId: string,
  grants: readonly RoleGrant[],
): Promise<void> {
  const createdAt = scope.now();
  await scope.db
    .insert(memberships)
    .values(grants.map((grant) => ({ agencyId: scope.agencyId, userId, createdAt, ...grant })));
}

export async function replaceMemberships(ctx: TxCtx, userId: string, grants: readonly RoleGrant[]): Promise<void> {
  await ctx.db.delete(memberships).where(and(eq(memberships.agencyId, ctx.agencyId), eq(memberships.userId, userId)));
  await insertMemberships(ctx, userId, grants);
}

/**
 * The owners who can sign in. Locks the agency's row: of two admins who each take away one of the last two owners at the same
 * moment, the second waits and then sees that one is left.
 */
export async function lockActiveOwners(ctx: TxCtx): Promise<string[]> {
  await ctx.db.execute(sql`select 1 from agencies where id = ${ctx.agencyId} for update`);
  const rows = await ctx.db
    .select({ userId: users.id })
    .from(memberships)
    .innerJoin(users, and(eq(users.agencyId, memberships.agencyId), eq(users.id, memberships.userId)))
    .where(and(eq(memberships.agencyId, ctx.agencyId), eq(memberships.role, "owner"), eq(users.state, "active")));
  return rows.map((row) => row.userId);
}
