// A template: a question to AMC with typed parameters. Built-in ones are files of templates/, an agency's own are rows with versions.
import { z } from "zod";

export const parameterKinds = ["text", "whole", "decimal", "choice", "list", "flag"] as const;

/** The value of a parameter; `list` takes several texts. */
export const ParameterValue = z.union([
  z.string().max(2_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(500)).max(2_000),
]);
export type ParameterValue = z.infer<typeof ParameterValue>;

/** Where the form takes a parameter's choices from. */
export const parameterSources = ["campaigns", "asins"] as const;

export const TemplateParameter = z.strictObject({
  /** As CUSTOM_PARAMETER names it. */
  name: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,59}$/, "Use letters, digits and underscores, a letter first."),
  label: z.string().min(1).max(80),
  help: z.string().max(300).default(""),
  kind: z.enum(parameterKinds),
  /** Null: must be given. An empty list means all. */
  default: ParameterValue.nullable(),
  /** Of `choice`: what can be chosen. */
  choices: z
    .array(z.strictObject({ value: z.string(), label: z.string() }))
    .max(50)
    .optional(),
  /** Of `whole` and `decimal`. */
  least: z.number().optional(),
  most: z.number().optional(),
  from: z.enum(parameterSources).optional(),
});
export type TemplateParameter = z.infer<typeof TemplateParameter>;

/** `money`: in the currency of the row's `currency` column, or of the instance; as decimals, not micros. `share`: 0..1. */
export const columnUnits = [
  "text",
  "users",
  "count",
  "money",
  "share",
  "number",
  "hours",
  "days",
  "date",
  "flag",
] as const;
export type ColumnUnit = (typeof columnUnits)[number];

/** Measures of the DSP's reports, by their names in the metric dictionary. */
export const reportedMeasures = [
  "impressions",
  "viewableImpressions",
  "clicks",
  "videoStarts",
  "videoCompletes",
  "spend",
  "supplyCost",
  "audienceFee",
  "purchases",
  "sales",
  "totalPurchases",
  "totalSales",
] as const;

export const OutputColumn = z.strictObject({
  name: z.string().min(1).max(128),
  label: z.string().min(1).max(80),
  unit: z.enum(columnUnits),
  description: z.string().max(300).optional(),
  /** What its values add up to over all rows, in the DSP's reports; only parameters from "campaigns" may narrow it. */
  reported: z.enum(reportedMeasures).optional(),
});
export type OutputColumn = z.infer<typeof OutputColumn>;

/** What is drawn; names are those of columns. */
export const AmcChart = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("table") }),
  /** A path column holds steps in order, joined by ` > `. */
  z.strictObject({ kind: z.literal("sankey"), path: z.string(), value: z.string() }),
  z.strictObject({ kind: z.literal("bars"), x: z.string(), y: z.array(z.string()).min(1) }),
  z.strictObject({ kind: z.literal("curve"), x: z.string(), y: z.array(z.string()).min(1) }),
  z.strictObject({ kind: z.literal("heatmap"), x: z.string(), y: z.string(), value: z.string() }),
  /** A set column names the groups a user is in, joined by ` + `. */
  z.strictObject({ kind: z.literal("overlap"), sets: z.string(), value: z.string() }),
]);
export type AmcChart = z.infer<typeof AmcChart>;

export const SqlText = z
  .string({ error: "Write the question in SQL." })
  .trim()
  .min(1, "Write the question in SQL.")
  .max(100_000);

const parts = {
  title: z.string({ error: "Give it a title." }).trim().min(1, "Give it a title.").max(80),
  question: z.string().trim().max(200, "Use at most 200 characters.").default(""),
  tags: z.array(z.string().trim().min(1).max(30)).max(10).default([]),
  sql: SqlText,
  parameters: z.array(TemplateParameter).max(100).default([]),
  columns: z.array(OutputColumn).max(200).default([]),
  chart: AmcChart.default({ kind: "table" }),
  guide: z.string().max(5_000).default(""),
};

/** All that makes a template what it is; a version keeps it. */
export const TemplateDefinition = z.strictObject(parts);
export type TemplateDefinition = z.infer<typeof TemplateDefinition>;

