// What the browser may know of the reports besides the campaign's: how far each reaches, and what it splits.
import { z } from "zod";
import { DayRangeShape, Freshness, Hidden, Range, SettledByRule, Values } from "./contract";
import { Conversion } from "./rate-contract";

const Day = z.string();
const Moment = z.iso.datetime();

/**
 * `final`: Amazon no longer restates it. `settling`: here, and may change. `coming`: asked for, or next in turn. `missing`: not here, and Amazon still has it.
 * `lost`: not here, and older than Amazon keeps.
 */
export const dayStates = ["final", "settling", "coming", "missing", "lost"] as const;
export type DayState = (typeof dayStates)[number];

/** Days in a row that are in one state. */
export const DaySpan = z.object({
  from: Day,
  to: Day,
  state: z.enum(dayStates),
  /** When Amazon was asked for them: the oldest answer among them. */
  askedAt: Moment.nullable(),
});
export type DaySpan = z.infer<typeof DaySpan>;

/** `refused`: Amazon does not give this report for the account; it is asked once a day. */
export const coverageStates = ["waiting", "filling", "complete", "gaps", "refused"] as const;
export type CoverageState = (typeof coverageStates)[number];

/** The days of one report type of one account. */
export const ReportCoverage = z.object({
  /** `<account>:<report type>` */
  id: z.string(),
  accountId: z.uuid(),
  accountName: z.string(),
  /** A report type's id. */
  type: z.string(),
  label: z.string(),
  /** Whether its rows are of days or of calendar months. */
  period: z.enum(["day", "month"]),
  state: z.enum(coverageStates),
  /** What Amazon said, or what it waits for. */
  note: z.string().nullable(),
  /** When Amazon last answered. */
  syncedAt: Moment.nullable(),
  /** The days that the spans cover, to yesterday in the account's zone. */
  from: Day,
  to: Day,
  zone: z.string(),
  spans: z.array(DaySpan),
  /** Days that are here, and of how many that Amazon keeps. */
  days: z.object({ known: z.int(), kept: z.int() }),
  rejectedRows: z.int(),
});
export type ReportCoverage = z.infer<typeof ReportCoverage>;

export const SyncNow = z.strictObject({ id: z.uuid() });

const GivenDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "write a day as 2026-11-20");
export const FillGap = z.strictObject({ id: z.string(), from: GivenDay, to: GivenDay });

/** A value that a dimension takes, with its numbers. */
export const BreakdownRow = z.object({
  /** The values that tell it from the others, as one text. */
  id: z.string(),
  /** What Amazon calls it; empty where the report does not say. */
  label: z.string(),
  /** Where the label is not enough: a city's country and region, a site's source, an audience's method. */
  where: z.array(z.string()),
  /** Amazon's id, where the label is a name. */
  code: z.string().nullable(),
  values: Values,
  /** Its share of what the report adds up to. */
  share: z.number().nullable(),
  hidden: Hidden,
});
export type BreakdownRow = z.infer<typeof BreakdownRow>;

/** The same by itself. */
export const BreakdownLine = BreakdownRow.extend({
  /** `<dimension>:<currency>:<values>` */
  id: z.string(),
  dimension: z.string(),
  currency: z.string(),
  settled: SettledByRule,
  /** The days that the numbers are of. */
  days: DayRangeShape,
});
export type BreakdownLine = z.infer<typeof BreakdownLine>;

/** The numbers of a brand or a campaign, split by one dimension of one report: one a currency. */
export const Breakdown = z.object({
  /** `<dimension>:<currency>` */
  id: z.string(),
  dimension: z.string(),
  label: z.string(),
  /** The report type it comes from. */
  type: z.string(),
  period: z.enum(["day", "month"]),
  currency: z.string(),
  /** What the report can answer; other metrics are not reported by it, and are not zero. */
  metrics: z.array(z.string()),
  /** The metric that rows are ordered by and shares are of. */
  by: z.string(),
  range: Range,
  /** The days that the numbers are of: whole months, where the report has no days. */
  days: DayRangeShape,
  /** Days of all accounts that are here, and of how many. */
  known: z.object({ days: z.int(), of: z.int() }),
  freshness: Freshness,
  settled: SettledByRule,
  /** The first 200. */
  rows: z.array(BreakdownRow),
  /** What the rows that are not shown add up to; null: all are shown. */
  rest: z.object({ rows: z.int(), values: Values, share: z.number().nullable() }).nullable(),
  total: Values,
  /** The total through that of the campaign report over the same days; null where there is none. */
  covered: z.number().nullable(),
  /** Why Amazon does not give it for an account, in its words. */
  refused: z.string().nullable(),
  /** How its money was made one currency's, by the days of the campaign report; left out: it is as it was paid, as it always is where the report has no days. */
  conversion: Conversion.optional(),
  hidden: Hidden,
});
export type Breakdown = z.infer<typeof Breakdown>;

/** What a reader can choose to split by, grouped by report. */
export interface BreakdownTab {
  type: string;
  label: string;
  /** Whether its rows name a campaign. */
  ofCampaigns: boolean;
  dimensions: { id: string; label: string }[];
}

/** People reached by one advertiser in one calendar month: neither number can be added over months or advertisers. */
export const ReachMonth = z.object({
  /** `<account>:<first day>` */
  id: z.string(),
  accountId: z.uuid(),
  accountName: z.string(),
  /** The month's first day, and the last that is counted. */
  from: Day,
  to: Day,
  reach: z.number().nullable(),
  /** Impressions for each person. */
  frequency: z.number().nullable(),
  askedAt: Moment,
});
export type ReachMonth = z.infer<typeof ReachMonth>;
