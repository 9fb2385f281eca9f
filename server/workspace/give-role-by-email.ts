// A row of a file: a role for whoever has the address. Who is not here yet is invited where the row says so.
import { command } from "../core/command";
import { AppError } from "../core/errors";
import { giveGrants } from "./give-role";
import { inviteMember } from "./invite-member";
import { findMemberByEmail } from "./list-members";
import { resolveGrants } from "./resolve-grants";
import { everyBrand, MemberRoleRow } from "./role-contract";

export const giveRoleByEmail = command({
  name: "member.give-role-by-email",
  permission: "members.write",
  input: MemberRoleRow,
  run: async (ctx, { email, role, brands, until, name, invite = false }) => {
    const brandIds = brands.includes(everyBrand) ? null : [...new Set(brands)];
    const member = await findMemberByEmail(ctx, email);
    if (!member) {
      if (!invite) throw unknown(email);
      await inviteMember(ctx, { email, name: name ?? "", role, brandIds, until });
      return { result: { outcome: "create" as const }, audit: null };
    }
    const wanted = (brandIds ?? [null]).map((brandId) => ({ brandId, role, until }));
    const { outcome, entry } = await giveGrants(ctx, member, { grants: await resolveGrants(ctx, wanted) });
    if (entry) {
      await ctx.changed("members", [member.id]);
      await ctx.changed("roles");
    }
    return { result: { outcome }, audit: entry };
  },
});

const unknown = (email: string) =>
  new AppError("invalid", `Nobody here has the address ${email}.`, {
    fields: { email: `Nobody here has the address ${email}.` },
    remedy: "Invite them first; or add the columns Name and Invite, and write yes in the second.",
  });
