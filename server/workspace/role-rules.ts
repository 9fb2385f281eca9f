// Nobody gives, changes or takes away what they may not do themselves, and an agency always has an owner who can sign in.
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { roleNames } from "./contract";
import { lockActiveOwners, selectMemberships } from "./member-store";
import { givenBy, type Membership } from "./permissions";
import { permissionWords } from "./role-contract";

/** @throws {AppError} forbidden, when one of them gives what the actor lacks, or is an owner's and the actor is none */
export async function requireMayGive(ctx: TxCtx, memberships: readonly Membership[]): Promise<void> {
  const { actor } = ctx;
  if (actor.kind === "system" || actor.kind === "operator") return;
  if (actor.kind === "anonymous") throw new AppError("forbidden", "Nobody is signed in.");
  if (memberships.some(({ role }) => role === "owner")) {
    const own = await selectMemberships(ctx, actor.userId);
    if (!own.some(({ role }) => role === "owner")) throw onlyOwners();
  }
  for (const membership of memberships) {
    requirePermissions(ctx, givenBy(membership), membership.brandId);
  }
}

/** @throws {AppError} forbidden, naming what the actor lacks */
export function requirePermissions(ctx: TxCtx, permissions: readonly string[], brandId: string | null): void {
  const missing = permissions.filter((permission) => !ctx.can(permission as `${string}.read`, brandId));
  const [first] = missing;
  if (first === undefined) return;
  const more = missing.length > 1 ? ` and ${missing.length - 1} more` : "";
  throw new AppError("forbidden", `This gives what you may not do yourself: "${permissionWords(first)}"${more}.`, {
    remedy: "Ask an owner or admin, who may do all of it.",
  });
}

const onlyOwners = () =>
  new AppError("forbidden", `Only somebody with the role ${roleNames.owner} can do this.`, {
    remedy: `Ask a person with the role ${roleNames.owner}; People shows who that is.`,
  });

/** @throws {AppError} conflict, when the person is the last owner who can sign in and whose role does not end */
export async function requireOtherOwner(ctx: TxCtx, userId: string): Promise<void> {
  const owners = await lockActiveOwners(ctx);
  if (!owners.includes(userId) || owners.length > 1) return;
  throw new AppError("conflict", "This is the agency's last owner.", {
    remedy: "Make somebody else an owner first, without an end.",
  });
}
