// What the browser and other slices may know of campaigns, numbers and syncs. Moments are ISO 8601 in UTC, days are those of the
// account's zone, money is micros as text, ids of Amazon's are text.
import { z } from "zod";
import { Region } from "../connections/contract";
import type { Topic } from "../core/context";
import { Conversion } from "./rate-contract";

export { MetricInfo } from "./metric-contract";

export const Value = z.union([z.string(), z.number(), z.null()]);
/** By metric id: micros as text for money, a number for counts and ratios, null where a ratio has no base. */
export const Values = z.record(z.string(), Value);

/** What is null because this reader may not see it: empty, or money. */
export const Hidden = z.array(z.literal("money"));
export type Hidden = z.infer<typeof Hidden>;

export const Day = z.string();
export const Moment = z.iso.datetime();

/** How current the numbers are. Of several accounts: the oldest. */
export const Freshness = z.object({
  /** When Amazon was last asked; null: never yet. */
  syncedAt: Moment.nullable(),
  /** The last report day there is. */
  dataThrough: Day.nullable(),
  /** The zones of the report days. */
  zones: z.array(z.string()),
  /** A day in the range that is not over yet. */
  partialDay: Day.nullable(),
});
export type Freshness = z.infer<typeof Freshness>;

/** How settled a range is: the share of its days that are older than the settle rule's days. */
export const Settled = z.object({
  share: z.number(),
  /** The day on which the last of them settles; null: all are final. */
  until: Day.nullable(),
});
export type Settled = z.infer<typeof Settled>;
export const SettledByRule = z.object({ traffic: Settled, conversions: Settled });
export type SettledByRule = z.infer<typeof SettledByRule>;

export const DayRangeShape = z.object({ from: Day, to: Day });
export const Range = DayRangeShape.extend({
  /** A preset or `from..to`. */
  id: z.string(),
  days: z.int(),
  /** What it is compared with. */
  previous: DayRangeShape,
});
export type Range = z.infer<typeof Range>;

/** `UNLISTED`: reports name it, Amazon's present listing does not. */
export const entityStates = ["ENABLED", "PAUSED", "ARCHIVED", "UNLISTED"] as const;
export const deliveryStatuses = ["DELIVERING", "LIMITED", "NOT_DELIVERING", "UNAVAILABLE"] as const;

const Entity = z.object({
  /** `<account>:<id at Amazon>` */
  id: z.string(),
  accountId: z.uuid(),
  name: z.string(),
  state: z.string(),
  deliveryStatus: z.string().nullable(),
  deliveryReasons: z.array(z.string()),
  startsAt: Moment.nullable(),
  endsAt: Moment.nullable(),
  /** In the account's currency. */
  budget: z.string().nullable(),
  currency: z.string(),
  values: Values,
  /** What the values' money is in: the account's currency, or the one that it is seen in. */
  valuesCurrency: z.string(),
  /** How their money was made one currency's; left out: it is as it was paid. */
  conversion: Conversion.optional(),
  hidden: Hidden,
  settled: SettledByRule,
});

export const Campaign = Entity.extend({
  campaignId: z.string(),
  accountName: z.string(),
  brandId: z.uuid().nullable(),
  brandName: z.string().nullable(),
  budgetPeriod: z.string().nullable(),
  kpi: z.string().nullable(),
  timeZone: z.string(),
  /** The days the values are the sums of. */
  range: DayRangeShape,
  freshness: Freshness,
});
export type Campaign = z.infer<typeof Campaign>;

export const AdGroup = Entity.extend({
  adGroupId: z.string(),
  campaignId: z.string(),
  inventoryType: z.string().nullable(),
  baseBid: z.string().nullable(),
});
export type AdGroup = z.infer<typeof AdGroup>;

/** Sums over all campaigns that match, one item a currency: money of two currencies is never added without a rate. */
export const CampaignTotal = z.object({
  id: z.string(),
  currency: z.string(),
  campaigns: z.int(),
  values: Values,
  hidden: Hidden,
  /** How their money was made one currency's; left out: it is as it was paid. */
  conversion: Conversion.optional(),
});
export type CampaignTotal = z.infer<typeof CampaignTotal>;

const Band = z.tuple([Value, Value]);
/** How settled a number is and what it is expected to become. */
export const Maturity = z.object({
  /** The share of the expected final value that is seen, 0 to 1; of a ratio the lesser of its parts. */
  settled: z.number(),
  /** `learnt` from how earlier days grew, else by counting `days` that are older than the settle rule. */
  basis: z.enum(["learnt", "days"]),
  /** Null where it is final, or nothing was learnt yet; so are the bands, which hold the final value in 80 and in 95 of 100 cases. */
  expected: Value,
  band80: Band.nullable(),
  band95: Band.nullable(),
});
export type Maturity = z.infer<typeof Maturity>;

/** One metric over the range and over the days it is compared with. */
export const Kpi = z.object({ id: z.string(), value: Value, previous: Value, maturity: Maturity });
export type Kpi = z.infer<typeof Kpi>;

