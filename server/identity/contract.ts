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
});
export type Profile = z.infer<typeof Profile>;
