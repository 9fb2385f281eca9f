import { index, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { agencyId, tenantPolicy } from "../core/db/tenant";

export const auditEvents = pgTable(
  "audit_events",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    at: timestamp("at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
    actorKind: text("actor_kind", { enum: ["user", "system"] }).notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    action: text("action").notNull(),
    targetType: text("target_type").notNull(),
    targetId: text("target_id").notNull(),
    targetLabel: text("target_label"),
    brandId: uuid("brand_id"),
    before: jsonb("before"),
    after: jsonb("after"),
    requestId: text("request_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "audit_events_pkey", columns: [t.agencyId, t.id] }),
    index("audit_events_at").on(t.agencyId, t.at),
    index("audit_events_target").on(t.agencyId, t.targetType, t.targetId, t.at),
    tenantPolicy(),
  ],
);
