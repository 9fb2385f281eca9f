import { z } from "zod";
import { command } from "../core/command";
import { AppError, notFound } from "../core/errors";
import { requirePerson } from "./actor";
import { TypedPassword } from "./contract";
import { hashPassword, verifyPassword } from "./password";
import { passwordProblem } from "./password-rules";
import { Me } from "./profile";
import { deleteSessionsOf, findUser, updateUser } from "./store";

/** Needs the current password; ends every other session of the person. */
export const changePassword = command({
  name: "profile.change-password",
  permission: "profile.write",
  input: z.strictObject({ id: Me, currentPassword: TypedPassword, newPassword: TypedPassword }),
  run: async (ctx, { currentPassword, newPassword }) => {
    const { userId, sessionId } = requirePerson(ctx);
    const user = await findUser(ctx, userId);
    if (!user) throw notFound("This profile");
    const problem = passwordProblem(newPassword, [user.name, user.email]);
    if (problem) throw refused("newPassword", problem);
    const attempt = await ctx.services.attempts.begin({ account: `change:${userId}`, ip: `session ${sessionId}` });
    const { ok } = await verifyPassword(user.passwordHash, currentPassword);
    if (!ok) throw refused("currentPassword", "This is not your current password.");
    await attempt.succeeded();
    await updateUser(ctx, userId, { passwordHash: await hashPassword(newPassword) });
    const ended = await deleteSessionsOf(ctx, { userId, keep: sessionId });
    await ctx.changed("sessions");
    return {
      result: { ended },
      audit: {
        action: "user.password_changed",
        target: { type: "user", id: userId, label: user.name },
        after: { ended },
      },
    };
  },
});

const refused = (field: string, message: string) => new AppError("invalid", message, { fields: { [field]: message } });
