import { command } from "../core/command";
import { actorName } from "../core/context";
import { insertPerson, insertUser, prepareNewPassword } from "../identity";
import { NewUser } from "./contract";
import { insertMemberships } from "./member-store";
import { requireMayGive } from "./role-rules";

/** For operators: a person who can sign in at once, without an invitation. */
export const createUser = command({
  name: "member.create",
  permission: "members.write",
  input: NewUser,
  run: async (ctx, { name, email, password, role }) => {
    const grant = { brandId: null, role, roleId: null, expiresAt: null };
    await requireMayGive(ctx, [grant]);
    const passwordHash = await prepareNewPassword(password, [name, email]);
    const personId = await insertPerson(ctx, { email, passwordHash });
    const user = await insertUser(ctx, { name, email, personId });
    await insertMemberships(ctx, { userId: user.id, grantedBy: actorName(ctx.actor) }, [grant]);
    await ctx.changed("members", [user.id]);
    return {
      result: { userId: user.id },
      audit: { action: "member.created", target: { type: "member", id: user.id, label: name }, after: { role } },
    };
  },
});
