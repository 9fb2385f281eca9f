import { sql } from "drizzle-orm";
import {
  bigint,
  date,
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

const entity = () => ({
  agencyId: agencyId(),
  accountId: uuid("account_id").notNull(),
  name: text("name").notNull(),
  state: text("state").notNull(),
  deliveryStatus: text("delivery_status"),
  deliveryReasons: text("delivery_reasons").array().notNull(),
  createdAt: moment("created_at"),
  updatedAt: moment("updated_at"),
  /** As Amazon sent it. */
  source: jsonb("source").notNull(),
  syncedAt: moment("synced_at").notNull(),
});

export const campaigns = pgTable(
  "campaigns",
  {
    ...entity(),
    campaignId: text("campaign_id").notNull(),
    startsAt: moment("starts_at"),
    endsAt: moment("ends_at"),
    /** Micros of the account's currency; null where the budget is not monetary. */
    budget: bigint("budget", { mode: "bigint" }),
    budgetPeriod: text("budget_period"),
    kpi: text("kpi"),
  },
  (t) => [
    primaryKey({ name: "campaigns_pkey", columns: [t.agencyId, t.accountId, t.campaignId] }),
    index("campaigns_name").on(t.agencyId, t.name),
    tenantPolicy(),
  ],
);

export const adGroups = pgTable(
  "ad_groups",
  {
    ...entity(),
    adGroupId: text("ad_group_id").notNull(),
    campaignId: text("campaign_id").notNull(),
    inventoryType: text("inventory_type"),
    startsAt: moment("starts_at"),
    endsAt: moment("ends_at"),
    baseBid: bigint("base_bid", { mode: "bigint" }),
    budget: bigint("budget", { mode: "bigint" }),
  },
  (t) => [
    primaryKey({ name: "ad_groups_pkey", columns: [t.agencyId, t.accountId, t.adGroupId] }),
    index("ad_groups_campaign").on(t.agencyId, t.accountId, t.campaignId),
    tenantPolicy(),
  ],
);

/** Creatives as reports name them; Ads API v1 lists no creative of its own. */
export const creatives = pgTable(
  "creatives",
  {
    agencyId: agencyId(),
    accountId: uuid("account_id").notNull(),
    creativeId: text("creative_id").notNull(),
    name: text("name").notNull(),
    kind: text("kind"),
    size: text("size"),
  },
  (t) => [primaryKey({ name: "creatives_pkey", columns: [t.agencyId, t.accountId, t.creativeId] }), tenantPolicy()],
);

export const ads = pgTable("ads", { ...entity(), adId: text("ad_id").notNull(), adType: text("ad_type") }, (t) => [
  primaryKey({ name: "ads_pkey", columns: [t.agencyId, t.accountId, t.adId] }),
  tenantPolicy(),
]);

const reportDay = (name: string) => date(name, { mode: "string" });

/** One due moment of a sync and what happened then. The slot key decides which process won. */
export const syncRuns = pgTable(
  "sync_runs",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    accountId: uuid("account_id").notNull(),
    /** `entities`, or a report type's id. */
    subject: text("subject").notNull(),
    kind: text("kind", { enum: ["recent", "settle", "backfill", "catchup", "manual"] }).notNull(),
    slot: text("slot").notNull(),
    rangeStart: reportDay("range_start"),
    rangeEnd: reportDay("range_end"),
    state: text("state", { enum: ["due", "requested", "done", "failed"] }).notNull(),
    reportId: text("report_id"),
    connectionId: uuid("connection_id"),
    dialect: text("dialect", { enum: ["v3", "legacy"] })
      .notNull()
      .default("v3"),
    /** Requests made of Amazon. */
    attempts: integer("attempts").notNull().default(0),
    /** Looks at the present report. */
    polls: integer("polls").notNull().default(0),
    /** Times put off since Amazon last answered. */
    waits: integer("waits").notNull().default(0),
    createdAt: moment("created_at").notNull(),
    requestedAt: moment("requested_at"),
    nextAt: moment("next_at"),
    finishedAt: moment("finished_at"),
    deadlineAt: moment("deadline_at"),
    /** Why it waits, or why it failed: words for a person. */
    note: text("note"),
    rowsRead: integer("rows_read").notNull().default(0),
    rowsChanged: integer("rows_changed").notNull().default(0),
    rowsRejected: integer("rows_rejected").notNull().default(0),
  },
  (t) => [
    primaryKey({ name: "sync_runs_pkey", columns: [t.agencyId, t.id] }),
    unique("sync_runs_slot").on(t.agencyId, t.accountId, t.subject, t.slot),
    index("sync_runs_open").on(t.agencyId, t.state, t.accountId),
    // How an account's sync stands is read from few of its runs, however many there were.
    index("sync_runs_backfill").on(t.agencyId, t.accountId).where(sql`kind = 'backfill'`),
    index("sync_runs_rejected").on(t.agencyId, t.accountId).where(sql`rows_rejected > 0`),
    index("sync_runs_ended")
      .on(t.agencyId, t.accountId, t.subject, t.finishedAt, t.id)
      .where(sql`state in ('done', 'failed')`),
    tenantPolicy(),
  ],
);

/** Rows of a report that did not parse: kept, counted, shown. */
export const rejectedRows = pgTable(
  "rejected_rows",
  {
    agencyId: agencyId(),
    runId: uuid("run_id").notNull(),
    position: integer("position").notNull(),
    reason: text("reason").notNull(),
    row: text("row").notNull(),
  },
  (t) => [primaryKey({ name: "rejected_rows_pkey", columns: [t.agencyId, t.runId, t.position] }), tenantPolicy()],
);

/** How far an account's data of one subject reaches, and its version (a cache key). */
export const coverage = pgTable(
  "coverage",
  {
    agencyId: agencyId(),
    accountId: uuid("account_id").notNull(),
    subject: text("subject").notNull(),
    firstDay: reportDay("first_day"),
    lastDay: reportDay("last_day"),
    syncedAt: moment("synced_at").notNull(),
    dataVersion: integer("data_version").notNull().default(1),
  },
  (t) => [primaryKey({ name: "coverage_pkey", columns: [t.agencyId, t.accountId, t.subject] }), tenantPolicy()],
);

export { annotations } from "./annotation-tables";
export { changeItems, changeSets } from "./change-tables";
export { customMetrics } from "./custom-metric-tables";
export {
  accountDayVersions,
  factDays,
  factRevisions,
  facts,
  maturityCurves,
  rollupAccountDay,
  rollupCampaignDay,
} from "./fact-tables";
export { currencyRates } from "./rate-tables";
