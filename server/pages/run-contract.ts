// What the browser may know of uses of custom actions.
import { z } from "zod";

export const RunState = z.enum(["waiting", "done", "refused", "failed"]);
export type RunState = z.infer<typeof RunState>;
export const runStateWords: Record<RunState, string> = {
  waiting: "Waiting",
  done: "Done",
  refused: "Refused",
  failed: "Failed",
};

/** Attempts of one call before it is given up. */
export const mostAttempts = 5;

/** One attempt that came to an end. */
export const RunTry = z.object({
  at: z.iso.datetime(),
  /** Null: there was no answer. */
  status: z.int().nullable(),
  note: z.string().nullable(),
});
export type RunTry = z.infer<typeof RunTry>;

export const ActionRun = z.object({
  /** With `msg_` before it, the call's webhook-id, the same at every attempt. */
  id: z.string(),
  actionId: z.string(),
  actionLabel: z.string(),
  brandId: z.string().nullable(),
  brandName: z.string().nullable(),
  /** The resource of the record. */
  recordType: z.string(),
  recordId: z.string(),
  recordLabel: z.string(),
  state: RunState,
  test: z.boolean(),
  startedBy: z.string(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** When it is tried next. */
  nextAt: z.iso.datetime().nullable(),
  attempts: z.int(),
  /** The last answer's. */
  status: z.int().nullable(),
  /** Why there is no answer. */
  note: z.string().nullable(),
  /** The beginning of the answer; null also where it is withheld. */
  answer: z.string().nullable(),
  /** The body as it was sent; of a single run only. */
  sent: z.string().nullable(),
  /** Of a single run only. */
  tries: z.array(RunTry),
  /** What was sent and answered may hold money, which the reader may not see. */
  withheld: z.boolean(),
});
export type ActionRun = z.infer<typeof ActionRun>;

export const UseResult = z.object({
  id: z.string(),
  label: z.string().nullable(),
  outcome: z.enum(["done", "failed"]),
  reason: z.string().optional(),
  remedy: z.string().optional(),
  /** The run that was begun. */
  runId: z.string().optional(),
});
export type UseResult = z.infer<typeof UseResult>;
export interface UseAnswer {
  results: UseResult[];
  done: number;
  failed: number;
}
