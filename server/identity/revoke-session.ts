import { z } from "zod";
import { command } from "../core/command";
import { notFound } from "../core/errors";
import { requirePerson } from "./actor";
import { deleteSession, deleteSessionsOf } from "./store";

/** Ends one of the actor's own sessions. */
export const revokeSession = command({
  name: "session.revoke",
  permission: "profile.write",
  input: z.strictObject({ id: z.string().max(100) }),
  run: async (ctx, { id }) => {
    const person = requirePerson(ctx);
    if (!(await deleteSession(ctx, { sessionId: id, userId: person.userId }))) throw notFound("This session");
    await ctx.changed("sessions", [id]);
    return {
      result: { id },
      audit: { action: "session.revoked", target: { type: "user", id: person.userId, label: person.name } },
    };
  },
});

/** Ends all of the actor's sessions but the one that asks. */
export const revokeOtherSessions = command({
  name: "session.revoke-others",
  permission: "profile.write",
  input: z.strictObject({}),
  run: async (ctx) => {
    const person = requirePerson(ctx);
    const ended = await deleteSessionsOf(ctx, { userId: person.userId, keep: person.sessionId });
    await ctx.changed("sessions");
    return {
      result: { ended },
      audit:
        ended === 0
          ? null
          : {
              action: "session.others_revoked",
              target: { type: "user", id: person.userId, label: person.name },
              after: { ended },
            },
    };
  },
});
