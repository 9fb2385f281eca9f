import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { agencyId, tenantPolicy } from "../core/db/tenant";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const version = () => integer("version").notNull().default(1);

/** A page that an admin describes: a resource seen through chosen columns and filters, with chosen actions. */
export const customPages = pgTable(
  "custom_pages",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    slug: text("slug").notNull(),
    title: text("title").notNull(),
    definition: jsonb("definition").notNull(),
    createdAt: moment("created_at").notNull(),
    version: version(),
  },
  (t) => [
    primaryKey({ name: "custom_pages_pkey", columns: [t.agencyId, t.id] }),
    unique("custom_pages_slug").on(t.agencyId, t.slug),
    tenantPolicy(),
  ],
);

/** A signed call to a system of the agency's own, with a form and words to confirm it by. */
export const customActions = pgTable(
  "custom_actions",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    label: text("label").notNull(),
    definition: jsonb("definition").notNull(),
    /** Sealed; signs each call. */
    secret: text("secret").notNull(),
    /** The one before it, sealed: signs too until the moment beside it. */
    formerSecret: text("former_secret"),
    formerUntil: moment("former_until"),
    createdAt: moment("created_at").notNull(),
    version: version(),
  },
  (t) => [primaryKey({ name: "custom_actions_pkey", columns: [t.agencyId, t.id] }), tenantPolicy()],
);

/** Each use of a custom action: what was sent for which record, and what came back. Its id is the call's webhook-id. */
export const customActionRuns = pgTable(
  "custom_action_runs",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    actionId: uuid("action_id").notNull(),
    /** As it was called then. */
    actionLabel: text("action_label").notNull().default(""),
    brandId: uuid("brand_id"),
    targetType: text("target_type").notNull(),
    targetId: text("target_id").notNull(),
    targetLabel: text("target_label").notNull().default(""),
    input: jsonb("input").notNull(),
    /** The bytes of every attempt. */
    body: text("body").notNull().default(""),
    /** Whether the body may hold figures that not everybody sees. */
    holdsMoney: boolean("holds_money").notNull().default(false),
    isTest: boolean("is_test").notNull().default(false),
    state: text("state", { enum: ["waiting", "done", "refused", "failed"] }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Each attempt that came to an end. */
    tries: jsonb("tries").notNull().default([]),
    /** When it is tried next. */
    nextAt: moment("next_at"),
    status: integer("status"),
    /** At most 4 kB of the answer. */
    answer: text("answer"),
    /** Why there is no answer. */
    note: text("note"),
    startedBy: text("started_by").notNull(),
    createdAt: moment("created_at").notNull(),
    endedAt: moment("ended_at"),
  },
  (t) => [
    primaryKey({ name: "custom_action_runs_pkey", columns: [t.agencyId, t.id] }),
    index("custom_action_runs_action").on(t.agencyId, t.actionId, t.createdAt),
    index("custom_action_runs_newest").on(t.agencyId, t.createdAt),
    tenantPolicy(),
  ],
);