/** A template of the gallery; built in, or of the agency. */
export const AmcTemplate = z.object({
  /** Of a built-in one its name, else a uuid. */
  id: z.string(),
  builtIn: z.boolean(),
  title: z.string(),
  /** The question it answers, in a person's words. */
  question: z.string(),
  tags: z.array(z.string()),
  /** Grows with every change; 0 of a built-in one. */
  version: z.int(),
  /** What runs and pinned schedules name: the version, or of a built-in one its digest. */
  edition: z.string(),
  /** Of a fork: what it was made from. */
  forkOf: z.string().nullable(),
  tables: z.array(z.string()),
  /** Tables among them that Amazon sells access to. */
  paidTables: z.array(z.string()),
  parameters: z.array(TemplateParameter),
  columns: z.array(OutputColumn),
  chart: AmcChart,
  /** What the thresholds do to its rows, in words. */
  privacy: z.string(),
  guide: z.string(),
  sql: z.string(),
  /** Of this agency. */
  runs: z.int(),
  lastRunAt: z.iso.datetime().nullable(),
  schedules: z.int(),
  createdBy: z.string().nullable(),
  updatedAt: z.iso.datetime().nullable(),
});
export type AmcTemplate = z.infer<typeof AmcTemplate>;

/** From nothing, or from `forkOf`, whose parts stand where none are given. */
export const TemplateCreate = z.strictObject({
  title: parts.title,
  forkOf: z.string().max(80).nullable().default(null),
  question: parts.question.unwrap().optional(),
  tags: parts.tags.unwrap().optional(),
  sql: SqlText.optional(),
  parameters: parts.parameters.unwrap().optional(),
  columns: parts.columns.unwrap().optional(),
  chart: parts.chart.unwrap().optional(),
  guide: parts.guide.unwrap().optional(),
});
/** A change makes a new version; earlier ones stay, and schedules that pin one keep it. */
export const TemplateChange = TemplateCreate.omit({ forkOf: true })
  .partial()
  .extend({ id: z.uuid(), version: z.int({ error: "Give the version you saw." }) });
export const TemplateId = z.strictObject({ id: z.uuid() });

/** What a template was at one of its versions. */
export const AmcTemplateVersion = z.object({
  id: z.string(),
  templateId: z.string(),
  version: z.int(),
  title: z.string(),
  sql: z.string(),
  parameters: z.array(TemplateParameter),
  columns: z.array(OutputColumn),
  chart: AmcChart,
  changedBy: z.string(),
  createdAt: z.iso.datetime(),
});
export type AmcTemplateVersion = z.infer<typeof AmcTemplateVersion>;

/** SQL of one's own, or of a template, before any run. */
export const SqlQuestion = z.strictObject({
  sql: SqlText,
  parameters: z.array(TemplateParameter).max(100).default([]),
  values: z.record(z.string(), ParameterValue).default({}),
  /** Whose tables there are; left out: all that AMC documents. */
  instanceId: z.uuid().optional(),
  audience: z.boolean().default(false),
});
export type SqlQuestion = z.infer<typeof SqlQuestion>;

/** Something of the SQL that AMC would refuse, or that would mislead. Lines and columns count from 1. */
export const SqlProblem = z.object({
  rule: z.string(),
  severity: z.enum(["error", "warning"]),
  message: z.string(),
  fix: z.string(),
  line: z.int(),
  column: z.int(),
  endColumn: z.int(),
});
export type SqlProblem = z.infer<typeof SqlProblem>;

/** The answer of `POST amc-templates/lint`. */
export interface LintAnswer {
  problems: SqlProblem[];
  columns: { name: string; dataType: string; threshold: string }[];
  tables: string[];
  /** Users an output row needs: 1, 2 or 100. */
  requiredUsers: number;
}

/** `POST amc-templates/preview`: the question over a little data of our own, thresholds applied. Nothing is asked of Amazon. */
export const PreviewQuestion = z.strictObject({
  /** A template, over the data that proves it; or SQL, over the data of all built-in templates. */
  templateId: z.string().max(80).optional(),
  sql: SqlText.optional(),
  parameters: z.array(TemplateParameter).max(100).optional(),
  values: z.record(z.string(), ParameterValue).default({}),
});
export type PreviewQuestion = z.infer<typeof PreviewQuestion>;

export interface PreviewAnswer {
  /** Errors mean that nothing was run. */
  problems: SqlProblem[];
  columns: OutputColumn[];
  rows: (string | number | boolean | null)[][];
  chart: AmcChart;
  /** Rows that thresholds took away, and the columns to blame. */
  hidden: { rows: number; users: number; columns: { name: string; required: number; rows: number }[] };
  /** Days of UTC that the data is of. */
  window: { from: string; to: string };
  /** Why it could not be run to its end; null: it was. */
  failure: string | null;
}

/** A table of AMC as the editor shows it; `id` is its name. */
export const AmcTableItem = z.object({
  id: z.string(),
  /** Amazon sells access to it. */
  paid: z.boolean(),
  columns: z.array(
    z.object({
      name: z.string(),
      dataType: z.string(),
      columnType: z.string(),
      /** NONE, LOW, MEDIUM, HIGH, VERY_HIGH or INTERNAL. */
      threshold: z.string(),
    }),
  ),
});
export type AmcTableItem = z.infer<typeof AmcTableItem>;
