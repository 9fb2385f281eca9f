import { z } from "zod";
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { requirePerson } from "./actor";
import { TypedPassword } from "./contract";
import { deleteTickets } from "./factor-store";
import { hashPassword, verifyPassword } from "./password";
import { passwordProblem } from "./password-rules";
import { Me } from "./profile";
import { deleteSessionsOf, findPerson, findUser, reachAgency, reachPerson, selectPlaces, updatePerson } from "./store";
import { tellPerson } from "./tell-person";

/** Needs the current password; ends every other session of the person, in other agencies too. */
export const changePassword = command({
  name: "profile.change-password",
  permission: "profile.write",
  input: z.strictObject({ id: Me, currentPassword: TypedPassword, newPassword: TypedPassword }),
  run: async (ctx, { currentPassword, newPassword }) => {
    const { userId, sessionId } = requirePerson(ctx);
    const user = await findUser(ctx, userId);
    if (!user) throw notFound("This profile");
    await reachPerson(ctx, user.personId);
    const person = await findPerson(ctx, user.personId);
    const problem = passwordProblem(newPassword, [user.name, user.email]);
    if (problem) throw refused("newPassword", problem);
    const attempt = await ctx.services.attempts.begin({ account: `change:${userId}`, ip: `session ${sessionId}` });
    const { ok } = await verifyPassword(person?.passwordHash ?? null, currentPassword);
    if (!ok) throw refused("currentPassword", "This is not your current password.");
    await attempt.succeeded();
    await updatePerson(ctx, user.personId, {
      passwordHash: await hashPassword(newPassword),
      passwordChangedAt: ctx.now(),
    });
    await deleteTickets(ctx, user.personId);
    const ended =
      (await deleteSessionsOf(ctx, { userId, keep: sessionId })) + (await endSessionsElsewhere(ctx, user.personId));
    await ctx.changed("sessions");
    await tellPerson(ctx, { user }, "Your password was changed in your profile.");
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

async function endSessionsElsewhere(ctx: TxCtx, personId: string): Promise<number> {
  let ended = 0;
  for (const place of await selectPlaces(ctx, personId)) {
    if (place.agencyId === ctx.agencyId) continue;
    await reachAgency(ctx, place.agencyId);
    ended += await deleteSessionsOf({ ...ctx, agencyId: place.agencyId }, { userId: place.id });
  }
  await reachAgency(ctx, ctx.agencyId);
  return ended;
}

const refused = (field: string, message: string) => new AppError("invalid", message, { fields: { [field]: message } });
