// Showing again who one is, for what a stranger at an open session must not do.
import { z } from "zod";
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { PasskeyAnswer, Proof } from "./contract";
import { aboutMe, type OwnPerson, ownPerson } from "./own-person";
import { requestOptions, spendPasskey } from "./passkey-check";
import { verifyPassword } from "./password";
import { Me } from "./profile";
import { spendCode, wrongCode } from "./second-factor";
import { moveSession } from "./store";

/** What the browser's authenticator is asked to sign. */
export const beginProof = command({
  name: "profile.begin-proof",
  permission: "profile.write",
  input: z.strictObject({ id: Me }),
  run: async (ctx) => ({
    result: await requestOptions(ctx, { publicUrl: ctx.services.publicUrl, at: ctx.now() }),
    audit: null,
  }),
});

/** For ten minutes the session counts as proven. A code or a passkey also makes up for a sign-in without one. */
export const prove = command({
  name: "profile.prove",
  permission: "profile.write",
  input: z.strictObject({ id: Me, ...Proof.shape }),
  run: async (ctx, { id: _, ...given }) => {
    const proof = parseProof(given);
    const me = await ownPerson(ctx);
    const attempt = await ctx.services.attempts.begin({
      account: `change:${me.user.id}`,
      ip: `session ${me.sessionId}`,
    });
    const method = await methodShown(ctx, me, proof);
    await attempt.succeeded();
    await moveSession(ctx, me.sessionId, {
      provedAt: ctx.now(),
      ...(method === "password" ? {} : { method }),
    });
    return { result: {}, audit: { action: "session.proven", ...aboutMe(me), after: { method } } };
  },
});

function parseProof(given: unknown): z.output<typeof Proof> {
  const parsed = Proof.safeParse(given);
  if (parsed.success) return parsed.data;
  const message = "Give your password, a code or a passkey.";
  throw new AppError("invalid", message, { fields: { password: message } });
}

async function methodShown(ctx: TxCtx, me: OwnPerson, proof: z.output<typeof Proof>) {
  const { person } = me;
  const at = ctx.now();
  if (proof.password) {
    if ((await verifyPassword(person.passwordHash, proof.password)).ok) return "password" as const;
    throw refused("password", "This is not your password.");
  }
  if (proof.code) {
    const shown = await spendCode(ctx, { person, code: proof.code, at, vault: ctx.services.vault });
    if (shown) return shown;
    throw wrongCode();
  }
  const answer = PasskeyAnswer.parse(proof.passkey);
  const { publicUrl } = ctx.services;
  if (await spendPasskey(ctx, { personId: person.personId, answer, publicUrl, at })) return "passkey" as const;
  throw refused("passkey", "This passkey is not accepted.");
}

const refused = (field: string, message: string) => new AppError("invalid", message, { fields: { [field]: message } });
