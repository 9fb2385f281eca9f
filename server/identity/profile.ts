import { z } from "zod";
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { requirePerson } from "./actor";
import { PersonName, type Profile } from "./contract";
import { countRecoveryCodes } from "./factor-store";
import { findPerson, findUser, reachPerson, updateUser } from "./store";

/** The only id a profile has: one's own. */
export const Me = z.literal("me", { error: "The only profile here is your own: me." });

export async function getProfile(ctx: TxCtx, id: string): Promise<Profile> {
  if (id !== "me") throw notFound("This profile");
  const user = await findUser(ctx, requirePerson(ctx).userId);
  if (!user) throw notFound("This profile");
  await reachPerson(ctx, user.personId);
  const person = await findPerson(ctx, user.personId);
  return {
    id: "me",
    name: user.name,
    email: user.email,
    createdAt: user.createdAt.toISOString(),
    lastSignedInAt: user.lastSignedInAt?.toISOString() ?? null,
    totpSince: person?.totpConfirmedAt?.toISOString() ?? null,
    recoveryCodesLeft: await countRecoveryCodes(ctx, user.personId),
  };
}

export const renameProfile = command({
  name: "profile.rename",
  permission: "profile.write",
  input: z.strictObject({ id: Me, name: PersonName }),
  run: async (ctx, { name }) => {
    const { userId } = requirePerson(ctx);
    const before = await getProfile(ctx, "me");
    await updateUser(ctx, userId, { name });
    await ctx.changed("members", [userId]);
    return {
      result: { ...before, name },
      audit: {
        action: "user.renamed",
        target: { type: "user", id: userId, label: name },
        before: { name: before.name },
        after: { name },
      },
    };
  },
});
