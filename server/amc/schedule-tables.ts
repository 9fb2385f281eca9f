import { boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { agencyId, tenantPolicy } from "../core/db/tenant";
import type { AmcWindow } from "./contract";
import { missedPolicies, slotStates } from "./schedule-contract";
import type { ParameterValue } from "./template-contract";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** When a template is asked again by itself. */
export const amcSchedules = pgTable(
  "amc_schedules",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    name: text("name").notNull(),
    templateId: text("template_id").notNull(),
    pinnedVersion: text("pinned_version"),
    instanceIds: uuid("instance_ids").array().notNull(),
    values: jsonb("values").$type<Record<string, ParameterValue>>().notNull(),
    window: jsonb("window").$type<AmcWindow>().notNull(),
    cron: text("cron").notNull(),
    timeZone: text("time_zone").notNull(),
    missed: text("missed", { enum: missedPolicies }).notNull(),
    paused: boolean("paused").notNull(),
    /** The earliest moment that was not dealt with; null: none will come. */
    nextAt: moment("next_at"),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ name: "amc_schedules_pkey", columns: [t.agencyId, t.id] }),
    index("amc_schedules_due").on(t.agencyId, t.nextAt),
    tenantPolicy(),
  ],
);

/** One due moment of a schedule and an instance: whoever inserts it, and nobody else, starts the run. */
export const amcSlots = pgTable(
  "amc_slots",
  {
    agencyId: agencyId(),
    scheduleId: uuid("schedule_id").notNull(),
    instanceId: uuid("instance_id").notNull(),
    dueAt: moment("due_at").notNull(),
    state: text("state", { enum: slotStates }).notNull(),
    note: text("note"),
    executionId: uuid("execution_id"),
    startedAt: moment("started_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "amc_slots_pkey", columns: [t.agencyId, t.scheduleId, t.instanceId, t.dueAt] }),
    index("amc_slots_due").on(t.agencyId, t.dueAt),
    tenantPolicy(),
  ],
);
