// Roles as they are asked for, checked and in the form they are stored in.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { missingBrands } from "./brand-store";
import { isBuiltIn, type RoleGrant, type RoleRef, roleNames } from "./contract";
import type { StoredGrant } from "./member-store";
import type { Membership } from "./permissions";
import { lockRoles } from "./role-store";

const dayMs = 86_400_000;

/** The moment after the last day; null for access that does not end. @throws {AppError} invalid, for a day that is over */
export function endOf(ctx: Pick<TxCtx, "now">, until: string | null | undefined): Date | null {
  if (!until) return null;
  const end = new Date(Date.parse(until) + dayMs);
  if (end > ctx.now()) return end;
  throw new AppError("invalid", "The last day of this access is over already.", {
    fields: { until: "Choose today or a later day." },
  });
}

/** The last day, in UTC, before the moment. */
export const untilOf = (end: Date | null): string | null =>
  end ? new Date(end.getTime() - 1).toISOString().slice(0, 10) : null;

/** A grant with what it gives and how it is called. */
export type ResolvedGrant = StoredGrant & Pick<Membership, "permissions"> & { roleName: string };

/** @throws {AppError} invalid, for roles or brands that the agency does not have, and for days that are over */
export async function resolveGrants(ctx: TxCtx, grants: readonly RoleGrant[]): Promise<ResolvedGrant[]> {
  await requireBrands(ctx, grants);
  const ids = [...new Set(grants.flatMap(({ role }) => (isBuiltIn(role) ? [] : [role])))];
  const known = new Map((await lockRoles(ctx, ids, "share")).map((row) => [row.id, row]));
  return grants.map(({ brandId, role, until }) => {
    const expiresAt = endOf(ctx, until);
    if (isBuiltIn(role)) return { brandId, role, roleId: null, expiresAt, roleName: roleNames[role] };
    const own = known.get(role);
    if (!own) throw noSuchRole();
    const { name: roleName, permissions } = own;
    return { brandId, role: "custom", roleId: role, expiresAt, roleName, permissions };
  });
}

export const stored = ({ brandId, role, roleId, expiresAt }: StoredGrant): StoredGrant => ({
  brandId,
  role,
  roleId,
  expiresAt,
});

/** How a stored role is named in the API. */
export const refOf = ({ role, roleId }: Pick<StoredGrant, "role" | "roleId">): RoleRef => roleId ?? (role as RoleRef);

/** How it is called; null where the agency's own role is gone. */
export const nameOf = (role: Membership["role"], own: string | null | undefined): string =>
  role === "custom" ? (own ?? "A removed role") : roleNames[role];

async function requireBrands(ctx: TxCtx, grants: readonly Pick<RoleGrant, "brandId">[]): Promise<void> {
  const ids = new Set(grants.flatMap((grant) => grant.brandId ?? []));
  const missing = await missingBrands(ctx, [...ids]);
  if (missing.length === 0) return;
  throw new AppError("invalid", `These are no brands of your agency: ${missing.join(", ")}.`, {
    fields: { roles: "One of the brands does not exist." },
  });
}

const noSuchRole = () =>
  new AppError("invalid", "There is no such role in your agency.", {
    fields: { role: "Choose a role that exists; somebody may have removed this one." },
  });
