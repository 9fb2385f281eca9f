// What a report type says of itself; one file a type, listed in index.ts.
import type { z } from "zod";
import type { Row } from "../../amazon";
import type { SettleRule } from "../metric";
import type { MetricId } from "../metrics";
import type { Amount } from "./amounts";

/** Report days, both included. */
export interface DayRange {
  from: string;
  to: string;
}

/** One row of numbers at the report type's grain. */
export interface Fact {
  day: string;
  campaignId: string;
  adGroupId: string;
  creativeId: string;
  /** What the type splits by beyond the three ids, in one canonical text; empty where it does not. */
  segment: string;
  currency: string;
  /** What the report calls the creative; empty where it does not say. */
  creative: { name: string; kind: string; size: string };
  /** In the order of `sourceColumns`; money in micros. */
  values: Amount[];
  /** What the segment says, readable, and the numbers that no stored column has: they are shown, never added. */
  extra: Extra | null;
}

export type Extra = Record<string, string | number | null>;

/** The words one of Amazon's two report dialects has for the question. */
export interface Dialect {
  type: string;
  groupBy: string[];
  columns: string[];
  /** Days of one request, at most. */
  longestRange: number;
  /** Today is the first of the days that can be asked for. */
  retention: number;
  /** Of which of Amazon's ad products; DSP where it is not said. */
  adProduct?: "ALL";
}

export type DialectName = "v3" | "legacy";

/** What a reader can split a type's numbers by. */
export interface Dimension {
  id: string;
  label: string;
  /** Keys of `extra` that tell one value from another; the last is what a reader reads, those before say where. */
  by: readonly [string, ...string[]];
  /** The key of `extra` that names an id. */
  name?: string;
  /** Told apart by the day alone: the weekday, from Monday. Nothing of `extra` is looked at. */
  ofDays?: true;
}

export interface ReportType<R = unknown> {
  id: string;
  label: string;
  dialects: { v3: Dialect; legacy: Dialect | null };
  /**
   * `month`: Amazon gives no days, or numbers that do not add up over days. It is asked for calendar months, each without days, and a
   * month's row is kept under its first day.
   */
  period: "day" | "month";
  /** How long Amazon restates it: the days of each daily pull. */
  settle: SettleRule;
  dimensions: readonly Dimension[];
  /** Whether its rows name a campaign; others are the advertiser's. */
  ofCampaigns: boolean;
  /** What it can answer: the others are not reported, and are not zero. */
  metrics: readonly MetricId[];
  /** Renames what the older dialect calls otherwise. */
  fromLegacy(row: Row): Row;
  /** Checks what a row says of itself; unknown columns pass. @throws {BadRow} */
  read(row: Row): R;
  /** @throws {BadRow} where a value cannot be what its column says */
  toFacts(row: R, currency: string): Fact[];
}

/** Ties what `read` returns to `toFacts`, then forgets it: callers hand over what they have read. */
export const reportType = <R>(spec: ReportType<R>): ReportType => spec as unknown as ReportType;

/** A row that is not what the report type promises. The message is kept with the row. */
export class BadRow extends Error {}

/** The row as its schema has it. @throws {BadRow} naming the first column that does not fit */
export function parsed<R>(schema: z.ZodType<R>, row: Row): R {
  const result = schema.safeParse(row);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new BadRow(`${issue?.path.join(".") || "row"}: ${issue?.message ?? "does not fit"}`);
}
