import { bigint, boolean, index, pgTable, primaryKey, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { agencyId, ownRowsPolicy, personPolicy, sharedPolicy, tenantPolicy } from "../core/db/tenant";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

const personId = () => uuid("person_id").notNull();

/** Somebody who signs in, and with what. Belongs to no agency: the same person may work for several. */
export const people = pgTable(
  "people",
  {
    personId: personId().primaryKey(),
    email: text("email").notNull(),
    passwordHash: text("password_hash").notNull(),
    passwordChangedAt: moment("password_changed_at"),
    /** Sealed. Set but not confirmed: the person has not yet shown a code. */
    totpSecret: text("totp_secret"),
    totpConfirmedAt: moment("totp_confirmed_at"),
    /** The time step of the last code used: no code is good twice. */
    totpStep: bigint("totp_step", { mode: "number" }),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  () => [personPolicy()],
);

/** Codes that stand in for a lost second factor; each is good once. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    personId: personId(),
    digest: text("digest").notNull(),
    createdAt: moment("created_at").notNull(),
    usedAt: moment("used_at"),
  },
  (t) => [primaryKey({ name: "recovery_codes_pkey", columns: [t.personId, t.digest] }), personPolicy()],
);

export const passkeys = pgTable(
  "passkeys",
  {
    personId: personId(),
    /** The credential id, base64url. */
    id: text("id").notNull(),
    /** COSE, base64url. */
    publicKey: text("public_key").notNull(),
    counter: bigint("counter", { mode: "number" }).notNull(),
    transports: text("transports").array().notNull(),
    /** Kept by a password manager or a phone's cloud, and so not lost with the device. */
    backedUp: boolean("backed_up").notNull(),
    name: text("name").notNull(),
    createdAt: moment("created_at").notNull(),
    lastUsedAt: moment("last_used_at"),
  },
  (t) => [primaryKey({ name: "passkeys_pkey", columns: [t.personId, t.id] }), personPolicy()],
);

/** Links and half-finished sign-ins: each works once, until it expires. The digest is of the secret that the person holds. */
export const personTickets = pgTable(
  "person_tickets",
  {
    personId: personId(),
    digest: text("digest").notNull(),
    /** `reset`: a link to set a password. `second-factor`: the password was right, a code is awaited. */
    kind: text("kind", { enum: ["reset", "second-factor"] }).notNull(),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
  },
  (t) => [primaryKey({ name: "person_tickets_pkey", columns: [t.personId, t.digest] }), personPolicy()],
);

/** Challenges for passkeys, by digest: given out before anybody is known, good once. */
export const passkeyChallenges = pgTable(
  "passkey_challenges",
  { digest: text("digest").primaryKey(), expiresAt: moment("expires_at").notNull() },
  () => [sharedPolicy()],
);

/** A person's place in one agency. */
export const users = pgTable(
  "users",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    personId: personId(),
    state: text("state", { enum: ["active", "suspended"] })
      .notNull()
      .default("active"),
    createdAt: moment("created_at").notNull().defaultNow(),
    lastSignedInAt: moment("last_signed_in_at"),
  },
  (t) => [
    primaryKey({ name: "users_pkey", columns: [t.agencyId, t.id] }),
    unique("users_person").on(t.agencyId, t.personId),
    tenantPolicy(),
    ownRowsPolicy(),
  ],
);

/** The id is the SHA-256 of the token in the cookie; the cookie leads with the agency id, so that the look-up is tenant-scoped. */
export const sessions = pgTable(
  "sessions",
  {
    agencyId: agencyId(),
    id: text("id").notNull(),
    userId: uuid("user_id").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    seenAt: moment("seen_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
    userAgent: text("user_agent"),
    ip: text("ip"),
    /** How the person showed who they are. */
    method: text("method", { enum: ["password", "totp", "recovery-code", "passkey"] })
      .notNull()
      .default("password"),
    /** When they last did; what is dangerous asks for it to be recent. */
    provedAt: moment("proved_at").notNull().defaultNow(),
    /** Looking through the eyes of this member: nothing can be changed meanwhile. */
    viewAsUserId: uuid("view_as_user_id"),
  },
  (t) => [
    primaryKey({ name: "sessions_pkey", columns: [t.agencyId, t.id] }),
    index("sessions_user").on(t.agencyId, t.userId),
    tenantPolicy(),
  ],
);

/** Who signs in with an address. Holds digests only, so that it can be read before anybody is known. */
export const directory = pgTable(
  "directory",
  {
    emailDigest: text("email_digest").primaryKey(),
    personId: personId(),
  },
  () => [sharedPolicy()],
);
