// What the browser may know of the agency's own settings.
import { z } from "zod";

/** Whom a password alone does not let in. `admins`: those who may change the agency. */
export const SecondFactorRule = z.enum(["optional", "admins", "everyone"]);
export type SecondFactorRule = z.infer<typeof SecondFactorRule>;

/** In minutes without use, and in hours since sign-in. */
export const sessionBounds = { idleMinutes: { min: 5, max: 1440 }, hours: { min: 1, max: 720 } } as const;

const within = ({ min, max }: { min: number; max: number }, unit: string) =>
  z
    .int({ error: `Give a whole number of ${unit}.` })
    .min(min, { error: `At least ${min} ${unit}.` })
    .max(max, { error: `At most ${max} ${unit}.` });

export const SignInRules = z.object({
  /** The agency's. */
  id: z.string(),
  /** A session ends so many minutes after its last use. */
  idleMinutes: z.number().int(),
  /** And so many hours after sign-in, however much it is used. */
  hours: z.number().int(),
  secondFactor: SecondFactorRule,
  version: z.number().int(),
});
export type SignInRules = z.infer<typeof SignInRules>;

export const SignInRulesChange = z.strictObject({
  id: z.string(),
  idleMinutes: within(sessionBounds.idleMinutes, "minutes"),
  hours: within(sessionBounds.hours, "hours"),
  secondFactor: SecondFactorRule,
  version: z.int({ error: "Give the version you saw." }),
});

/** The id of the one record: the asking agency's. */
export const retentionId = "me";

export const AuditRetention = z.object({
  id: z.string(),
  /** Days that audit events are kept, 365 at least. */
  days: z.number(),
});
export type AuditRetention = z.infer<typeof AuditRetention>;
