// Nobody gives, changes or takes away a role above their own, and an agency always has an owner who can sign in.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { type Role, roleNames, roleRank } from "./contract";
import { lockActiveOwners, selectMemberships } from "./member-store";
import { highestRole } from "./permissions";

/** @throws {AppError} forbidden, when one of the roles is above the actor's own */
export async function requireRank(ctx: TxCtx, roles: readonly Role[]): Promise<void> {
  const { actor } = ctx;
  if (actor.kind === "system") return;
  const own = highestRole(await selectMemberships(ctx, actor.userId));
  const above = roles.find((role) => own === null || roleRank[role] > roleRank[own]);
  if (!above) return;
  throw new AppError("forbidden", `Only somebody with the role ${roleNames[above]} can do this.`, {
    remedy: `Ask a person with the role ${roleNames[above]}; People shows who that is.`,
  });
}

/** @throws {AppError} conflict, when the person is the last owner who can sign in */
export async function requireOtherOwner(ctx: TxCtx, userId: string): Promise<void> {
  const owners = await lockActiveOwners(ctx);
  if (!owners.includes(userId) || owners.length > 1) return;
  throw new AppError("conflict", "This is the agency's last owner.", {
    remedy: "Make somebody else an owner first.",
  });
}
