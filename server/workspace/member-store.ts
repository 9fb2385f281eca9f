import { and, asc, eq, exists, gt, inArray, isNotNull, isNull, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll, isUuid, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import type { TenantScope } from "../identity";
import { users } from "../identity/tables";
import type { Membership } from "./permissions";
import { brands, memberships, roles } from "./tables";

export type MemberRow = Omit<typeof users.$inferSelect, "personId" | "agencyId">;

const memberColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  state: users.state,
  createdAt: users.createdAt,
  lastSignedInAt: users.lastSignedInAt,
};

/** A role as it is stored: the name of a built-in one, or `custom` and the id of the agency's own. */
export interface StoredGrant {
  brandId: string | null;
  role: Membership["role"];
  roleId: string | null;
  expiresAt: Date | null;
}

/** Time-boxed access ends by itself: from its moment on a membership counts nowhere. */
const inForce = (scope: TenantScope): SQL | undefined =>
  or(isNull(memberships.expiresAt), gt(memberships.expiresAt, scope.now()));

const itsRole = and(eq(roles.agencyId, memberships.agencyId), eq(roles.id, memberships.roleId));

/** People of the agency; for those who see some brands only: people with a role there, and people of the whole agency. */
function visiblePeople(ctx: TxCtx) {
  const seen = visibleRoles(ctx);
  if (!seen) return undefined;
  const ofPerson = and(eq(memberships.agencyId, users.agencyId), eq(memberships.userId, users.id), seen, inForce(ctx));
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

export async function findMemberIdByEmail(ctx: TxCtx, email: string): Promise<string | null> {
  const [row] = await ctx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.agencyId, ctx.agencyId), eq(users.email, email), visiblePeople(ctx)));
  return row?.id ?? null;
}

/** Roles in force, one by one: of all brands and of those that are not archived. */
export async function selectMemberRoles(ctx: TxCtx, query: ListQuery) {
  const clauses = listClauses(query, {
    fields: { id: memberships.id, email: users.email, name: users.name, brandId: memberships.brandId },
    search: [users.name, users.email, brands.name],
    order: [asc(users.email), sql`${memberships.brandId} is not null`, asc(brands.name)],
    tie: memberships.id,
  });
  const inSight = or(isNull(memberships.brandId), and(isNotNull(brands.id), isNull(brands.archivedAt)));
  const where = and(eq(memberships.agencyId, ctx.agencyId), visibleRoles(ctx), inForce(ctx), inSight, clauses.where);
  const ofPerson = and(eq(users.agencyId, memberships.agencyId), eq(users.id, memberships.userId));
  const ofBrand = and(eq(brands.agencyId, memberships.agencyId), eq(brands.id, memberships.brandId));
  const rows = await ctx.db
    .select({
      id: memberships.id,
      email: users.email,
      name: users.name,
      brandId: memberships.brandId,
      brandName: brands.name,
      role: memberships.role,
      roleId: memberships.roleId,
      roleName: roles.name,
      expiresAt: memberships.expiresAt,
    })
    .from(memberships)
    .innerJoin(users, ofPerson)
    .leftJoin(roles, itsRole)
    .leftJoin(brands, ofBrand)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await ctx.db
    .select({ total: countAll })
    .from(memberships)
    .innerJoin(users, ofPerson)
    .leftJoin(brands, ofBrand)
    .where(where);
  return { rows, total: count?.total ?? 0 };
}

/** Roles with brand names, all brands first, then by name; only those of brands the actor sees, and unless asked only those in force. */
export async function selectRoles(ctx: TxCtx, userIds: readonly string[], ended = false) {
  if (userIds.length === 0) return [];
  const ofPeople = and(eq(memberships.agencyId, ctx.agencyId), inArray(memberships.userId, [...userIds]));
  return ctx.db
    .select({
      userId: memberships.userId,
      brandId: memberships.brandId,
      role: memberships.role,
      roleId: memberships.roleId,
      roleName: roles.name,
      permissions: roles.permissions,
      expiresAt: memberships.expiresAt,
      grantedBy: memberships.grantedBy,
      createdAt: memberships.createdAt,
      brandName: brands.name,
    })
    .from(memberships)
    .leftJoin(roles, itsRole)
    .leftJoin(brands, and(eq(brands.agencyId, memberships.agencyId), eq(brands.id, memberships.brandId)))
    .where(and(ofPeople, visibleRoles(ctx), ended ? undefined : inForce(ctx)))
    .orderBy(sql`${memberships.brandId} is not null`, asc(brands.name));
}

