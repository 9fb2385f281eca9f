// What the browser may know of calls to Amazon.
import { z } from "zod";
import { Region } from "./contract";

/** How a call to Amazon ended when it did not succeed. `aborted`: we gave it up ourselves. */
export const CallFailure = z.enum([
  "throttled",
  "unauthorized",
  "rejected",
  "unavailable",
  "unexpected_shape",
  "grant_rejected",
  "client_rejected",
  "url_expired",
  "aborted",
]);
export type CallFailure = z.infer<typeof CallFailure>;

/** One request that was sent to Amazon. No query string, header or body is kept. */
export const AmazonCall = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  region: Region,
  /** For example `dsp.queryCampaigns`. */
  operation: z.string(),
  method: z.string(),
  path: z.string(),
  /** Null where no answer came. */
  status: z.int().nullable(),
  durationMs: z.int(),
  /** Amazon's id of the request, for its support. */
  requestId: z.string().nullable(),
  outcome: z.enum(["ok", "failed"]),
  errorClass: CallFailure.nullable(),
  /** What the error said, without secrets. */
  error: z.string().nullable(),
  connectionId: z.uuid().nullable(),
  connectionName: z.string().nullable(),
  accountId: z.uuid().nullable(),
  accountName: z.string().nullable(),
  brandId: z.uuid().nullable(),
  brandName: z.string().nullable(),
  /** The job that made it, or `person: ` and a name. */
  origin: z.string(),
});
export type AmazonCall = z.infer<typeof AmazonCall>;

/** Calls are counted up to here: a list with more of them says one more. */
export const mostCallsCounted = 10_000;
/** Free text is looked for in so many of the newest calls. */
export const mostCallsSearched = 50_000;
export const callsKeptDays = 30;
