// What the browser may know of exports: lists as files. Short ones are sent at once, long ones written by a job; each leaves a receipt.
import { z } from "zod";

export const exportStates = ["waiting", "running", "done", "failed", "cancelled"] as const;

export const formatIds = ["csv", "xlsx", "parquet"] as const;
export type FormatId = (typeof formatIds)[number];
export const formatWords = { csv: "CSV", xlsx: "Excel", parquet: "Parquet" } as const satisfies Record<
  FormatId,
  string
>;

export const Export = z.object({
  id: z.string(),
  /** The resource whose list it is. */
  list: z.string(),
  title: z.string(),
  filename: z.string(),
  format: z.enum(formatIds),
  state: z.enum(exportStates),
  /** Rows written until now. */
  rows: z.int(),
  /** Of the file as it is until now. */
  bytes: z.int(),
  /** Why there is no file. */
  reason: z.string().nullable(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  /** When the file is deleted; null: none is kept, it was sent at once. */
  expiresAt: z.string().nullable(),
  /** Whether the file can be fetched. */
  kept: z.boolean(),
  /** Of the whole file, in hex; the receipt has it too. Null: there is no receipt. */
  sha256: z.string().nullable(),
});
export type Export = z.infer<typeof Export>;

/** A longer list is written by a job. */
export const mostStreamed = 50_000;
export const mostOpen = 3;
/** Days a file is kept. Its receipt is kept for good. */
export const keptDays = 7;

/** The list and its query, as `GET /<list>/export` takes it. */
export const ExportAsk = z.strictObject({
  list: z.string({ error: "Name the list." }).max(60),
  query: z.string().max(8_000).default(""),
  format: z.enum(formatIds, { error: `must be one of: ${formatIds.join(", ")}` }).default("csv"),
});

/** Null where the list is short enough for `GET /<list>/export`. */
export interface ExportAnswer {
  export: Export | null;
}

export const ExportId = z.strictObject({ id: z.uuid({ error: "This is not an id." }) });
