// What may be asked of many records at once, and what is answered: one result a record.
import { z } from "zod";

export const mostRecords = 2_000;
export const mostRows = 5_000;
export const mostCsvBytes = 2 * 1024 * 1024;

const Id = z.string().min(1).max(200);
const Values = z.record(z.string().max(100), z.unknown());
const tooMany = `At most ${mostRecords} records at once.`;

/** The records: by id, all that match a list's query, or each with an input of its own. */
export const BulkInput = z
  .strictObject({
    action: z.string().max(60),
    ids: z.array(Id).min(1).max(mostRecords, tooMany).optional(),
    /** The query of the list, as `GET` takes it, and how many rows the person saw it match. */
    matching: z.strictObject({ query: z.string().max(4_000), count: z.int().min(1) }).optional(),
    rows: z
      .array(z.strictObject({ id: Id, input: Values }))
      .min(1)
      .max(mostRecords, tooMany)
      .optional(),
    input: Values.optional(),
  })
  .refine(({ ids, matching, rows }) => [ids, matching, rows].filter(Boolean).length === 1, {
    error: "Name the records in one way: ids, matching or rows.",
    path: ["ids"],
  });
export type BulkInput = z.infer<typeof BulkInput>;

export const BulkResult = z.object({
  id: z.string(),
  label: z.string().nullable(),
  outcome: z.enum(["done", "failed"]),
  reason: z.string().optional(),
  remedy: z.string().optional(),
  /** What takes it back: another bulk request's action and this record's input. */
  undo: z.object({ action: z.string(), input: Values }).optional(),
});
export type BulkResult = z.infer<typeof BulkResult>;
export const BulkAnswer = z.object({ results: z.array(BulkResult), done: z.int(), failed: z.int() });
export type BulkAnswer = z.infer<typeof BulkAnswer>;

export const ChangeInput = z.strictObject({
  changes: z
    .array(z.strictObject({ id: Id, version: z.int(), set: Values }))
    .min(1)
    .max(200, "At most 200 records at once."),
});

/** `stale`: somebody changed the record meanwhile; `current` is what it is now. */
export const ChangeResult = z.object({
  id: z.string(),
  outcome: z.enum(["done", "stale", "failed"]),
  reason: z.string().optional(),
  remedy: z.string().optional(),
  /** One message a field. */
  errors: z.record(z.string(), z.string()).optional(),
  current: z.record(z.string(), z.unknown()).optional(),
});
export type ChangeResult = z.infer<typeof ChangeResult>;
export const ChangeAnswer = z.object({ results: z.array(ChangeResult), done: z.int(), failed: z.int() });
export type ChangeAnswer = z.infer<typeof ChangeAnswer>;

/** `check` writes nothing; `all` writes only if every row is good; `good` writes the good rows. */
export const ImportMode = z.enum(["check", "all", "good"]);
export type ImportMode = z.infer<typeof ImportMode>;

export const ImportInput = z.strictObject({
  csv: z
    .string()
    .min(1, "Give the file's text.")
    .refine((text) => Buffer.byteLength(text) <= mostCsvBytes, "The file is longer than 2 MB. Split it."),
  /** Header to field; null leaves the column out. Left out: by the names of the fields. */
  columns: z.record(z.string().max(200), z.string().max(100).nullable()).optional(),
  mode: ImportMode,
});

export const ImportRow = z.object({
  /** Line in the file, the header being 1. */
  line: z.int(),
  label: z.string(),
  outcome: z.enum(["create", "update", "unchanged", "error"]),
  /** The header of the column at fault. */
  column: z.string().optional(),
  reason: z.string().optional(),
  remedy: z.string().optional(),
  /** Whether it is in the database now. */
  written: z.boolean(),
});
export type ImportRow = z.infer<typeof ImportRow>;
export const ImportAnswer = z.object({
  columns: z.array(z.object({ header: z.string(), field: z.string().nullable() })),
  rows: z.array(ImportRow),
  written: z.int(),
  errors: z.int(),
});
export type ImportAnswer = z.infer<typeof ImportAnswer>;
