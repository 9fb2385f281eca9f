// Turning codes of an authenticator app on, and off.
import { z } from "zod";
import { command } from "../core/command";
import { AppError } from "../core/errors";
import { type NewRecoveryCodes, type NewTotp, SecondFactorInput } from "./contract";
import { replaceRecoveryCodes } from "./factor-store";
import { aboutMe, type OwnPerson, ownPerson, requireRecentProof } from "./own-person";
import { Me } from "./profile";
import { digestOfNew, newRecoveryCodes } from "./recovery-codes";
import { openTotpSecret, totpBinding, wrongCode } from "./second-factor";
import { downgradeSessions, moveSession, updatePerson } from "./store";
import { tellPerson } from "./tell-person";
import { matchingStep, newTotpSecret, secretText, totpUri } from "./totp";

const own = z.strictObject({ id: Me });

/** Makes a secret. Nothing is asked for at sign-in before a code of it was shown. */
export const beginTotp = command({
  name: "profile.begin-totp",
  permission: "profile.write",
  input: own,
  run: async (ctx) => {
    await requireRecentProof(ctx);
    const me = await ownPerson(ctx);
    requireOff(me);
    const secret = newTotpSecret();
    const { personId, email } = me.person;
    const totpSecret = ctx.services.vault.seal(totpBinding(personId), secretText(secret));
    await updatePerson(ctx, personId, { totpSecret, totpConfirmedAt: null, totpStep: null });
    const result: NewTotp = { secret: secretText(secret), uri: totpUri(secret, email) };
    return { result, audit: null };
  },
});

/** Shows that the app has the secret: from now on sign-in asks for a code. */
export const confirmTotp = command({
  name: "profile.confirm-totp",
  permission: "profile.write",
  input: SecondFactorInput.extend({ id: Me }),
  run: async (ctx, { code }) => {
    const me = await ownPerson(ctx);
    requireOff(me);
    const { personId, totpSecret } = me.person;
    if (!totpSecret) throw new AppError("conflict", "There is nothing to confirm.", { remedy: "Begin anew." });
    const attempt = await ctx.services.attempts.begin({ account: `second:${personId}`, ip: `session ${me.sessionId}` });
    const secret = openTotpSecret(ctx.services.vault, personId, totpSecret);
    const totpStep = await matchingStep(secret, code.replace(/\s/g, ""), { at: ctx.now(), lastStep: null });
    if (totpStep === null) throw wrongCode();
    await attempt.succeeded();
    await updatePerson(ctx, personId, { totpConfirmedAt: ctx.now(), totpStep });
    await moveSession(ctx, me.sessionId, { method: "totp", provedAt: ctx.now() });
    const result: NewRecoveryCodes = { recoveryCodes: await renewCodes(ctx, personId) };
    await tellPerson(ctx, me, "Codes of an authenticator app are now asked for when you sign in.");
    return { result, audit: { action: "user.second_factor_on", ...aboutMe(me) } };
  },
});

/** The recovery codes go with it. Where the agency asks for a second factor, one has to be set up again. */
export const turnOffTotp = command({
  name: "profile.turn-off-totp",
  permission: "profile.write",
  input: own,
  run: async (ctx) => {
    await requireRecentProof(ctx);
    const me = await ownPerson(ctx);
    requireOn(me);
    const { personId } = me.person;
    await updatePerson(ctx, personId, { totpSecret: null, totpConfirmedAt: null, totpStep: null });
    await replaceRecoveryCodes(ctx, personId, { digests: [], at: ctx.now() });
    await downgradeSessions(ctx, me.user.id);
    await tellPerson(ctx, me, "Codes of an authenticator app are no longer asked for when you sign in.");
    return { result: {}, audit: { action: "user.second_factor_off", ...aboutMe(me) } };
  },
});

/** New ones; the old ones stop working. */
export const renewRecoveryCodes = command({
  name: "profile.renew-recovery-codes",
  permission: "profile.write",
  input: own,
  run: async (ctx) => {
    await requireRecentProof(ctx);
    const me = await ownPerson(ctx);
    requireOn(me);
    const result: NewRecoveryCodes = { recoveryCodes: await renewCodes(ctx, me.person.personId) };
    return { result, audit: { action: "user.recovery_codes_renewed", ...aboutMe(me) } };
  },
});

async function renewCodes(ctx: Parameters<typeof ownPerson>[0], personId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(ctx, personId, { digests: codes.map(digestOfNew), at: ctx.now() });
  return codes;
}

function requireOff({ person }: OwnPerson): void {
  if (!person.totpConfirmedAt) return;
  throw new AppError("conflict", "Codes of an authenticator app are on already.", { remedy: "Turn them off first." });
}

function requireOn({ person }: OwnPerson): void {
  if (person.totpConfirmedAt) return;
  throw new AppError("conflict", "Codes of an authenticator app are not on.", { remedy: "Turn them on first." });
}
