import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { agencyId, agencyPolicy, sharedPolicy, tenantPolicy } from "../core/db/tenant";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
/** `custom`: the role is the agency's own, named by role_id. */
const role = () => text("role", { enum: ["owner", "admin", "ops", "lead", "analyst", "client", "custom"] }).notNull();
const version = () => integer("version").notNull().default(1);

export const agencies = pgTable(
  "agencies",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    name: text("name").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** Minutes after its last use, and hours after sign-in, that a session ends. */
    sessionIdleMinutes: integer("session_idle_minutes").notNull().default(30),
    sessionHours: integer("session_hours").notNull().default(12),
    /** Whom a password alone does not let in. */
    secondFactor: text("second_factor", { enum: ["optional", "admins", "everyone"] })
      .notNull()
      .default("optional"),
    /** Audit events are kept this long, never less than a year. */
    auditDays: integer("audit_days").notNull().default(1095),
    version: version(),
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
    version: version(),
    /** Who looks after it; a user of the agency. */
    ownerUserId: uuid("owner_user_id"),
    tags: text("tags").array().notNull().default(sql`'{}'`),
    /** What the client means to spend a calendar month, in micros of its currency; pacing is measured against it. */
    monthlyBudget: bigint("monthly_budget", { mode: "bigint" }),
    budgetCurrency: text("budget_currency"),
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
    roleId: uuid("role_id"),
    createdAt: moment("created_at").notNull().defaultNow(),
    /** From this moment on it gives nothing. */
    expiresAt: moment("expires_at"),
    /** Name of who gave it, as it was then. */
    grantedBy: text("granted_by"),
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
    roleId: uuid("role_id"),
    /** When the access it gives ends; null: never. */
    accessUntil: moment("access_until"),
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

/** Roles an agency made itself. */
export const roles = pgTable(
  "roles",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    permissions: text("permissions").array().notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    version: version(),
  },
  (t) => [
    primaryKey({ name: "roles_pkey", columns: [t.agencyId, t.id] }),
    uniqueIndex("roles_name").on(t.agencyId, sql`lower(${t.name})`),
    tenantPolicy(),
  ],
);

/** A list as somebody likes to see it: the query of its page. */
export const savedViews = pgTable(
  "saved_views",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    /** Whose it is. */
    userId: uuid("user_id").notNull(),
    resource: text("resource").notNull(),
    name: text("name").notNull(),
    query: text("query").notNull(),
    /** Everybody of the agency sees it. */
    shared: boolean("shared").notNull().default(false),
    /** Opens first for its owner. */
    isDefault: boolean("is_default").notNull().default(false),
    createdAt: moment("created_at").notNull().defaultNow(),
    version: version(),
  },
  (t) => [
    primaryKey({ name: "saved_views_pkey", columns: [t.agencyId, t.id] }),
    uniqueIndex("saved_views_name").on(t.agencyId, t.userId, t.resource, sql`lower(${t.name})`),
    tenantPolicy(),
  ],
);

export const apiKeys = pgTable(
  "api_keys",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    name: text("name").notNull(),
    /** The first characters, to know it by. */
    start: text("start").notNull(),
    /** SHA-256 (hex); the key itself is told once and kept nowhere. */
    digest: text("digest").notNull(),
    /** Whose rights bound it, at the moment of use. */
    userId: uuid("user_id").notNull(),
    permissions: text("permissions").array().notNull(),
    /** Null: all brands of its creator. */
    brandIds: uuid("brand_ids").array(),
    /** Networks it may be used from (CIDR); empty: any. */
    networks: text("networks").array().notNull().default(sql`'{}'`),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    revokedAt: moment("revoked_at"),
    /** The key that took its place; both work until this one expires. */
    replacedBy: uuid("replaced_by"),
    lastUsedAt: moment("last_used_at"),
    lastUsedIp: text("last_used_ip"),
  },
  (t) => [primaryKey({ name: "api_keys_pkey", columns: [t.agencyId, t.id] }), tenantPolicy()],
);

/** Which agency a key belongs to. Holds digests only, so that it can be read before an agency is known. */
export const keyDirectory = pgTable(
  "key_directory",
  { digest: text("digest").primaryKey(), agencyId: uuid("agency_id").notNull(), keyId: uuid("key_id").notNull() },
  () => [sharedPolicy()],
);

export { domains, themeImages, themes } from "./theme-tables";
