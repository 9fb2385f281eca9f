// One run of a question at AMC, and many of them at once (a batch): over several instances, over several windows, or both.
import { z } from "zod";
import { AmcWindow, ResolvedWindow } from "./contract";
import { AmcChart, OutputColumn, ParameterValue, type SqlProblem, TemplateParameter } from "./template-contract";

/**
 * `waiting`: for a place among Amazon's ten an instance. `submitting`: it is being handed over. `running`: Amazon has it.
 * `collecting`: it succeeded and its rows are being fetched. The others are ends.
 */
export const executionStates = [
  "waiting",
  "submitting",
  "running",
  "collecting",
  "done",
  "failed",
  "cancelled",
] as const;
export type ExecutionState = (typeof executionStates)[number];
export const openStates = [
  "waiting",
  "submitting",
  "running",
  "collecting",
] as const satisfies readonly ExecutionState[];

export const executionStateWords: Record<ExecutionState, string> = {
  waiting: "Waits for a place",
  submitting: "Being handed to Amazon",
  running: "Running at Amazon",
  collecting: "Fetching the rows",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
};

export const cancelNote = "Amazon is being asked to cancel it.";

/** Why it was asked for; they go in this order. */
export const executionOrigins = ["person", "schedule", "backfill"] as const;
export type ExecutionOrigin = (typeof executionOrigins)[number];

/** What a run asks, kept with it. */
export const AskedQuestion = z.object({
  question: z.string(),
  sql: z.string(),
  parameters: z.array(TemplateParameter),
  columns: z.array(OutputColumn),
  chart: AmcChart,
  /** As it was asked, before it was resolved; earlier runs did not keep it. */
  window: AmcWindow.optional(),
});
export type AskedQuestion = z.infer<typeof AskedQuestion>;

export const AmcExecution = z.object({
  id: z.uuid(),
  title: z.string(),
  instanceId: z.uuid(),
  instanceName: z.string(),
  brandId: z.uuid().nullable(),
  brandName: z.string().nullable(),
  /** Null: SQL of its own. */
  templateId: z.string().nullable(),
  templateVersion: z.string().nullable(),
  scheduleId: z.uuid().nullable(),
  batchId: z.uuid().nullable(),
  origin: z.enum(executionOrigins),
  state: z.enum(executionStates),
  /** Amazon's own word: PENDING, RUNNING, SUCCEEDED …; may be one that we do not know. */
  amazonStatus: z.string().nullable(),
  /** Why it waits, is slow, or failed. */
  note: z.string().nullable(),
  sql: z.string(),
  /** What the values are given for. */
  parameters: z.array(TemplateParameter),
  columns: z.array(OutputColumn),
  chart: AmcChart,
  values: z.record(z.string(), ParameterValue),
  window: ResolvedWindow,
  /** The window as it was asked; the days themselves where it was one of many periods. */
  asked: AmcWindow,
  /** Times it was handed to Amazon. */
  attempts: z.int(),
  amazonExecutionId: z.string().nullable(),
  /** Of a done one. */
  rows: z.int().nullable(),
  /** Share of the users that thresholds hide, 0..1; null: not known. */
  suppressed: z.number().nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  /** Amazon gives it up then. */
  deadlineAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type AmcExecution = z.infer<typeof AmcExecution>;

const Question = {
  /** A template, or SQL of one's own with what its parameters are. */
  templateId: z.string().max(80).optional(),
  sql: z.string().trim().min(1, "Write the question in SQL.").max(100_000).optional(),
  parameters: z.array(TemplateParameter).max(100).optional(),
  columns: z.array(OutputColumn).max(200).optional(),
  chart: AmcChart.optional(),
  title: z.string().trim().min(1).max(120).optional(),
  values: z.record(z.string(), ParameterValue).default({}),
};

/** `POST amc-executions`, and `POST amc-executions/check` for what would come of it. */
export const StartExecution = z.strictObject({
  ...Question,
  instanceId: z.uuid({ error: "Choose an instance." }),
  window: AmcWindow,
  /** A finished identical run that is still fresh answers instead, or one under way. */
  whenIdentical: z.enum(["reuse", "run"]).default("reuse"),
  /** Amazon gives the run up after so many hours. */
  deadlineHours: z.int().min(1).max(24).default(6),
});
export type StartExecution = z.infer<typeof StartExecution>;

export const ExecutionId = z.strictObject({ id: z.uuid() });

/** Another run that asks nearly the same. */
export const SimilarRun = z.object({
  id: z.uuid(),
  title: z.string(),
  state: z.enum(executionStates),
  window: ResolvedWindow,
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type SimilarRun = z.infer<typeof SimilarRun>;

/** What the guard says of a run before it starts. */
export interface ExecutionCheck {
  /** Empty where AMC would take the SQL. */
  problems: SqlProblem[];
  window: ResolvedWindow;
  /** A run that would answer instead. */
  identical: SimilarRun | null;
  /** Runs of the last 24 hours over the same tables and some of the days: the latest 50, and how many there are. */
  overlapping: SimilarRun[];
  overlaps: number;
  /** `reuse`: the identical run answers. Otherwise what the agency's policy says to another run. */
  verdict: "start" | "reuse" | "warn" | "refuse";
  load: { instance: number; perInstance: number; account: number; perAccount: number };
}

/** The answer of `POST amc-executions`. */
export interface StartedExecution extends AmcExecution {
  outcome: "started" | "reused";
  warnings: string[];
}

export const AmcBatch = z.object({
  id: z.uuid(),
  title: z.string(),
  templateId: z.string().nullable(),
  kind: z.enum(["brands", "backfill"]),
  instances: z.int(),
  windows: z.int(),
  /** Runs in all; at most so many of them are at Amazon at once. */
  total: z.int(),
  atOnce: z.int(),
  done: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  /** At Amazon, or on their way. */
  running: z.int(),
  waiting: z.int(),
  /** Runs among them that were there already: their answers are fresh, or still to come. When the oldest answer of these came. */
  reused: z.int(),
  oldestReusedAt: z.iso.datetime().nullable(),
  /** From the mean of the runs so far; null: none has ended. */
  etaAt: z.iso.datetime().nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type AmcBatch = z.infer<typeof AmcBatch>;

/** Runs of a batch at most: instances times windows. */
export const mostRunsOfBatch = 2_000;

/** The answer of `POST amc-batches`. */
export interface StartedBatch extends AmcBatch {
  /** Runs that the agency's policy refused; the others were started. */
  refused: { instanceId: string; window: ResolvedWindow; reason: string }[];
}

/** One question over many instances, or over the last `periods` weeks or months, the newest first. */
export const StartBatch = z.strictObject({
  ...Question,
  instanceIds: z.array(z.uuid()).min(1, "Choose at least one instance.").max(200),
  window: AmcWindow.optional(),
  backfill: z.strictObject({ period: z.enum(["week", "month"]), periods: z.int().min(1).max(56) }).optional(),
  /** Runs of it at Amazon at once: what it leaves of the ten is for others. */
  atOnce: z.int().min(1).max(50).default(4),
  /** Where an identical run is still fresh, or under way, it answers in the batch too; or all are asked anew. */
  whenIdentical: z.enum(["reuse", "run"]).default("reuse"),
});
export type StartBatch = z.infer<typeof StartBatch>;
