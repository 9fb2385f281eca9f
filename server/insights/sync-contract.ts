// What the browser may know of one due moment of a sync.
import { z } from "zod";
import { DayRangeShape, Moment } from "./contract";

export const SyncRun = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  accountName: z.string(),
  /** `entities`, or a report type's id. */
  subject: z.string(),
  /** The same in words. */
  what: z.string(),
  kind: z.enum(["recent", "settle", "backfill", "catchup", "manual"]),
  state: z.enum(["due", "requested", "done", "failed"]),
  range: DayRangeShape.nullable(),
  reportId: z.string().nullable(),
  note: z.string().nullable(),
  attempts: z.int(),
  polls: z.int(),
  createdAt: Moment,
  nextAt: Moment.nullable(),
  finishedAt: Moment.nullable(),
  rowsRead: z.int(),
  rowsChanged: z.int(),
  rowsRejected: z.int(),
  /** Of a single run only: the first rows that did not parse. */
  rejected: z.array(z.object({ position: z.int(), reason: z.string(), row: z.string() })).optional(),
});
export type SyncRun = z.infer<typeof SyncRun>;
