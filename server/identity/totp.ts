// Codes of an authenticator app: RFC 6238 with what every app can do (SHA-1, six digits, 30 seconds).
import { randomBytes, timingSafeEqual } from "node:crypto";
import { base32 } from "oslo/encoding";
import { createTOTPKeyURI, generateHOTP } from "oslo/otp";

const stepMs = 30_000;

/** 160 bits, as RFC 4226 recommends. */
export const newTotpSecret = (): Uint8Array => new Uint8Array(randomBytes(20));

/** How a person types the secret into an app that cannot read the picture. */
export const secretText = (secret: Uint8Array): string => base32.encode(secret, { includePadding: false });

export const secretFrom = (text: string): Uint8Array => base32.decode(text, { strict: false });

export const totpUri = (secret: Uint8Array, email: string): string => createTOTPKeyURI("Tidemark", email, secret);

export const stepAt = (moment: Date): number => Math.floor(moment.getTime() / stepMs);

export const codeOf = (secret: Uint8Array, step: number, digits = 6): Promise<string> =>
  generateHOTP(secret, step, digits);

/**
 * The step whose code this is: the present one or, for who types slowly, the one before. Null where it is neither, or where
 * a code of that step or of a later one was used already.
 */
export async function matchingStep(
  secret: Uint8Array,
  code: string,
  { at, lastStep }: { at: Date; lastStep: number | null },
): Promise<number | null> {
  let found: number | null = null;
  for (const step of [stepAt(at) - 1, stepAt(at)]) {
    const isRight = equal(await codeOf(secret, step), code);
    if (isRight && (lastStep === null || step > lastStep)) found = step;
  }
  return found;
}

function equal(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
