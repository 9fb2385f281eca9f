// Changing what a member may do, and letting them in again.
import { command } from "../core/command";
import { actorName } from "../core/context";
import { setUserState } from "../identity";
import { type Member, MemberMove, MemberRolesChange } from "./contract";
import { getMember } from "./list-members";
import { replaceMemberships, selectMemberships } from "./member-store";
import { resolveGrants, stored } from "./resolve-grants";
import { requireMayGive, requireOtherOwner } from "./role-rules";

/** Replaces all roles of a member. Works at once: rights are read anew for every request. */
export const changeRoles = command({
  name: "member.change-roles",
  permission: "members.write",
  input: MemberRolesChange,
  run: async (ctx, { id, roles }) => {
    const before = await getMember(ctx, id);
    const grants = await resolveGrants(ctx, roles);
    await requireMayGive(ctx, [...(await selectMemberships(ctx, id)), ...grants]);
    if (!grants.some(({ role, expiresAt }) => role === "owner" && !expiresAt)) await requireOtherOwner(ctx, id);
    await replaceMemberships(ctx, { userId: id, grantedBy: actorName(ctx.actor) }, grants.map(stored));
    const after = await getMember(ctx, id);
    await ctx.changed("members", [id]);
    await ctx.changed("roles");
    return {
      result: after,
      audit: { action: "member.roles_changed", ...about(after), before: rolesOf(before), after: rolesOf(after) },
    };
  },
});

export const reactivateMember = command({
  name: "member.reactivate",
  permission: "members.write",
  input: MemberMove,
  run: async (ctx, { id }) => {
    const member = await getMember(ctx, id);
    await requireMayGive(ctx, await selectMemberships(ctx, id));
    if (member.state === "active") return { result: member, audit: null };
    await setUserState(ctx, id, "active");
    await ctx.changed("members", [id]);
    return {
      result: { ...member, state: "active" as const },
      audit: { action: "member.reactivated", ...about(member) },
    };
  },
});

export const about = (member: Pick<Member, "id" | "name">) => ({
  target: { type: "member", id: member.id, label: member.name },
});

const rolesOf = ({ roles }: Member) => ({
  roles: roles.map(
    ({ brandName, roleName, until }) => `${roleName}: ${brandName ?? "all brands"}${until ? ` until ${until}` : ""}`,
  ),
});
