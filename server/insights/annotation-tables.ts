// Part of tables.ts.
import { sql } from "drizzle-orm";
import { date, index, integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { agencyId, tenantPolicy } from "../core/db/tenant";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const reportDay = (name: string) => date(name, { mode: "string" });

/**
 * What people wrote on days, one row a version: it is what the note said from `known_at` until `superseded_at`. Without a brand and
 * an account it is about the whole agency, with a campaign about that one; its brand is then the account's.
 */
export const annotations = pgTable(
  "annotations",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    version: integer("version").notNull().default(1),
    brandId: uuid("brand_id"),
    accountId: uuid("account_id"),
    campaignId: text("campaign_id"),
    firstDay: reportDay("first_day").notNull(),
    lastDay: reportDay("last_day").notNull(),
    text: text("text").notNull(),
    author: text("author").notNull(),
    createdAt: moment("created_at").notNull(),
    knownAt: moment("known_at").notNull(),
    supersededAt: moment("superseded_at"),
  },
  (t) => [
    primaryKey({ name: "annotations_pkey", columns: [t.agencyId, t.id, t.version] }),
    uniqueIndex("annotations_present").on(t.agencyId, t.id).where(sql`superseded_at is null`),
    index("annotations_days").on(t.agencyId, t.lastDay, t.firstDay),
    tenantPolicy(),
  ],
);
