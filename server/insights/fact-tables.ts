// Numbers as Amazon reports them: facts, what they said before, the day rollups, and what of it was known when.
import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
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
    /** Since when it says this. */
    knownAt: moment("known_at").notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ name: "facts_pkey", columns: grainColumns(t) }),
    index("facts_account_report_day").on(t.agencyId, t.accountId, t.reportType, t.day),
    tenantPolicy(),
  ],
);

/** What a fact said from `known_at` until `superseded_at`: `fact` holds the whole old row, `run_id` names the run that replaced it. */
export const factRevisions = pgTable(
  "fact_revisions",
  {
    ...grain(),
    knownAt: moment("known_at").notNull(),
    supersededAt: moment("superseded_at").notNull(),
    runId: uuid("run_id").notNull(),
    fact: jsonb("fact").notNull(),
  },
  (t) => [
    primaryKey({ name: "fact_revisions_pkey", columns: [...grainColumns(t), t.runId] }),
    index("fact_revisions_account_day").on(t.agencyId, t.accountId, t.day),
    tenantPolicy(),
  ],
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
    /** When the first answer for the day was stored. */
    firstKnownAt: moment("first_known_at").notNull().defaultNow(),
    runId: uuid("run_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "fact_days_pkey", columns: [t.agencyId, t.accountId, t.reportType, t.day] }),
    tenantPolicy(),
  ],
);

/** An account's day as it stood from `known_at` until the next version of it: one for each answer of Amazon's, at least twice a day apart unless it changed. */
export const accountDayVersions = pgTable(
  "account_day_versions",
  {
    agencyId: agencyId(),
    accountId: uuid("account_id").notNull(),
    day: reportDay("day").notNull(),
    currency: text("currency").notNull(),
    knownAt: moment("known_at").notNull(),
    /** Whole days from the day to the answer, in the account's zone. */
    age: integer("age").notNull(),
    /** Why Amazon was asked: the kind of the run. */
    cause: text("cause").notNull(),
    ...metricColumns(),
  },
  (t) => [
    primaryKey({ name: "account_day_versions_pkey", columns: [t.agencyId, t.accountId, t.day, t.currency, t.knownAt] }),
    index("account_day_versions_known").on(t.agencyId, t.accountId, t.knownAt),
    tenantPolicy(),
  ],
);

/** How an account's days grow until they are final, learnt from its versions: one row a stored column. */
export const maturityCurves = pgTable(
  "maturity_curves",
  {
    agencyId: agencyId(),
    accountId: uuid("account_id").notNull(),
    column: text("column").notNull(),
    learntAt: moment("learnt_at").notNull(),
    /** By age: what a day is multiplied by until the next age. */
    growth: doublePrecision("growth").array().notNull(),
    /** By age: the variance of that growth for one unit of the day's value. */
    variance: doublePrecision("variance").array().notNull(),
    /** By age: the sum it was learnt from. */
    weight: doublePrecision("weight").array().notNull(),
    /** By age: days it was seen on. */
    seen: integer("seen").array().notNull(),
    /** When in its day the last answers at ages 0 and 1 came, 0 to 1. */
    asked: doublePrecision("asked").array().notNull(),
    /** By what the bands were widened so that they held in the past: of the 80% band and of the 95% band. */
    scale80: doublePrecision("scale80").notNull(),
    scale95: doublePrecision("scale95").notNull(),
  },
  (t) => [primaryKey({ name: "maturity_curves_pkey", columns: [t.agencyId, t.accountId, t.column] }), tenantPolicy()],
);
