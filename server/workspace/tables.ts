import { sql } from "drizzle-orm";
import { integer, pgTable, primaryKey, text, timestamp, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { agencyId, agencyPolicy, tenantPolicy } from "../core/db/tenant";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const role = () => text("role", { enum: ["owner", "admin", "ops", "lead", "client"] }).notNull();

export const agencies = pgTable(
  "agencies",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    name: text("name").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  () => [agencyPolicy()],
);

export const brands = pgTable(
  "brands",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    name: text("name").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    archivedAt: moment("archived_at"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ name: "brands_pkey", columns: [t.agencyId, t.id] }),
    uniqueIndex("brands_name").on(t.agencyId, sql`lower(${t.name})`),
    tenantPolicy(),
  ],
);

/** A role for one brand, or for all brands where brand_id is null. */
export const memberships = pgTable(
  "memberships",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    userId: uuid("user_id").notNull(),
    brandId: uuid("brand_id"),
    role: role(),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: "memberships_pkey", columns: [t.agencyId, t.id] }),
    unique("memberships_user_brand").on(t.agencyId, t.userId, t.brandId).nullsNotDistinct(),
    tenantPolicy(),
  ],
);

export const invitations = pgTable(
  "invitations",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    role: role(),
    /** Null: all brands. */
    brandIds: uuid("brand_ids").array(),
    tokenDigest: text("token_digest").notNull(),
    invitedBy: text("invited_by").notNull(),
    /** What the person is asked to do first: `connect` leads to Amazon's consent. */
    purpose: text("purpose", { enum: ["connect"] }),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
    acceptedAt: moment("accepted_at"),
    revokedAt: moment("revoked_at"),
  },
  (t) => [
    primaryKey({ name: "invitations_pkey", columns: [t.agencyId, t.id] }),
    uniqueIndex("invitations_token").on(t.agencyId, t.tokenDigest),
    tenantPolicy(),
  ],
);
