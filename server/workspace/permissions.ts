// Who may do what. Memberships become one CASL ability; every check, list of permissions and list of brands is read from it.
import { createMongoAbility, type MongoAbility } from "@casl/ability";
import type { Permission } from "../core/context";
import { type Role, roleRank } from "./contract";

const clientReads: Permission[] = ["brands.read", "campaigns.read", "insights.read", "money.read"];
const leadReads: Permission[] = [
  ...clientReads,
  "accounts.read",
  "amc.read",
  "amc.write",
  "annotations.read",
  "annotations.write",
  "changes.read",
  "members.read",
  "pages.read",
  "reports.read",
  "reports.write",
  "views.read",
  "views.write",
];
const analystReads: Permission[] = [
  ...clientReads,
  "accounts.read",
  "amc.read",
  "amc.write",
  "annotations.read",
  "annotations.write",
  "calls.read",
  "changes.read",
  "pages.read",
  "reports.read",
  "reports.write",
  "views.read",
  "views.write",
];
const opsRights: Permission[] = [
  ...leadReads,
  "accounts.write",
  "actions.read",
  "actions.write",
  "brands.write",
  "calls.read",
  "campaigns.write",
  "connections.read",
  "connections.write",
  "insights.write",
  "instances.write",
  "metrics.write",
  "rates.write",
  "health.read",
  "keys.read",
  "keys.write",
  "themes.read",
];
const adminRights: Permission[] = [
  ...opsRights,
  "members.write",
  "roles.read",
  "roles.write",
  "themes.write",
  "pages.write",
  "agency.read",
  "agency.write",
  "audit.read",
];

export const rolePermissions: Record<Role, readonly Permission[]> = {
  owner: adminRights,
  admin: adminRights,
  ops: opsRights,
  lead: leadReads,
  analyst: analystReads,
  client: clientReads,
};

export interface Membership {
  /** Null: all brands. */
  brandId: string | null;
  role: Role | "custom";
  /** What it gives where that is not what the built-in role gives: a custom role's, or the part of it that an API key has. */
  permissions?: readonly string[];
  /** From this moment on it gives nothing. */
  expiresAt?: Date | null;
}

/** Everybody signed in may look after their own name, password and sessions, whatever their role. */
export const ownPermissions: readonly Permission[] = ["profile.read", "profile.write"];

/** What a membership gives while it holds. */
export const givenBy = ({ role, permissions }: Membership): readonly string[] =>
  permissions ?? (role === "custom" ? [] : rolePermissions[role]);

export const isInForce = ({ expiresAt }: Pick<Membership, "expiresAt">, now: Date): boolean =>
  !expiresAt || expiresAt > now;

/** All brands, some, or at least one (`anyBrand`). */
type Brand = string | "anyBrand" | null | undefined;
type Subject = string | { noun: string; brandId: string | null };
type Ability = MongoAbility<[string, Subject]>;

/** Being a member of a brand in whatever role. */
const membership = "membership.read";

export interface Rights {
  can(permission: string, brandId?: Brand): boolean;
  /** The brands a member may see; with a permission: those they hold it for. */
  brandsWith(permission?: string): "all" | string[];
  /** Every permission held for at least one brand. */
  permissions(): Permission[];
  /** Those held for all brands. */
  agencyPermissions(): Permission[];
}

/** Null memberships are the system's own: it may do everything within its agency. */
export function rightsOf(memberships: readonly Membership[] | null, now?: Date): Rights {
  const held = memberships ? holdings(memberships.filter((one) => !now || isInForce(one, now))) : null;
  const ability = abilityOf(held);
  const brandsWith = (permission = membership): "all" | string[] => {
    const rules = ability.rulesFor(...partsOf(permission));
    if (rules.some(({ conditions }) => !conditions)) return "all";
    return [...new Set(held?.get(permission) ?? [])];
  };
  const known = () => [...(held?.keys() ?? [])].filter((permission) => permission !== membership) as Permission[];
  return {
    can: (permission, brandId) => {
      const [act, noun] = partsOf(permission);
      return ability.can(act, brandId === "anyBrand" ? noun : { noun, brandId: brandId ?? null });
    },
    brandsWith,
    permissions: known,
    agencyPermissions: () => known().filter((permission) => brandsWith(permission) === "all"),
  };
}

/** The brands of each permission; null where one membership gives it for all of them. */
type Holdings = Map<string, string[] | null>;

/** Memberships that give the same are taken together: a person has many brands, but few roles. */
function holdings(memberships: readonly Membership[]): Holdings {
  const kinds = new Map<string, { permissions: readonly string[]; brands: (string | null)[] }>();
  for (const one of memberships) {
    const key = one.permissions ? one.permissions.join() : one.role;
    const kind = kinds.get(key);
    if (kind) kind.brands.push(one.brandId);
    else kinds.set(key, { permissions: [membership, ...givenBy(one)], brands: [one.brandId] });
  }
  const held: Holdings = new Map(ownPermissions.map((permission) => [permission, null]));
  for (const { permissions, brands } of kinds.values()) {
    const some = brands.includes(null) ? null : (brands as string[]);
    for (const permission of permissions) {
      const before = held.get(permission);
      held.set(permission, before === null || some === null ? null : before ? before.concat(some) : some);
    }
  }
  return held;
}

function abilityOf(held: Holdings | null): Ability {
  const rules = [...(held ?? [])].map(([permission, brands]) => {
    const [action, subject] = partsOf(permission);
    return { action, subject, ...(brands ? { conditions: { brandId: { $in: brands } } } : {}) };
  });
  return createMongoAbility<Ability>(held ? rules : [{ action: "manage", subject: "all" }], {
    detectSubjectType: (subject) => (typeof subject === "string" ? subject : subject.noun),
  });
}

function partsOf(permission: string): [act: string, noun: string] {
  const cut = permission.lastIndexOf(".");
  return [permission.slice(cut + 1), permission.slice(0, cut)];
}

/** Where the first may do all that the second may, brand by brand. */
export function covers(more: Rights, less: Rights): boolean {
  return less.permissions().every((permission) => {
    const brands = less.brandsWith(permission);
    return brands === "all" ? more.can(permission) : brands.every((brand) => more.can(permission, brand));
  });
}

export const brandsOf = (memberships: readonly Membership[], permission?: Permission): "all" | string[] =>
  rightsOf(memberships).brandsWith(permission);

/** Asks for all brands (`brandId` left out or null), one brand, or at least one. */
export const mayDo = (memberships: readonly Membership[], permission: Permission, brandId?: Brand): boolean =>
  rightsOf(memberships).can(permission, brandId);

/** Every permission a member has for at least one brand. */
export const permissionsOf = (memberships: readonly Membership[]): Permission[] => rightsOf(memberships).permissions();

/** The highest of the built-in roles; null for a person without any. */
export const highestRole = (memberships: readonly Membership[]): Role | null =>
  memberships.reduce<Role | null>(
    (highest, { role }) =>
      role !== "custom" && (highest === null || roleRank[role] > roleRank[highest]) ? role : highest,
    null,
  );
