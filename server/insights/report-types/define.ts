// What a report type says of itself; one file a type, listed in index.ts.
import type { z } from "zod";
import type { Row } from "../../amazon";
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
  currency: string;
  /** What the report calls the creative; empty where it does not say. */
  creative: { name: string; kind: string; size: string };
  /** In the order of `sourceColumns`; money in micros. */
  values: Amount[];
}

/** The words one of Amazon's two report dialects has for the question. */
export interface Dialect {
  type: string;
  groupBy: string[];
  columns: string[];
  /** Days of one request, at most. */
  longestRange: number;
  /** Today is the first of the days that can be asked for. */
  retention: number;
}

export type DialectName = "v3" | "legacy";
export type Grain = "day" | "campaign" | "adGroup" | "creative";

export interface ReportType<R = unknown> {
  id: string;
  label: string;
  dialects: Record<DialectName, Dialect>;
  grain: readonly Grain[];
  /** What a reader can split by. */
  dimensions: readonly Grain[];
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