export const DayPoint = z.object({
  day: Day,
  /** Null: Amazon has not been asked for this day yet. */
  values: Values.nullable(),
  /** What they are expected to become; null where the day is final, not over yet, or nothing was learnt. */
  expected: Values.nullable(),
  settled: z.object({ traffic: z.boolean(), conversions: z.boolean() }),
});
export type DayPoint = z.infer<typeof DayPoint>;

/** One step from seeing an ad to buying for the first time. */
export const FunnelStep = z.object({ id: z.string(), value: Value, previous: Value });
export type FunnelStep = z.infer<typeof FunnelStep>;

/** People reached. `why` there is no number: Amazon counts people for one advertiser and one calendar month, and not by campaign. */
export const Reached = z.object({
  value: z.number().nullable(),
  why: z.enum(["part", "advertisers", "days", "unreported"]).nullable(),
});
export type Reached = z.infer<typeof Reached>;

export const Section = z.object({
  currency: z.string(),
  kpis: z.array(Kpi),
  /** Impressions to new-to-brand purchases; none of them is money. */
  funnel: z.array(FunnelStep),
  days: z.array(DayPoint),
  /** As many days that they are compared with, in order. */
  previousDays: z.array(DayPoint),
  hidden: Hidden,
  /** How its money was made one currency's; left out: all of it is native. */
  conversion: Conversion.optional(),
});
export type Section = z.infer<typeof Section>;

export const Creative = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string().nullable(),
  size: z.string().nullable(),
  values: Values,
  hidden: Hidden,
});
export type Creative = z.infer<typeof Creative>;

export const CampaignInsights = z.object({
  id: z.string(),
  campaign: Campaign,
  flights: z.array(
    z.object({
      name: z.string().nullable(),
      startsAt: Moment.nullable(),
      endsAt: Moment.nullable(),
      budget: z.string().nullable(),
    }),
  ),
  range: Range,
  freshness: Freshness,
  settled: SettledByRule,
  reach: Reached,
  section: Section,
  adGroups: z.array(AdGroup),
  creatives: z.array(Creative),
  /** Creatives that are not among those shown. */
  moreCreatives: z.int(),
});
export type CampaignInsights = z.infer<typeof CampaignInsights>;

export const SyncState = z.enum(["waiting", "backfilling", "current", "delayed", "problem"]);
export type SyncState = z.infer<typeof SyncState>;

export const Backfill = z.object({ done: z.int(), total: z.int(), failed: z.int() });
export type Backfill = z.infer<typeof Backfill>;

/** The sync of one account. */
export const AccountSync = z.object({
  /** The account's. */
  id: z.uuid(),
  name: z.string(),
  amazonId: z.string(),
  region: Region,
  brandId: z.uuid().nullable(),
  brandName: z.string().nullable(),
  currency: z.string(),
  state: SyncState,
  /** Why it is not current, in words. */
  note: z.string().nullable(),
  /** Pieces of the backfill of 95 days. */
  backfill: Backfill,
  /** Report days there are, and of how many planned. */
  days: z.object({ known: z.int(), planned: z.int() }),
  /** Syncs under way. */
  open: z.int(),
  nextAt: Moment.nullable(),
  entitiesSyncedAt: Moment.nullable(),
  firstDay: Day.nullable(),
  freshness: Freshness,
  rejectedRows: z.int(),
});
export type AccountSync = z.infer<typeof AccountSync>;

export const BrandDashboard = z.object({
  /** The brand's. */
  id: z.uuid(),
  name: z.string(),
  range: Range,
  freshness: Freshness,
  settled: SettledByRule,
  reach: Reached,
  /** One a currency, the one with most spend first; empty while there is no account. */
  sections: z.array(Section),
  topCampaigns: z.array(Campaign),
  accounts: z.array(AccountSync),
});
export type BrandDashboard = z.infer<typeof BrandDashboard>;

export const BrandCard = z.object({
  id: z.uuid(),
  name: z.string(),
  state: SyncState,
  note: z.string().nullable(),
  accounts: z.int(),
  backfill: Backfill,
  freshness: Freshness,
  settled: SettledByRule,
  /** Of the last 7 days and the 7 before, one a currency. */
  sections: z.array(Section),
});
export type BrandCard = z.infer<typeof BrandCard>;

/** A person's few brands, and how far a new agency has come. */
export interface HomeOverview {
  range: Range;
  brands: BrandCard[];
  journey: { connections: number; advertisers: number; assigned: number; backfill: Backfill };
}

const ReportCollected = z.object({
  accountId: z.uuid(),
  reportType: z.string(),
  from: Day,
  to: Day,
  runId: z.uuid(),
});

/** A report's numbers are stored: facts and rollups of these days are as of now. */
export const reportCollected: Topic<z.infer<typeof ReportCollected>> = {
  name: "insights.reportCollected",
  parse: (payload) => ReportCollected.parse(payload),
};
