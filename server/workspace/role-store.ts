// The roles an agency made itself.
import { and, asc, eq, gt, inArray, isNull, lte, or } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { violates } from "../core/db/list-clauses";
import { AppError } from "../core/errors";
import type { TenantScope } from "../identity";
import { users } from "../identity/tables";
import { invitations, memberships, roles } from "./tables";

export type RoleRow = typeof roles.$inferSelect;

export const selectCustomRoles = (scope: TenantScope): Promise<RoleRow[]> =>
  scope.db.select().from(roles).where(eq(roles.agencyId, scope.agencyId)).orderBy(asc(roles.name));

/** Locked: `share` where it is given, so that it is not removed meanwhile; `update` where it is changed. */
export async function lockRoles(ctx: TxCtx, ids: readonly string[], strength: "share" | "update"): Promise<RoleRow[]> {
  if (ids.length === 0) return [];
  return ctx.db
    .select()
    .from(roles)
    .where(and(eq(roles.agencyId, ctx.agencyId), inArray(roles.id, [...ids])))
    .orderBy(roles.id)
    .for(strength);
}

type RoleFields = Pick<RoleRow, "name" | "description" | "permissions">;

export async function insertRole(ctx: TxCtx, fields: RoleFields): Promise<RoleRow> {
  const rows = await uniqueName(
    fields.name,
    ctx.db
      .insert(roles)
      .values({ agencyId: ctx.agencyId, createdAt: ctx.now(), ...fields })
      .returning(),
  );
  const [row] = rows;
  if (!row) throw new Error("the new role was not returned");
  return row;
}

/** Null where it is no longer the version seen. */
export async function updateRole(
  ctx: TxCtx,
  seen: Pick<RoleRow, "id" | "version">,
  fields: RoleFields,
): Promise<RoleRow | null> {
  const rows = await uniqueName(
    fields.name,
    ctx.db
      .update(roles)
      .set({ ...fields, version: seen.version + 1 })
      .where(and(eq(roles.agencyId, ctx.agencyId), eq(roles.id, seen.id), eq(roles.version, seen.version)))
      .returning(),
  );
  return rows[0] ?? null;
}

/** With the memberships of it that have ended. */
export async function deleteRole(ctx: TxCtx, id: string): Promise<void> {
  const over = and(eq(memberships.agencyId, ctx.agencyId), eq(memberships.roleId, id));
  await ctx.db.delete(memberships).where(and(over, lte(memberships.expiresAt, ctx.now())));
  await ctx.db.delete(roles).where(and(eq(roles.agencyId, ctx.agencyId), eq(roles.id, id)));
}

/** Who has which role now, by name. */
export async function selectHolders(ctx: TxCtx) {
  return ctx.db
    .selectDistinct({ role: memberships.role, roleId: memberships.roleId, id: users.id, name: users.name })
    .from(memberships)
    .innerJoin(users, and(eq(users.agencyId, memberships.agencyId), eq(users.id, memberships.userId)))
    .where(
      and(
        eq(memberships.agencyId, ctx.agencyId),
        or(isNull(memberships.expiresAt), gt(memberships.expiresAt, ctx.now())),
      ),
    )
    .orderBy(asc(users.name), users.id);
}

export const selectActivePeople = (ctx: TxCtx): Promise<{ id: string; name: string }[]> =>
  ctx.db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.agencyId, ctx.agencyId), eq(users.state, "active")))
    .orderBy(asc(users.name), users.id);

/** Names of those invited with the role who have not answered; their link still works, or can be made to. */
export async function selectInvited(ctx: TxCtx, roleId: string): Promise<string[]> {
  const rows = await ctx.db
    .select({ name: invitations.name })
    .from(invitations)
    .where(
      and(
        eq(invitations.agencyId, ctx.agencyId),
        eq(invitations.roleId, roleId),
        isNull(invitations.acceptedAt),
        isNull(invitations.revokedAt),
      ),
    )
    .orderBy(asc(invitations.name));
  return rows.map((row) => row.name);
}

async function uniqueName<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!violates(error, "roles_name")) throw error;
    throw new AppError("invalid", `A role named "${name}" exists already.`, {
      fields: { name: "A role of this name exists already." },
      cause: error,
    });
  }
}
