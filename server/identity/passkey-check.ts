// WebAuthn, on the server's side. The relying party is the host of PUBLIC_URL and nothing else; a challenge is good once.
import { createHash, randomBytes } from "node:crypto";
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import type { Scope } from "../core/db/connect";
import { AppError } from "../core/errors";
import type { PasskeyAnswer } from "./contract";
import { findPasskey, insertChallenge, movePasskey, type PasskeyRow, takeChallenge } from "./factor-store";

/** Hundreds of files: only who uses a passkey waits for them, not every start. */
const webAuthn = () => import("@simplewebauthn/server");

const challengeMs = 5 * 60_000;

const partyOf = (publicUrl: string) => {
  const { hostname, origin } = new URL(publicUrl);
  return { rpID: hostname, origin };
};

const digestOf = (challenge: string): string => createHash("sha256").update(challenge).digest("hex");

async function giveChallenge(scope: Scope, at: Date): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = new Uint8Array(randomBytes(32));
  const asAnswered = Buffer.from(challenge).toString("base64url");
  await insertChallenge(scope, digestOf(asAnswered), new Date(at.getTime() + challengeMs));
  return challenge;
}

/** For any passkey of this site: the authenticator names the person. */
export async function requestOptions(
  scope: Scope,
  { publicUrl, at }: { publicUrl: string; at: Date },
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const challenge = await giveChallenge(scope, at);
  const { generateAuthenticationOptions } = await webAuthn();
  return generateAuthenticationOptions({
    rpID: partyOf(publicUrl).rpID,
    challenge,
    userVerification: "required",
    timeout: challengeMs,
  });
}

export async function creationOptions(
  scope: Scope,
  {
    publicUrl,
    at,
    ...person
  }: { publicUrl: string; at: Date; personId: string; email: string; name: string; known: PasskeyRow[] },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const challenge = await giveChallenge(scope, at);
  const { generateRegistrationOptions } = await webAuthn();
  return generateRegistrationOptions({
    rpName: "Tidemark",
    rpID: partyOf(publicUrl).rpID,
    challenge,
    userID: new TextEncoder().encode(person.personId),
    userName: person.email,
    userDisplayName: person.name,
    attestationType: "none",
    timeout: challengeMs,
    excludeCredentials: person.known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** The person an answer claims to be of; nothing is known of it yet. */
export function claimedPerson(answer: PasskeyAnswer): string | null {
  const text = Buffer.from(answer.response.userHandle ?? "", "base64url").toString("utf8");
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : null;
}

/** The person's own, used in this way for the first time; null for anything else. */
export async function spendPasskey(
  scope: Scope,
  { personId, answer, publicUrl, at }: { personId: string; answer: PasskeyAnswer; publicUrl: string; at: Date },
): Promise<PasskeyRow | null> {
  const row = await findPasskey(scope, personId, answer.id);
  if (!row) return null;
  const { rpID, origin } = partyOf(publicUrl);
  const { verifyAuthenticationResponse } = await webAuthn();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as unknown as AuthenticationResponseJSON,
      expectedChallenge: (challenge) => takeChallenge(scope, digestOf(challenge), at),
      expectedOrigin: origin,
      expectedRPID: rpID,
      credential: {
        id: row.id,
        publicKey: new Uint8Array(Buffer.from(row.publicKey, "base64url")),
        counter: row.counter,
      },
      requireUserVerification: true,
    });
    if (!verified) return null;
    const { newCounter: counter, credentialBackedUp: backedUp } = authenticationInfo;
    return (await movePasskey(scope, row, { counter, backedUp, lastUsedAt: at })) ? row : null;
  } catch (error) {
    if (isDatabaseError(error)) throw error;
    return null;
  }
}

export async function checkNewPasskey(
  scope: Scope,
  { answer, publicUrl, at }: { answer: object; publicUrl: string; at: Date },
): Promise<Pick<PasskeyRow, "id" | "publicKey" | "counter" | "transports" | "backedUp">> {
  const { rpID, origin } = partyOf(publicUrl);
  const response = answer as RegistrationResponseJSON;
  const { verifyRegistrationResponse } = await webAuthn();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => takeChallenge(scope, digestOf(challenge), at),
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: true,
    });
    if (!verified) throw new Error("not verified");
    const { id, publicKey, counter } = registrationInfo.credential;
    return {
      id,
      publicKey: Buffer.from(publicKey).toString("base64url"),
      counter,
      transports: response.response.transports?.map(String) ?? [],
      backedUp: registrationInfo.credentialBackedUp,
    };
  } catch (error) {
    if (isDatabaseError(error)) throw error;
    throw new AppError("invalid", "This passkey could not be checked.", {
      remedy: "Begin again, and use it within five minutes.",
      cause: error,
    });
  }
}

/** postgres.js hangs a severity or an errno on its errors; WebAuthn's refusals are plain. */
const isDatabaseError = (error: unknown): boolean =>
  error instanceof Error && ("query" in error || "severity" in error || "errno" in error);
