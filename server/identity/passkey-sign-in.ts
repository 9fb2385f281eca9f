// Signing in with a passkey alone. The authenticator checked the person (finger, face, PIN), so that it counts as both factors.
import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { parseInput } from "../core/command";
import { AppError } from "../core/errors";
import { PasskeyAnswer } from "./contract";
import { claimedPerson, requestOptions, spendPasskey } from "./passkey-check";
import { enter, findWithPlaces, placeToOpen, recordRefusal } from "./sign-in";
import type { IdentitySource, Visitor } from "./source";

/** @throws {AppError} limit */
export async function beginPasskeySignIn(
  source: IdentitySource,
  visitor: Visitor,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const attempt = await source.attempts.begin({ ip: visitor.ip });
  const { publicUrl } = source;
  const options = await source.database.withSystem((scope) => requestOptions(scope, { publicUrl, at: source.clock() }));
  await attempt.succeeded();
  return options;
}

/** @throws {AppError} unauthenticated; forbidden (suspended); limit; invalid */
export async function signInWithPasskey(
  source: IdentitySource,
  input: unknown,
  visitor: Visitor,
): Promise<{ setCookie: string }> {
  const answer = parseInput(PasskeyAnswer, input);
  const attempt = await source.attempts.begin({ ip: visitor.ip });
  const personId = claimedPerson(answer);
  if (!personId) throw refused();
  const { publicUrl } = source;
  const used = await source.database.withPerson(personId, (scope) =>
    spendPasskey(scope, { personId, answer, publicUrl, at: source.clock() }),
  );
  const { places } = await findWithPlaces(source, personId);
  const user = placeToOpen(places, await visitor.hostAgency?.());
  if (!used || !user) {
    if (user) await recordRefusal(source, user, { visitor, why: "passkey not accepted" });
    throw refused();
  }
  await attempt.succeeded();
  return { setCookie: await enter(source, user, { visitor, method: "passkey" }) };
}

const refused = () =>
  new AppError("unauthenticated", "This passkey is not accepted.", {
    remedy: "It may have been removed. Sign in with your password, then look under Profile.",
  });
