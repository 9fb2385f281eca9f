// What the browser and other slices may know of people, sessions and passwords.
import { z } from "zod";

/** In characters as a person counts them. */
export const passwordLength = { min: 12, max: 128 } as const;

export const Email = z
  .string({ error: "Give an email address." })
  .trim()
  .toLowerCase()
  .max(254, { error: "An email address has at most 254 characters." })
  .pipe(z.email({ error: "This is not an email address, such as name@agency.com." }));

export const PersonName = z
  .string({ error: "Give a name." })
  .trim()
  .min(1, { error: "Give a name." })
  .max(100, { error: "Use at most 100 characters." })
  .regex(/^[^\p{Cc}]*$/u, { error: "A name has no control characters." });

/** As typed. The cap only bounds the work; the rules for new passwords are stricter. */
export const TypedPassword = z
  .string({ error: "Give a password." })
  .min(1, { error: "Give a password." })
  .max(1024, { error: "This is too long to be a password." });

export const SignInInput = z.strictObject({ email: Email, password: TypedPassword });
export type SignInInput = z.infer<typeof SignInInput>;

/** A code of the app, or a recovery code. */
const Code = z
  .string({ error: "Give the code." })
  .trim()
  .min(1, { error: "Give the code." })
  .max(64, { error: "This is too long to be a code." });

export const SecondFactorInput = z.strictObject({ code: Code });
export type SecondFactorInput = z.infer<typeof SecondFactorInput>;

export const ResetAsked = z.strictObject({ email: Email });
export const ResetInput = z.strictObject({ password: TypedPassword });

/** What a browser's authenticator answered, as WebAuthn's JSON. */
const Authenticator = z.looseObject({
  id: z.string({ error: "Give the passkey's answer." }).max(2048),
  rawId: z.string().max(2048),
  type: z.literal("public-key"),
  clientExtensionResults: z.looseObject({}).default({}),
});
const base64url = z.string().max(100_000);
export const PasskeyAnswer = Authenticator.extend({
  response: z.looseObject({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
});
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

export const NewPasskeyAnswer = Authenticator.extend({
  response: z.looseObject({ clientDataJSON: base64url, attestationObject: base64url }),
});

export const PasskeyName = z
  .string({ error: "Give the passkey a name." })
  .trim()
  .min(1, { error: "Give the passkey a name." })
  .max(60, { error: "Use at most 60 characters." })
  .regex(/^[^\p{Cc}]*$/u, { error: "A name has no control characters." });

/** One of the three, whichever the person has at hand. */
export const Proof = z
  .strictObject({ password: TypedPassword.optional(), code: Code.optional(), passkey: PasskeyAnswer.optional() })
  .refine((given) => Object.values(given).filter(Boolean).length === 1, {
    error: "Give your password, a code or a passkey.",
    path: ["password"],
  });

export const Passkey = z.object({
  /** The credential's id at the authenticator. */
  id: z.string(),
  name: z.string(),
  /** Kept by a password manager or a phone's cloud, and so not lost with the device. */
  backedUp: z.boolean(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type Passkey = z.infer<typeof Passkey>;

/** What an authenticator app is fed with. Told once; nothing is on before a code is confirmed. */
export interface NewTotp {
  /** The secret as text, base32. */
  secret: string;
  /** The same as an `otpauth:` address, for the picture. */
  uri: string;
}

/** Told once: the database keeps digests. */
export interface NewRecoveryCodes {
  recoveryCodes: string[];
}

/** One of the viewer's places: an agency they work for. */
export const Place = z.object({
  /** The agency's id. */
  id: z.string(),
  agencyName: z.string(),
  /** The one they are in now. */
  current: z.boolean(),
});
export type Place = z.infer<typeof Place>;

/** One of the viewer's own sessions. The id cannot be turned back into the cookie. */
export const OwnSession = z.object({
  id: z.string(),
  /** Moments are ISO 8601, UTC. */
  createdAt: z.string(),
  seenAt: z.string(),
  expiresAt: z.string(),
  /** Browser and system in words. */
  device: z.string(),
  ip: z.string().nullable(),
  /** The session that asks. */
  current: z.boolean(),
});
export type OwnSession = z.infer<typeof OwnSession>;

export const Profile = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  createdAt: z.string(),
  lastSignedInAt: z.string().nullable(),
  /** Since when codes of an authenticator app are asked for at sign-in; null: not. */
  totpSince: z.string().nullable(),
  /** Recovery codes that are still good. */
  recoveryCodesLeft: z.number().int(),
});
export type Profile = z.infer<typeof Profile>;
