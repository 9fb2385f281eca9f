// What somebody may see at a moment, kept beside what was written for them.
import type { Ctx, Permission } from "../core/context";
import { grantable } from "./role-contract";

/** The brands of each permission to read. */
export type ReadRights = Partial<Record<Permission, "all" | readonly string[]>>;

export const readRightsOf = (ctx: Pick<Ctx, "brandsWith">): ReadRights =>
  Object.fromEntries(
    (grantable as readonly Permission[])
      .filter((permission) => permission.endsWith(".read"))
      .map((permission) => [permission, ctx.brandsWith(permission)]),
  );

/** Whether all that could be seen then may be seen now. */
export const stillReads = (ctx: Pick<Ctx, "can">, then: ReadRights): boolean =>
  Object.entries(then).every(([permission, brands = []]) =>
    brands === "all"
      ? ctx.can(permission as Permission)
      : brands.every((brand) => ctx.can(permission as Permission, brand)),
  );
