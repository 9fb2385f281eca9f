// What operations on one's own sign-in have in common: who it is, and whether they showed it lately.
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { requirePerson } from "./actor";
import { findPerson, findSessionRow, findUser, type Person, reachPerson, type User } from "./store";

/** How long somebody counts as having just shown who they are. */
const recentMs = 10 * 60_000;

export interface OwnPerson {
  user: User;
  person: Person;
  sessionId: string;
}

/** The rest of the transaction can reach what the actor signs in with. */
export async function ownPerson(ctx: TxCtx): Promise<OwnPerson> {
  const { userId, sessionId } = requirePerson(ctx);
  const user = await findUser(ctx, userId);
  if (user) await reachPerson(ctx, user.personId);
  const person = user && (await findPerson(ctx, user.personId));
  if (!person) throw notFound("This profile");
  return { user, person, sessionId };
}

/** @throws {AppError} unproven, where the session's person has not shown who they are for ten minutes */
export async function requireRecentProof(ctx: TxCtx): Promise<void> {
  const { sessionId } = requirePerson(ctx);
  const row = await findSessionRow(ctx, sessionId);
  if (row && ctx.now().getTime() - row.session.provedAt.getTime() <= recentMs) return;
  throw new AppError("unproven", "Show that it is you before this is changed.", {
    remedy: "Give your password, a code or a passkey, then it goes on.",
  });
}

/** Who it was done to, for the audit log. */
export const aboutMe = ({ user }: Pick<OwnPerson, "user">) => ({
  target: { type: "user", id: user.id, label: user.name },
});
