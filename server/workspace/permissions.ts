// Which role may do what. The one table behind every button, page and command.
import type { Permission } from "../core/context";
import { type Role, roleRank } from "./contract";

const clientReads: Permission[] = ["brands.read", "campaigns.read", "insights.read"];
const leadReads: Permission[] = [...clientReads, "accounts.read", "members.read"];
const opsRights: Permission[] = [
  ...leadReads,
  "accounts.write",
  "brands.write",
  "connections.read",
  "connections.write",
  "insights.write",
  "health.read",
];
const adminRights: Permission[] = [...opsRights, "members.write", "agency.read", "agency.write", "audit.read"];

export const rolePermissions: Record<Role, readonly Permission[]> = {
  owner: adminRights,
  admin: adminRights,
  ops: opsRights,
  lead: leadReads,
  client: clientReads,
};

export interface Membership {
  /** Null: all brands. */
  brandId: string | null;
  role: Role;
}

/** Everybody signed in may look after their own name, password and sessions, whatever their role. */
export const ownPermissions: readonly Permission[] = ["profile.read", "profile.write"];

/** The brands a member may see; with a permission: those they hold it for, as roles differ from brand to brand. */
export function brandsOf(memberships: readonly Membership[], permission?: Permission): "all" | string[] {
  const counting = memberships.filter(({ role }) => !permission || rolePermissions[role].includes(permission));
  return counting.some(({ brandId }) => brandId === null) ? "all" : counting.flatMap(({ brandId }) => brandId ?? []);
}

/** Asks for all brands (`brandId` left out or null), one brand, or at least one. */
export function mayDo(
  memberships: readonly Membership[],
  permission: Permission,
  brandId?: string | "anyBrand" | null,
): boolean {
  if (ownPermissions.includes(permission)) return true;
  return memberships.some(
    (membership) =>
      rolePermissions[membership.role].includes(permission) &&
      (membership.brandId === null || brandId === "anyBrand" || (!!brandId && membership.brandId === brandId)),
  );
}

/** Every permission a member has for at least one brand. */
export const permissionsOf = (memberships: readonly Membership[]): Permission[] => [
  ...new Set([...ownPermissions, ...memberships.flatMap(({ role }) => rolePermissions[role])]),
];

/** The highest of the roles; null for a person without any. */
export const highestRole = (memberships: readonly Membership[]): Role | null =>
  memberships.reduce<Role | null>(
    (highest, { role }) => (highest === null || roleRank[role] > roleRank[highest] ? role : highest),
    null,
  );
