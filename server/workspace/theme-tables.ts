// Part of tables.ts.
import { sql } from "drizzle-orm";
import {
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { agencyId, findablePolicies, tenantPolicy } from "../core/db/tenant";
import type { ThemeSettings } from "./theme-contract";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const version = () => integer("version").notNull().default(1);
const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** One version of a brand's look, or of the agency's own where brand_id is null. Published versions are never changed. */
export const themes = pgTable(
  "themes",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    brandId: uuid("brand_id"),
    /** Counts a brand's published versions; 0 for a draft. */
    number: integer("number").notNull().default(0),
    /** One draft and one published version a brand at most; the rest is history. */
    state: text("state", { enum: ["draft", "published", "former"] }).notNull(),
    settings: jsonb("settings").$type<ThemeSettings>().notNull(),
    changedBy: text("changed_by").notNull(),
    changedAt: moment("changed_at").notNull(),
    publishedAt: moment("published_at"),
    version: version(),
  },
  (t) => [
    primaryKey({ name: "themes_pkey", columns: [t.agencyId, t.id] }),
    uniqueIndex("themes_current")
      .on(t.agencyId, sql`coalesce(${t.brandId}, ${t.agencyId})`, t.state)
      .where(sql`${t.state} <> 'former'`),
    index("themes_brand").on(t.agencyId, t.brandId, t.number),
    tenantPolicy(),
  ],
);

/** Logos, re-encoded by us. */
export const themeImages = pgTable(
  "theme_images",
  {
    agencyId: agencyId(),
    /** SHA-256 (hex) of the bytes. */
    id: text("id").notNull(),
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    /** PNG. */
    bytes: bytes("bytes").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [primaryKey({ name: "theme_images_pkey", columns: [t.agencyId, t.id] }), tenantPolicy()],
);

/** A host name of the client's own, under which a brand is shown. Works once a DNS record proves who controls it. */
export const domains = pgTable(
  "domains",
  {
    agencyId: agencyId(),
    host: text("host").notNull(),
    brandId: uuid("brand_id").notNull(),
    /** What the TXT record `_tidemark.<host>` must hold. */
    proof: text("proof").notNull(),
    createdAt: moment("created_at").notNull(),
    verifiedAt: moment("verified_at"),
    checkedAt: moment("checked_at"),
    /** Why the last check failed, for people. */
    problem: text("problem"),
  },
  (t) => [
    primaryKey({ name: "domains_pkey", columns: [t.agencyId, t.host] }),
    index("domains_host").on(t.host),
    ...findablePolicies(),
  ],
);
