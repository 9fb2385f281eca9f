// Changing what a member may do, and whether they may sign in.
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { setUserState } from "../identity";
import { missingBrands } from "./brand-store";
import { type Member, MemberMove, MemberRolesChange, type RoleGrant } from "./contract";
import { getMember } from "./list-members";
import { replaceMemberships } from "./member-store";
import { requireOtherOwner, requireRank } from "./role-rules";

/** Replaces all roles of a member. Works at once: rights are read anew for every request. */
export const changeRoles = command({
  name: "member.change-roles",
  permission: "members.write",
  input: MemberRolesChange,
  run: async (ctx, { id, roles }) => {
    const before = await getMember(ctx, id);
    await requireRank(
      ctx,
      [...before.roles, ...roles].map((grant) => grant.role),
    );
    await requireBrands(ctx, roles);
    if (!roles.some((grant) => grant.role === "owner")) await requireOtherOwner(ctx, id);
    await replaceMemberships(ctx, id, roles);
    const after = await getMember(ctx, id);
    await ctx.changed("members", [id]);
    return {
      result: after,
      audit: { action: "member.roles_changed", ...about(after), before: rolesOf(before), after: rolesOf(after) },
    };
  },
});

export const suspendMember = command({
  name: "member.suspend",
  permission: "members.write",
  input: MemberMove,
  run: async (ctx, { id }) => {
    const member = await getMember(ctx, id);
    if (ctx.actor.kind === "user" && ctx.actor.userId === id) {
      throw new AppError("conflict", "You cannot suspend yourself.", { remedy: "Ask another admin to do it." });
    }
    await requireRank(
      ctx,
      member.roles.map((grant) => grant.role),
    );
    await requireOtherOwner(ctx, id);
    return move(ctx, member, "suspended");
  },
});

export const reactivateMember = command({
  name: "member.reactivate",
  permission: "members.write",
  input: MemberMove,
  run: async (ctx, { id }) => {
    const member = await getMember(ctx, id);
    await requireRank(
      ctx,
      member.roles.map((grant) => grant.role),
    );
    return move(ctx, member, "active");
  },
});

async function move(ctx: TxCtx, member: Member, state: Member["state"]) {
  if (member.state === state) return { result: member, audit: null };
  await setUserState(ctx, member.id, state);
  await ctx.changed("members", [member.id]);
  const action = state === "active" ? "member.reactivated" : "member.suspended";
  return { result: { ...member, state }, audit: { action, ...about(member) } };
}

export async function requireBrands(ctx: TxCtx, grants: readonly Pick<RoleGrant, "brandId">[]): Promise<void> {
  const missing = await missingBrands(
    ctx,
    grants.flatMap((grant) => grant.brandId ?? []),
  );
  if (missing.length === 0) return;
  throw new AppError("invalid", `These are no brands of your agency: ${missing.join(", ")}.`, {
    fields: { roles: "One of the brands does not exist." },
  });
}

const about = (member: Member) => ({ target: { type: "member", id: member.id, label: member.name } });
const rolesOf = ({ roles }: Member) => ({
  roles: roles.map(({ brandName, role }) => `${role}: ${brandName ?? "all brands"}`),
});
