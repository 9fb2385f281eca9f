import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
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
const count = (name: string) => bigint(name, { mode: "bigint" }).notNull().default(sql`0`);

/** Core metrics of every report type, all of them sums; money in micros of the row's currency. */
export const metricColumns = () => ({
  impressions: count("impressions"),
  viewableImpressions: count("viewable_impressions"),
  measurableImpressions: count("measurable_impressions"),
  clicks: count("clicks"),
  totalCost: count("total_cost"),
  supplyCost: count("supply_cost"),
  audienceFee: count("audience_fee"),
  consoleFee: count("console_fee"),
  detailPageViews: count("detail_page_views"),
  addToCart: count("add_to_cart"),
  purchases: count("purchases"),
  unitsSold: count("units_sold"),
  sales: count("sales"),
  newToBrandPurchases: count("new_to_brand_purchases"),
  newToBrandSales: count("new_to_brand_sales"),
  totalPurchases: count("total_purchases"),
  totalUnitsSold: count("total_units_sold"),
  totalSales: count("total_sales"),
  offAmazonConversions: count("off_amazon_conversions"),
  brandSearches: count("brand_searches"),
  videoStarts: count("video_starts"),
  videoCompletes: count("video_completes"),
});

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

const grain = () => ({
  agencyId: agencyId(),
  day: reportDay("day").notNull(),
  accountId: uuid("account_id").notNull(),
  reportType: text("report_type").notNull(),
  campaignId: text("campaign_id").notNull(),
  adGroupId: text("ad_group_id").notNull().default(""),
  creativeId: text("creative_id").notNull().default(""),
  /** What a report type splits by beyond the three ids; empty where it does not. */
  segment: text("segment").notNull().default(""),
});

const grainColumns = (t: Record<keyof ReturnType<typeof grain>, AnyPgColumn>): [AnyPgColumn, ...AnyPgColumn[]] => [
  t.agencyId,
  t.day,
  t.accountId,
  t.reportType,
  t.campaignId,
  t.adGroupId,
  t.creativeId,
  t.segment,
];

/** Partitioned by month on `day`. */
export const facts = pgTable(
  "facts",
  {
    ...grain(),
    currency: text("currency").notNull(),
    ...metricColumns(),
    /** The report's other columns, as sent. */
    extra: jsonb("extra"),
    runId: uuid("run_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "facts_pkey", columns: grainColumns(t) }),
    index("facts_account_day").on(t.agencyId, t.accountId, t.day),
    tenantPolicy(),
  ],
);

/** What a fact said before Amazon restated it: `fact` holds the whole old row, `run_id` names the run that replaced it. */
export const factRevisions = pgTable(
  "fact_revisions",
  {
    ...grain(),
    supersededAt: moment("superseded_at").notNull(),
    runId: uuid("run_id").notNull(),
    fact: jsonb("fact").notNull(),
  },
  (t) => [primaryKey({ name: "fact_revisions_pkey", columns: [...grainColumns(t), t.runId] }), tenantPolicy()],
);

export const rollupCampaignDay = pgTable(
  "rollup_campaign_day",
  {
    agencyId: agencyId(),
    accountId: uuid("account_id").notNull(),
    campaignId: text("campaign_id").notNull(),
    day: reportDay("day").notNull(),
    currency: text("currency").notNull(),
    ...metricColumns(),
  },
  (t) => [
    primaryKey({
      name: "rollup_campaign_day_pkey",
      columns: [t.agencyId, t.accountId, t.campaignId, t.day, t.currency],
    }),
    index("rollup_campaign_day_day").on(t.agencyId, t.accountId, t.day),
    tenantPolicy(),
  ],
);

/** Day x account; a brand's day is the sum of its accounts'. */
export const rollupAccountDay = pgTable(
  "rollup_account_day",
  {
    agencyId: agencyId(),
    accountId: uuid("account_id").notNull(),
    day: reportDay("day").notNull(),
    currency: text("currency").notNull(),
    ...metricColumns(),
  },
  (t) => [
    primaryKey({ name: "rollup_account_day_pkey", columns: [t.agencyId, t.accountId, t.day, t.currency] }),
    tenantPolicy(),
  ],
);

/** When Amazon was asked for the day that is kept: an older answer that arrives later must not replace a newer one. */
export const factDays = pgTable(
  "fact_days",
  {
    agencyId: agencyId(),
    accountId: uuid("account_id").notNull(),
    reportType: text("report_type").notNull(),
    day: reportDay("day").notNull(),
    observedAt: moment("observed_at").notNull(),
    runId: uuid("run_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "fact_days_pkey", columns: [t.agencyId, t.accountId, t.reportType, t.day] }),
    tenantPolicy(),
  ],
);

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
