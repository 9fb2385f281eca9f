// An API key does at most what it was made for, and at most what its owner may do at this moment.
import type { Ctx, Permission } from "./core/context";

export interface KeyBounds {
  permissions: readonly Permission[];
  /** Null: all brands of the owner. */
  brandIds: readonly string[] | null;
}

type Rights = Pick<Ctx, "brandIds" | "brandsWith" | "can">;

/** @param owner what its owner may do */
export function narrow(owner: Rights, { permissions, brandIds }: KeyBounds): Rights {
  const { brandIds: ownersBrands, brandsWith, can } = owner;
  const within = (brands: "all" | readonly string[]): "all" | readonly string[] => {
    if (brandIds === null) return brands;
    return brands === "all" ? brandIds : brandIds.filter((id) => brands.includes(id));
  };
  const narrowed = (permission: Permission) => (permissions.includes(permission) ? within(brandsWith(permission)) : []);
  return {
    brandIds: within(ownersBrands),
    brandsWith: narrowed,
    can(permission, brand) {
      if (!permissions.includes(permission) || !can(permission, brand)) return false;
      if (brandIds === null) return true;
      const held = narrowed(permission);
      return brand === "anyBrand" ? held.length > 0 : !!brand && held.includes(brand);
    },
  };
}