/** What these people hold now; of everybody without ids. */
export async function selectMembershipsOf(
  scope: TenantScope,
  userIds?: readonly string[],
): Promise<(Membership & { userId: string; roleId: string | null; roleName: string | null })[]> {
  const rows = await scope.db
    .select({
      userId: memberships.userId,
      brandId: memberships.brandId,
      role: memberships.role,
      roleId: memberships.roleId,
      roleName: roles.name,
      permissions: roles.permissions,
      expiresAt: memberships.expiresAt,
    })
    .from(memberships)
    .leftJoin(roles, itsRole)
    .where(
      and(
        eq(memberships.agencyId, scope.agencyId),
        userIds ? inArray(memberships.userId, [...userIds]) : undefined,
        inForce(scope),
      ),
    );
  return rows.map(({ permissions, ...row }) => ({ ...row, ...(permissions ? { permissions } : {}) }));
}

/** Nothing for who may not sign in. */
export async function selectActiveMemberships(scope: TenantScope, userId: string): Promise<Membership[]> {
  const [user] = await scope.db
    .select({ state: users.state })
    .from(users)
    .where(and(eq(users.agencyId, scope.agencyId), eq(users.id, userId)));
  return user?.state === "active" ? selectMemberships(scope, userId) : [];
}

export const selectMemberships = (scope: TenantScope, userId: string) => selectMembershipsOf(scope, [userId]);

export async function insertMemberships(
  scope: TenantScope,
  person: { userId: string; grantedBy: string | null },
  grants: readonly StoredGrant[],
): Promise<void> {
  if (grants.length === 0) return;
  const createdAt = scope.now();
  await scope.db
    .insert(memberships)
    .values(grants.map((grant) => ({ agencyId: scope.agencyId, ...person, createdAt, ...grant })));
}

/** Those that stay as they are keep who gave them, and when. */
export async function replaceMemberships(
  ctx: TxCtx,
  person: { userId: string; grantedBy: string },
  grants: readonly StoredGrant[],
): Promise<void> {
  const ofPerson = and(eq(memberships.agencyId, ctx.agencyId), eq(memberships.userId, person.userId));
  const before = await ctx.db.select().from(memberships).where(ofPerson);
  const kept = before.filter((row) => grants.some((grant) => isSame(row, grant)));
  const ids = kept.map(({ id }) => id);
  await ctx.db.delete(memberships).where(and(ofPerson, ids.length > 0 ? notInArray(memberships.id, ids) : undefined));
  await insertMemberships(
    ctx,
    person,
    grants.filter((grant) => !kept.some((row) => isSame(row, grant))),
  );
}

export const isSame = (a: StoredGrant, b: StoredGrant): boolean =>
  a.brandId === b.brandId &&
  a.role === b.role &&
  a.roleId === b.roleId &&
  a.expiresAt?.getTime() === b.expiresAt?.getTime();

/**
 * The owners who can sign in and whose role does not end. Locks the agency's row: of two admins who each take away one of the last two owners at the same
 * moment, the second waits and then sees that one is left.
 */
export async function lockActiveOwners(ctx: TxCtx): Promise<string[]> {
  await ctx.db.execute(sql`select 1 from agencies where id = ${ctx.agencyId} for update`);
  const rows = await ctx.db
    .select({ userId: users.id })
    .from(memberships)
    .innerJoin(users, and(eq(users.agencyId, memberships.agencyId), eq(users.id, memberships.userId)))
    .where(
      and(
        eq(memberships.agencyId, ctx.agencyId),
        eq(memberships.role, "owner"),
        isNull(memberships.expiresAt),
        eq(users.state, "active"),
      ),
    );
  return rows.map((row) => row.userId);
}
