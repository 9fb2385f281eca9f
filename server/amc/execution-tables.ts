import { sql } from "drizzle-orm";
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { agencyId, tenantPolicy } from "../core/db/tenant";
import { type AskedQuestion, executionOrigins, executionStates } from "./execution-contract";
import type { ResultColumn, ResultValue, Suppression } from "./result-contract";
import type { ParameterValue } from "./template-contract";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** One run of a question, from the wish for it to its end. */
export const amcExecutions = pgTable(
  "amc_executions",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    title: text("title").notNull(),
    instanceId: uuid("instance_id").notNull(),
    templateId: text("template_id"),
    templateVersion: text("template_version"),
    scheduleId: uuid("schedule_id"),
    batchId: uuid("batch_id"),
    origin: text("origin", { enum: executionOrigins }).notNull(),
    state: text("state", { enum: executionStates }).notNull(),
    /** What was asked, whatever became of the template since. */
    question: jsonb("question").$type<AskedQuestion>().notNull(),
    values: jsonb("values").$type<Record<string, ParameterValue>>().notNull(),
    /** Days of `time_zone`, both included. */
    windowFrom: date("window_from", { mode: "string" }).notNull(),
    windowTo: date("window_to", { mode: "string" }).notNull(),
    timeZone: text("time_zone").notNull(),
    /** Tables that it reads. */
    tables: text("tables").array().notNull(),
    /** Of SQL, values and window: runs of an instance with the same one ask the same. */
    fingerprint: text("fingerprint").notNull(),
    deadlineSeconds: integer("deadline_seconds").notNull(),
    /** Times it was handed to Amazon, each as a workflow of its own. */
    attempts: integer("attempts").notNull().default(0),
    amazonExecutionId: text("amazon_execution_id"),
    amazonStatus: text("amazon_status"),
    note: text("note"),
    cancelAsked: boolean("cancel_asked").notNull().default(false),
    polls: integer("polls").notNull().default(0),
    /** Times it was put off since Amazon last answered. */
    waits: integer("waits").notNull().default(0),
    nextAt: moment("next_at"),
    startedAt: moment("started_at"),
    deadlineAt: moment("deadline_at"),
    finishedAt: moment("finished_at"),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "amc_executions_pkey", columns: [t.agencyId, t.id] }),
    index("amc_executions_created").on(t.agencyId, t.createdAt),
    index("amc_executions_fingerprint").on(t.agencyId, t.instanceId, t.fingerprint),
    index("amc_executions_batch").on(t.agencyId, t.batchId),
    index("amc_executions_open")
      .on(t.agencyId, t.instanceId)
      .where(sql`state in ('waiting', 'submitting', 'running', 'collecting')`),
    tenantPolicy(),
  ],
);

/** Many runs of one question. */
export const amcBatches = pgTable(
  "amc_batches",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    title: text("title").notNull(),
    templateId: text("template_id"),
    kind: text("kind", { enum: ["brands", "backfill"] }).notNull(),
    instances: integer("instances").notNull(),
    windows: integer("windows").notNull(),
    atOnce: integer("at_once").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "amc_batches_pkey", columns: [t.agencyId, t.id] }),
    index("amc_batches_created").on(t.agencyId, t.createdAt),
    tenantPolicy(),
  ],
);

/** Runs that were there before a batch was asked, and answer in it beside its own. */
export const amcBatchReuses = pgTable(
  "amc_batch_reuses",
  {
    agencyId: agencyId(),
    batchId: uuid("batch_id").notNull(),
    executionId: uuid("execution_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "amc_batch_reuses_pkey", columns: [t.agencyId, t.batchId, t.executionId] }),
    tenantPolicy(),
  ],
);

/** The answer of a run, kept for good. */
export const amcResults = pgTable(
  "amc_results",
  {
    agencyId: agencyId(),
    executionId: uuid("execution_id").notNull(),
    columns: jsonb("columns").$type<ResultColumn[]>().notNull(),
    rowCount: integer("row_count").notNull(),
    /** Those that the chart draws. */
    chartRows: jsonb("chart_rows").$type<ResultValue[][]>().notNull(),
    suppressed: jsonb("suppressed").$type<Suppression>().notNull(),
    storedAt: moment("stored_at").notNull(),
  },
  (t) => [primaryKey({ name: "amc_results_pkey", columns: [t.agencyId, t.executionId] }), tenantPolicy()],
);

/** Its rows, 500 a piece, each in the order of the columns. */
export const amcResultPieces = pgTable(
  "amc_result_pieces",
  {
    agencyId: agencyId(),
    executionId: uuid("execution_id").notNull(),
    part: integer("part").notNull(),
    rows: jsonb("rows").$type<ResultValue[][]>().notNull(),
  },
  (t) => [primaryKey({ name: "amc_result_pieces_pkey", columns: [t.agencyId, t.executionId, t.part] }), tenantPolicy()],
);
