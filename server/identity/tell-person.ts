import type { Ctx } from "../core/context";
import { type LetterBox, type LetterScope, postLetter } from "../core/letters";
import type { User } from "./store";

type Recipient = Pick<User, "email" | "name">;

/** A notice that how somebody signs in has changed: whoever did not do it themselves must learn of it. */
export const tellPerson = (
  ctx: LetterScope & Pick<Ctx, "services">,
  { user }: { user: Recipient },
  what: string,
): Promise<boolean> => postNotice(ctx, { ...ctx.services }, { user, what, publicUrl: ctx.services.publicUrl });

/** The same before there is a ctx. */
export const postNotice = (
  scope: LetterScope,
  box: LetterBox,
  { user, what, publicUrl }: { user: Recipient; what: string; publicUrl: string },
): Promise<boolean> =>
  postLetter(scope, box, {
    to: user.email,
    name: user.name,
    subject: "Your Tidemark sign-in was changed",
    lines: [
      what,
      "If it was you, there is nothing to do.",
      "If it was not: set a new password at once, and tell an owner or admin of your agency.",
    ],
    action: { label: "Set a new password", url: `${publicUrl}/forgot-password` },
  });
