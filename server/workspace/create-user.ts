import { command } from "../core/command";
import { insertUser, prepareNewPassword } from "../identity";
import { NewUser } from "./contract";
import { insertMemberships } from "./member-store";
import { requireRank } from "./role-rules";

/** For operators: a person who can sign in at once, without an invitation. */
export const createUser = command({
  name: "member.create",
  permission: "members.write",
  input: NewUser,
  run: async (ctx, { name, email, password, role }) => {
    await requireRank(ctx, [role]);
    const passwordHash = await prepareNewPassword(password, [name, email]);
    const user = await insertUser(ctx, { name, email, passwordHash });
    await insertMemberships(ctx, user.id, [{ brandId: null, role }]);
    await ctx.changed("members", [user.id]);
    return {
      result: { userId: user.id },
      audit: { action: "member.created", target: { type: "member", id: user.id, label: name }, after: { role } },
    };
  },
});
