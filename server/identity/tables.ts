import { index, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { agencyId, sharedPolicy, tenantPolicy } from "../core/db/tenant";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const users = pgTable(
  "users",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    passwordHash: text("password_hash").notNull(),
    state: text("state", { enum: ["active", "suspended"] })
      .notNull()
      .default("active"),
    createdAt: moment("created_at").notNull().defaultNow(),
    lastSignedInAt: moment("last_signed_in_at"),
  },
  (t) => [primaryKey({ name: "users_pkey", columns: [t.agencyId, t.id] }), tenantPolicy()],
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
  },
  (t) => [
    primaryKey({ name: "sessions_pkey", columns: [t.agencyId, t.id] }),
    index("sessions_user").on(t.agencyId, t.userId),
    tenantPolicy(),
  ],
);

/** Which agency a sign-in address belongs to. Holds digests only, so that it can be read before an agency is known. */
export const directory = pgTable(
  "directory",
  {
    emailDigest: text("email_digest").primaryKey(),
    agencyId: uuid("agency_id").notNull(),
    userId: uuid("user_id").notNull(),
  },
  () => [sharedPolicy()],
);
