// What the browser may know of the levels: agency, brand, campaign, ad group, creative; and of the rows behind a number.
import { z } from "zod";
import { Day, Freshness, Hidden, Moment, Range, Reached, Section, SettledByRule, Value, Values } from "./contract";
import { Conversion } from "./rate-contract";

/** What a table and a chart split delivery by, the largest first. */
export const levels = ["brands", "campaigns", "adGroups", "creatives"] as const;
export const Level = z.enum(levels);
export type Level = z.infer<typeof Level>;

/** What one brand, campaign, ad group or creative delivered in one currency. */
export const LevelRow = z.object({
  /** `<entity id>:<currency>` */
  id: z.string(),
  level: Level,
  /** A brand's id, or `<account>:<id at Amazon>`; empty for accounts without a brand. */
  entityId: z.string(),
  name: z.string(),
  /** What it is part of: a campaign's account, an ad group's campaign; of a creative its kind and size. */
  detail: z.string().nullable(),
  /** Of campaigns and ad groups. */
  state: z.string().nullable(),
  deliveryStatus: z.string().nullable(),
  currency: z.string(),
  values: Values,
  /** The same over the days it is compared with; null where these are not all known. */
  previous: Values.nullable(),
  /** The metric that was asked for, day by day over the range; null where a day is not known yet. Empty in windows of more than a page. */
  trend: z.array(z.object({ day: Day, value: Value })),
  settled: SettledByRule,
  freshness: Freshness,
  hidden: Hidden,
  /** How its money was made one currency's; left out: it is as it was paid. */
  conversion: Conversion.optional(),
});
export type LevelRow = z.infer<typeof LevelRow>;

/** One row of a report as it is kept: a day of a creative in an ad group. */
export const FactRow = z.object({
  /** `<account>:<day>:<campaign>:<ad group>:<creative>`, with ids of Amazon's. */
  id: z.string(),
  day: Day,
  accountId: z.uuid(),
  accountName: z.string(),
  brandName: z.string().nullable(),
  /** `<account>:<id at Amazon>` */
  campaignId: z.string(),
  campaignName: z.string(),
  adGroupId: z.string(),
  adGroupName: z.string(),
  creativeId: z.string(),
  creativeName: z.string(),
  currency: z.string(),
  /** The report it came in, in words. */
  report: z.string(),
  /** Since when it says this. */
  knownAt: Moment,
  /** How often Amazon had restated it by then. */
  revisions: z.int(),
  values: Values,
  settled: SettledByRule,
  freshness: Freshness,
  hidden: Hidden,
});
export type FactRow = z.infer<typeof FactRow>;

/** What all rows that match add up to, one item a currency. */
export const FactTotal = z.object({
  /** The currency. */
  id: z.string(),
  currency: z.string(),
  rows: z.int(),
  values: Values,
  hidden: Hidden,
});
export type FactTotal = z.infer<typeof FactTotal>;

/** Rows are counted up to here: a list with more of them says one more. */
export const mostFactsCounted = 10_000;

const Board = z.object({ range: Range, freshness: Freshness, settled: SettledByRule, reach: Reached });

/** All brands that the reader may see. */
export const AgencyDashboard = Board.extend({
  id: z.literal("agency"),
  /** Brands with an account that reports. */
  brands: z.int(),
  accounts: z.int(),
  /** One a currency, the one with most spend first; empty while there is no account. */
  sections: z.array(Section),
});
export type AgencyDashboard = z.infer<typeof AgencyDashboard>;

/** An ad group, or a creative wherever it ran in its account. */
export const PartInsights = Board.extend({
  /** `<account>:<id at Amazon>` */
  id: z.string(),
  level: Level,
  name: z.string(),
  accountId: z.uuid(),
  accountName: z.string(),
  brandId: z.uuid().nullable(),
  brandName: z.string().nullable(),
  timeZone: z.string(),
  currency: z.string(),
  /** Of an ad group. */
  campaign: z.object({ id: z.string(), name: z.string() }).nullable(),
  state: z.string().nullable(),
  deliveryStatus: z.string().nullable(),
  startsAt: Moment.nullable(),
  endsAt: Moment.nullable(),
  budget: z.string().nullable(),
  baseBid: z.string().nullable(),
  inventoryType: z.string().nullable(),
  /** Of a creative. */
  kind: z.string().nullable(),
  size: z.string().nullable(),
  section: Section,
  hidden: Hidden,
});
export type PartInsights = z.infer<typeof PartInsights>;
