// Part of tables.ts.
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { agencyId, tenantPolicy } from "../core/db/tenant";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Changes to campaigns that somebody put together: reviewed, then applied at Amazon item by item. */
export const changeSets = pgTable(
  "change_sets",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    state: text("state", { enum: ["draft", "applying", "applied", "partly", "failed", "discarded"] }).notNull(),
    note: text("note").notNull().default(""),
    /** The set whose effect this one takes back. */
    undoes: uuid("undoes"),
    createdBy: text("created_by").notNull(),
    createdByUserId: uuid("created_by_user_id"),
    createdAt: moment("created_at").notNull(),
    appliedBy: text("applied_by"),
    startedAt: moment("started_at"),
    endedAt: moment("ended_at"),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ name: "change_sets_pkey", columns: [t.agencyId, t.id] }),
    index("change_sets_created").on(t.agencyId, t.createdAt),
    tenantPolicy(),
  ],
);

/** All changes of one set to one entity, and what Amazon said to them. */
export const changeItems = pgTable(
  "change_items",
  {
    agencyId: agencyId(),
    setId: uuid("set_id").notNull(),
    accountId: uuid("account_id").notNull(),
    entity: text("entity", { enum: ["campaign", "ad-group"] }).notNull(),
    entityId: text("entity_id").notNull(),
    /** As it was when the change was made; what Amazon holds is compared with it before anything is sent. */
    before: jsonb("before").$type<Record<string, unknown>>().notNull(),
    after: jsonb("after").$type<Record<string, unknown>>().notNull(),
    state: text("state", { enum: ["waiting", "sending", "applied", "refused", "unsure", "skipped"] }).notNull(),
    /** Amazon's code and words, or ours. */
    code: text("code"),
    message: text("message"),
    requestId: text("request_id"),
    sentAt: moment("sent_at"),
    answeredAt: moment("answered_at"),
  },
  (t) => [
    primaryKey({ name: "change_items_pkey", columns: [t.agencyId, t.setId, t.accountId, t.entity, t.entityId] }),
    index("change_items_entity").on(t.agencyId, t.accountId, t.entityId),
    tenantPolicy(),
  ],
);
