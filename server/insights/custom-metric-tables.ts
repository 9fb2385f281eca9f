// Part of tables.ts.
import { sql } from "drizzle-orm";
import { integer, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { agencyId, tenantPolicy } from "../core/db/tenant";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Metrics of the agency's own, one row a version: it was so from `known_at` until `superseded_at`. */
export const customMetrics = pgTable(
  "custom_metrics",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    version: integer("version").notNull().default(1),
    name: text("name").notNull(),
    formula: text("formula").notNull(),
    unit: text("unit", { enum: ["count", "money", "percent", "multiple"] }).notNull(),
    better: text("better", { enum: ["more", "less"] }),
    definition: text("definition").notNull(),
    changedBy: text("changed_by").notNull(),
    knownAt: moment("known_at").notNull(),
    supersededAt: moment("superseded_at"),
  },
  (t) => [
    primaryKey({ name: "custom_metrics_pkey", columns: [t.agencyId, t.id, t.version] }),
    uniqueIndex("custom_metrics_present").on(t.agencyId, t.id).where(sql`superseded_at is null`),
    uniqueIndex("custom_metrics_name").on(t.agencyId, sql`lower(name)`).where(sql`superseded_at is null`),
    tenantPolicy(),
  ],
);
