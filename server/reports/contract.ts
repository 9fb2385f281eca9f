// What the browser may know of custom reports. Days are those of each account's zone, moments ISO 8601 in UTC.
import { z } from "zod";

export const timeUnits = ["DAILY", "SUMMARY"] as const;
export type TimeUnit = (typeof timeUnits)[number];

/** `partial`: Amazon answered for some of the accounts only. */
export const reportStates = ["waiting", "running", "done", "partial", "failed"] as const;
export type ReportState = (typeof reportStates)[number];

export const askStates = ["due", "requested", "done", "failed"] as const;

/** The question to Amazon about one account. */
const ReportAsk = z.object({
  accountId: z.string(),
  accountName: z.string(),
  timeZone: z.string(),
  state: z.enum(askStates),
  /** Why it waits, failed, or came from an earlier question. */
  note: z.string().nullable(),
  requestedAt: z.string().nullable(),
  rows: z.int(),
  rowsRejected: z.int(),
});
export type ReportAsk = z.infer<typeof ReportAsk>;

export const CustomReport = z.object({
  id: z.string(),
  name: z.string(),
  /** Amazon's own word: dspCampaign. */
  type: z.string(),
  typeLabel: z.string(),
  groupBy: z.array(z.string()),
  columns: z.array(z.string()),
  timeUnit: z.enum(timeUnits),
  from: z.string(),
  to: z.string(),
  accounts: z.array(z.string()),
  state: z.enum(reportStates),
  rows: z.int(),
  /** Rows of Amazon's that could not be read. */
  rowsRejected: z.int(),
  createdBy: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  asks: z.array(ReportAsk),
});
export type CustomReport = z.infer<typeof CustomReport>;

/** One row of a report's answer; values as Amazon sent them, by column. */
export const CustomReportRow = z.object({
  /** Its place in the answer, from 1. */
  id: z.string(),
  account: z.string(),
  currency: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type CustomReportRow = z.infer<typeof CustomReportRow>;

export const columnKinds = ["text", "integer", "decimal", "money", "date"] as const;
export type ColumnKind = (typeof columnKinds)[number];

const Limits = z.object({
  /** Days of one question, at most. */
  longestRange: z.int(),
  /** Today is the first of the days that can be asked for. */
  retention: z.int(),
  timeUnits: z.array(z.enum(timeUnits)),
  /** At least one of these must be among what the rows are of. */
  needsOneOf: z.array(z.string()).nullable(),
  /** The only choices there are of what the rows are of. */
  combinations: z.array(z.array(z.string())).nullable(),
  note: z.string().nullable(),
});

/** What a report type can be asked. */
export const CustomReportType = z.object({
  id: z.string(),
  label: z.string(),
  adProduct: z.enum(["DEMAND_SIDE_PLATFORM", "ALL"]),
  columns: z.array(z.string()),
  /** By what the rows can be of: the columns that it adds. */
  groupBy: z.record(z.string(), z.array(z.string())),
  limits: Limits,
});
export type CustomReportType = z.infer<typeof CustomReportType>;
