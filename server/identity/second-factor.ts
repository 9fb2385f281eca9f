// The second step of a sign-in: a code of the app, or a recovery code.
import { parseInput } from "../core/command";
import type { Vault } from "../core/crypto/vault";
import type { Scope } from "../core/db/connect";
import { AppError } from "../core/errors";
import { SecondFactorInput } from "./contract";
import { hasTicket, takeRecoveryCode, takeStep, takeTicket } from "./factor-store";
import { recoveryDigest } from "./recovery-codes";
import { enter, findWithPlaces, placeToOpen, recordRefusal } from "./sign-in";
import type { IdentitySource, Visitor } from "./source";
import type { Person } from "./store";
import { matchingStep, secretFrom } from "./totp";

/** Is this browser between the two steps? */
export async function awaitsSecondFactor(source: IdentitySource, visitor: Visitor): Promise<boolean> {
  const ticket = source.tickets.read(visitor.cookie);
  if (!ticket) return false;
  return source.database.withPerson(ticket.personId, (scope) =>
    hasTicket(scope, { ...ticket, kind: "second-factor", at: source.clock() }),
  );
}

/**
 * @returns Set-Cookie headers: the new session, and the ticket gone
 * @throws {AppError} unauthenticated (no sign-in under way); invalid (wrong code); limit; forbidden (suspended)
 */
export async function completeSignIn(
  source: IdentitySource,
  input: SecondFactorInput,
  visitor: Visitor,
): Promise<{ setCookie: string[] }> {
  const { code } = parseInput(SecondFactorInput, input);
  const ticket = source.tickets.read(visitor.cookie);
  if (!ticket || !(await awaitsSecondFactor(source, visitor))) throw over();
  const { personId, digest } = ticket;
  const attempt = await source.attempts.begin({ account: `second:${personId}`, ip: visitor.ip, ticket: digest });
  const { person, places } = await findWithPlaces(source, personId);
  const user = placeToOpen(places, await visitor.hostAgency?.());
  if (!person || !user) throw over();
  const at = source.clock();
  const method = await source.database.withPerson(personId, async (scope) => {
    const shown = await spendCode(scope, { person, code, at, vault: source.vault });
    if (shown && !(await takeTicket(scope, { ...ticket, kind: "second-factor", at }))) throw over();
    return shown;
  });
  if (!method) {
    await recordRefusal(source, user, { visitor, why: "wrong code" });
    throw wrongCode();
  }
  await attempt.succeeded();
  return { setCookie: [await enter(source, user, { visitor, method }), source.tickets.clear()] };
}

export const wrongCode = () => {
  const message = "This code is not right, or was used already.";
  return new AppError("invalid", message, {
    fields: { code: message },
    remedy: "Wait for the app's next code, or use a recovery code.",
  });
};

const over = () =>
  new AppError("unauthenticated", "This sign-in took too long or was finished elsewhere.", {
    remedy: "Begin again with your password.",
  });

/** Each code is good once. @returns what it was, or null where it is not right */
export async function spendCode(
  scope: Scope,
  { person, code, at, vault }: { person: Person; code: string; at: Date; vault: Vault },
): Promise<"totp" | "recovery-code" | null> {
  if (!person.totpConfirmedAt) return null;
  const digest = recoveryDigest(code);
  if (digest) return (await takeRecoveryCode(scope, person.personId, { digest, at })) ? "recovery-code" : null;
  // Without it, its key was lost: recovery codes go on.
  if (!person.totpSecret) return null;
  const secret = openTotpSecret(vault, person.personId, person.totpSecret);
  const step = await matchingStep(secret, code.replace(/\s/g, ""), { at, lastStep: person.totpStep });
  return step !== null && (await takeStep(scope, person.personId, step)) ? "totp" : null;
}

/** Bound to the person: a row copied to somebody else does not open. */
export const totpBinding = (personId: string) => ({ agencyId: "people", connectionId: personId, field: "totpSecret" });

export const openTotpSecret = (vault: Vault, personId: string, sealed: string): Uint8Array =>
  secretFrom(vault.open(totpBinding(personId), sealed));
