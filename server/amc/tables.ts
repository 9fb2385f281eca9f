import { integer, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { agencyId, tenantPolicy } from "../core/db/tenant";
import type { AdvertiserRef, InstanceAdvertiser } from "./contract";
import type { TemplateDefinition } from "./template-contract";

export { amcBatches, amcBatchReuses, amcExecutions, amcResultPieces, amcResults } from "./execution-tables";
export { amcSchedules, amcSlots } from "./schedule-tables";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** An AMC instance that the agency reaches, or has asked Amazon for. */
export const amcInstances = pgTable(
  "amc_instances",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    name: text("name").notNull(),
    /** Null until Amazon has answered the wish for it. */
    amazonId: text("amazon_id"),
    /** STANDARD or SANDBOX, as Amazon says. */
    type: text("type").notNull(),
    region: text("region", { enum: ["NA", "EU", "FE"] }).notNull(),
    accountId: text("account_id").notNull(),
    accountName: text("account_name").notNull(),
    marketplaceId: text("marketplace_id").notNull(),
    brandId: uuid("brand_id"),
    timeZone: text("time_zone").notNull(),
    /** Amazon's creationStatus. */
    status: text("status").notNull(),
    note: text("note"),
    tables: text("tables").array().notNull().default([]),
    advertisers: jsonb("advertisers").$type<InstanceAdvertiser[]>().notNull().default([]),
    /** Advertisers that Amazon has still to be asked to attach, or to take away. */
    toAdd: jsonb("to_add").$type<AdvertiserRef[]>().notNull().default([]),
    toRemove: jsonb("to_remove").$type<AdvertiserRef[]>().notNull().default([]),
    /** The update of advertisers that Amazon works on. */
    updateId: text("update_id"),
    waits: integer("waits").notNull().default(0),
    checkedAt: moment("checked_at"),
    createdAt: moment("created_at").notNull(),
    version: integer("version").notNull().default(1),
  },
  (t) => [
    primaryKey({ name: "amc_instances_pkey", columns: [t.agencyId, t.id] }),
    unique("amc_instances_amazon_id").on(t.agencyId, t.amazonId),
    tenantPolicy(),
  ],
);

/** Which connections reach an instance. */
export const amcInstanceAccess = pgTable(
  "amc_instance_access",
  {
    agencyId: agencyId(),
    instanceId: uuid("instance_id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    seenAt: moment("seen_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "amc_instance_access_pkey", columns: [t.agencyId, t.instanceId, t.connectionId] }),
    tenantPolicy(),
  ],
);

/** A template of the agency's own, as it is now. */
export const amcTemplates = pgTable(
  "amc_templates",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    definition: jsonb("definition").$type<TemplateDefinition>().notNull(),
    /** Id of the template it was made from. */
    forkOf: text("fork_of"),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    removedAt: moment("removed_at"),
    version: integer("version").notNull().default(1),
  },
  (t) => [primaryKey({ name: "amc_templates_pkey", columns: [t.agencyId, t.id] }), tenantPolicy()],
);

/** What it was at each of its versions, the present one too. */
export const amcTemplateVersions = pgTable(
  "amc_template_versions",
  {
    agencyId: agencyId(),
    templateId: uuid("template_id").notNull(),
    version: integer("version").notNull(),
    definition: jsonb("definition").$type<TemplateDefinition>().notNull(),
    changedBy: text("changed_by").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "amc_template_versions_pkey", columns: [t.agencyId, t.templateId, t.version] }),
    tenantPolicy(),
  ],
);

/** How the agency guards its runs; without a row as `defaultPolicy` says. */
export const amcPolicies = pgTable(
  "amc_policies",
  {
    agencyId: agencyId(),
    freshHours: integer("fresh_hours").notNull(),
    mostOverlapping: integer("most_overlapping").notNull(),
    whenOver: text("when_over", { enum: ["warn", "refuse"] }).notNull(),
  },
  (t) => [primaryKey({ name: "amc_policies_pkey", columns: [t.agencyId] }), tenantPolicy()],
);
