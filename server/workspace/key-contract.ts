// What the browser and other slices may know of API keys. Moments are ISO 8601 in UTC.
import { z } from "zod";
import type { Topic } from "../core/context";

export const KeyState = z.enum(["active", "replaced", "expired", "revoked"]);
export type KeyState = z.infer<typeof KeyState>;

/** How long a key lasts where nobody says, and at most. */
export const keyDays = { usual: 90, most: 366 } as const;

/** What belongs to a person in flesh: their own account, and keys, which could otherwise outlive being revoked by making others. */
export const neverForKeys: readonly string[] = ["profile.read", "profile.write", "keys.read", "keys.write"];

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters, to know it by. */
  start: z.string(),
  /** Whose rights bound it at the moment of use. */
  ownerId: z.string(),
  ownerName: z.string(),
  /** Whether the owner may sign in; if not, the key is refused. */
  ownerActive: z.boolean(),
  permissions: z.array(z.string()),
  /** Null: all brands of its owner. */
  brandIds: z.array(z.string()).nullable(),
  /** Networks it may be used from, as CIDR; empty: any. */
  networks: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
  /** The key that took its place; this one works until it expires. */
  replacedBy: z.string().nullable(),
  /** To the minute. */
  lastUsedAt: z.iso.datetime().nullable(),
  lastUsedIp: z.string().nullable(),
  state: KeyState,
});
export type ApiKey = z.infer<typeof ApiKey>;

/** The key itself is told only here: the database keeps a digest. */
export const ApiKeySecret = ApiKey.extend({ key: z.string() });
export type ApiKeySecret = z.infer<typeof ApiKeySecret>;

const id = z.uuid({ error: "This is not an id." });
const moment = z.iso.datetime({ error: "Give a moment in UTC, such as 2027-01-31T12:00:00Z." });

export const ApiKeyCreate = z.strictObject({
  name: z
    .string({ error: "Give the key a name." })
    .trim()
    .min(1, { error: "Give the key a name." })
    .max(100, { error: "Use at most 100 characters." })
    .regex(/^[^\p{Cc}]*$/u, { error: "A name has no control characters." }),
  permissions: z
    .array(z.string().regex(/^[a-z-]+\.(read|write)$/, { error: "This is not a permission." }))
    .min(1, { error: "Choose at least one permission." })
    .max(100),
  /** Null: all brands of yours, also later ones. */
  brandIds: z.array(id).min(1, { error: "Choose at least one brand, or all brands." }).max(200).nullable(),
  /** Addresses or networks such as 203.0.113.0/24; empty: any. */
  networks: z.array(z.string().trim().max(50)).max(20, { error: "Give at most 20 networks." }).default([]),
  /** Left out: in 90 days. At most 366 days ahead. */
  expiresAt: moment.optional(),
});

export const ApiKeyRotate = z.strictObject({
  id,
  /** The old key works until then; left out: for another day. A moment that has passed ends it at once. */
  oldWorksUntil: moment.optional(),
  /** When the new key expires; left out: in 90 days. */
  expiresAt: moment.optional(),
});

export const ApiKeyMove = z.strictObject({ id });

const KeyExpiring = z.object({
  keyId: z.string(),
  name: z.string(),
  start: z.string(),
  ownerId: z.string(),
  expiresAt: z.iso.datetime(),
});
export type KeyExpiring = z.infer<typeof KeyExpiring>;

/** A key that nothing has replaced expires within a week; told to its owner. */
export const keyExpiring: Topic<KeyExpiring> = {
  name: "workspace.keyExpiring",
  parse: (payload) => KeyExpiring.parse(payload),
};
