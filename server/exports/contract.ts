// What the browser may know of exports: lists too long to be sent while one waits, written to a file by a job.
import { z } from "zod";

export const exportStates = ["waiting", "running", "done", "failed", "cancelled"] as const;

export const Export = z.object({
  id: z.string(),
  /** The resource whose list it is. */
  list: z.string(),
  title: z.string(),
  filename: z.string(),
  state: z.enum(exportStates),
  /** Rows written until now. */
  rows: z.int(),
  /** Of the file as it is until now. */
  bytes: z.int(),
  /** Why there is no file. */
  reason: z.string().nullable(),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
  /** When the file is deleted. */
  expiresAt: z.string().nullable(),
});
export type Export = z.infer<typeof Export>;

/** A longer list is written by a job. */
export const mostStreamed = 50_000;
export const mostOpen = 3;
/** Days a file is kept. */
export const keptDays = 7;

/** The list and its query, as `GET /<list>/export` takes it. */
export const ExportAsk = z.strictObject({
  list: z.string({ error: "Name the list." }).max(60),
  query: z.string().max(8_000).default(""),
});

/** Null where the list is short enough for `GET /<list>/export`. */
export interface ExportAnswer {
  export: Export | null;
}

export const ExportId = z.strictObject({ id: z.uuid({ error: "This is not an id." }) });
