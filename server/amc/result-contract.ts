// What came of a run, kept for good under the run's id.
import { z } from "zod";
import { Freshness, SettledByRule } from "../insights/contract";
import { ResolvedWindow } from "./contract";
import { AmcChart, OutputColumn, ParameterValue } from "./template-contract";

/** A value as Amazon sent it: numbers that a double cannot hold stay text. */
export const ResultValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type ResultValue = z.infer<typeof ResultValue>;

/** A column of this name says in which currency the money of its row is. */
export const currencyColumn = "currency";

/** A column of an answer. */
export const ResultColumn = OutputColumn.extend({
  /** Whether it is counted or measured, and so summed up and compared. */
  measure: z.boolean(),
  /** Known to tell no money: shown to who may not see that. */
  noMoney: z.boolean(),
});
export type ResultColumn = z.infer<typeof ResultColumn>;

/** What AMC's thresholds hid, from the rows that it flagged. */
export const Suppression = z.object({
  /** False: the run did not ask for it, so that nothing is known. */
  known: z.boolean(),
  /** Rows of the visible answer, and flagged ones that hold what was hidden, summed. */
  shownRows: z.int(),
  hiddenRows: z.int(),
  /** By column of users, counts and money: what is shown, what is hidden, and the share hidden. */
  measures: z.array(
    z.object({ column: z.string(), shown: z.number(), hidden: z.number(), share: z.number().nullable() }),
  ),
  /** Columns whose values were taken away, with the number of rows: the first is to blame for most. */
  dimensions: z.array(z.object({ column: z.string(), rows: z.int() })),
  /** Amazon's words, with the number of rows. */
  reasons: z.array(z.object({ text: z.string(), rows: z.int() })),
  /** Columns to leave out so that everything would be shown; empty: nothing is hidden. */
  coarsen: z.array(z.string()),
});
export type Suppression = z.infer<typeof Suppression>;

/** One measure of an answer beside the same measure of the DSP's reports. */
export const ReconciledMeasure = z.object({
  column: z.string(),
  /** As the reports call it. */
  measure: z.string(),
  /** Null: it is a count. */
  currency: z.string().nullable(),
  /** What the rows that are shown add up to; what thresholds hid of it, null where that is not known; what the reports say. */
  shown: z.number(),
  hidden: z.number().nullable(),
  reported: z.number(),
  /** Reported, less what is shown; and less what is known to be hidden. */
  difference: z.number(),
  rest: z.number(),
});
export type ReconciledMeasure = z.infer<typeof ReconciledMeasure>;

/** What an answer adds up to, beside the DSP's reports of the same days and of the advertisers that are attached to the instance now. */
export const Reconciliation = z.object({
  measures: z.array(ReconciledMeasure),
  /** Why the others, or all, are not compared, and what would help. */
  obstacles: z.array(z.string()),
  /** What a rest may come from. */
  reasons: z.array(z.string()),
  /** The reports; null where none were read. */
  reports: z
    .object({
      advertisers: z.array(z.string()),
      /** Campaigns that the run was narrowed to; null: all. */
      campaigns: z.int().nullable(),
      freshness: Freshness,
      settled: SettledByRule,
    })
    .nullable(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

/** `GET amc-results/:id`, by the id of the run. */
export const AmcResult = z.object({
  id: z.uuid(),
  title: z.string(),
  question: z.string(),
  templateId: z.string().nullable(),
  instanceId: z.uuid(),
  instanceName: z.string(),
  brandId: z.uuid().nullable(),
  window: ResolvedWindow,
  values: z.record(z.string(), ParameterValue),
  /** Currency of money columns, where the rows name none. */
  currency: z.string().nullable(),
  columns: z.array(ResultColumn),
  /** Those that the chart draws, at most 500: of a path, overlap or bars the largest, else in order. */
  rows: z.array(z.array(ResultValue)),
  rowCount: z.int(),
  chart: AmcChart,
  suppressed: Suppression,
  reconciliation: Reconciliation,
  /** Money is left out: the reader may not see it. */
  moneyHidden: z.boolean(),
  finishedAt: z.iso.datetime(),
});
export type AmcResult = z.infer<typeof AmcResult>;

/** A row of one run (filter executionId) or of all runs of a batch (filter batchId). */
export const AmcResultRow = z.object({
  /** Its place, from 1; in a batch with the run before it. */
  id: z.string(),
  executionId: z.uuid(),
  instanceName: z.string(),
  brandName: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  answeredAt: z.iso.datetime(),
  /** In a batch: the answer was there already, or is that of a run which was. */
  reused: z.boolean(),
  values: z.record(z.string(), ResultValue),
  /** Of its money; null: not known. */
  currency: z.string().nullable(),
});
export type AmcResultRow = z.infer<typeof AmcResultRow>;

/** A row of two runs side by side (filters executionId, with): matched by their text columns. */
export const AmcResultDifference = z.object({
  id: z.string(),
  /** Values of the text columns. */
  keys: z.record(z.string(), ResultValue),
  /** By measure. */
  before: z.record(z.string(), ResultValue),
  after: z.record(z.string(), ResultValue),
  /** Null where one of the two has no such row, and of money in two currencies. */
  change: z.record(z.string(), z.number().nullable()),
  only: z.enum(["both", "before", "after"]),
});
export type AmcResultDifference = z.infer<typeof AmcResultDifference>;
