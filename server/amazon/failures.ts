// From an answer that is not a success to a typed error. Each API family has its own error body (contracts 8), and
// gateways answer for all of them, sometimes in HTML.
import { z } from "zod";
import { redactText } from "../core/log";
import {
  type AmazonError,
  type CallFacts,
  type Refusal,
  Rejected,
  Throttled,
  Unauthorized,
  Unavailable,
  UnexpectedShape,
} from "./errors";
import { parseJson } from "./json";
import type { Answer } from "./send";

/** An answer that is not a success, read as far as it can be. */
export interface Failure {
  facts: CallFacts & { status: number };
  refusal: Refusal;
  retryAfterMs?: number;
  /** The raw body, cut at the size cap. */
  text: string;
}

const longestDetails = 500;
const longestRetryAfterMs = 24 * 3600_000;

const Problem = z.object({
  errorType: z.string().nullish(),
  code: z.string().nullish(),
  errorCode: z.string().nullish(),
  field: z.string().nullish(),
  fieldName: z.string().nullish(),
  fieldLocation: z.string().nullish(),
  message: z.string().nullish(),
  errorMessage: z.string().nullish(),
});

const ErrorBody = z.object({
  code: z.union([z.string(), z.number()]).nullish().catch(undefined),
  error: z.string().nullish().catch(undefined),
  details: z.string().nullish().catch(undefined),
  detail: z.string().nullish().catch(undefined),
  message: z.string().nullish().catch(undefined),
  error_description: z.string().nullish().catch(undefined),
  requestId: z.string().nullish().catch(undefined),
  request_id: z.string().nullish().catch(undefined),
  errors: z.array(Problem).nullish().catch(undefined),
});

/** Milliseconds to wait, from seconds or an HTTP date; undefined when absent or unreadable. */
export function parseRetryAfter(value: string | undefined, now: Date): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, longestRetryAfterMs);
  // Date.parse alone would take "-5" for a year.
  const at = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  return Math.min(Math.max(at - now.getTime(), 0), longestRetryAfterMs);
}

// Amazon's documentation shows the id in bodies only; these headers are what its gateways and S3 usually send.
const requestIdHeaders = ["x-amzn-requestid", "x-amz-rid", "x-amz-request-id"];

export function requestIdOf({ header }: Answer): string | undefined {
  const id = requestIdHeaders.map(header).find((value) => value !== undefined);
  return id ? redactText(id) : undefined;
}

function readBody(text: string): { refusal: Refusal; requestId?: string } {
  let body: z.output<typeof ErrorBody>;
  try {
    // Amazon's texts may repeat what we sent.
    body = ErrorBody.parse(parseJson(redactText(text)));
  } catch {
    return { refusal: {} };
  }
  const problems = (body.errors ?? []).map((problem) => ({
    field: problem.field ?? problem.fieldName ?? problem.fieldLocation ?? undefined,
    code: problem.errorType ?? problem.code ?? problem.errorCode ?? undefined,
    message: (problem.message ?? problem.errorMessage ?? "").slice(0, longestDetails),
  }));
  const details = body.details ?? body.detail ?? body.message ?? body.error_description ?? problems[0]?.message;
  const code = body.code ?? body.error ?? problems[0]?.code;
  return {
    refusal: {
      code: code === undefined ? undefined : String(code),
      details: details?.slice(0, longestDetails),
      problems,
    },
    requestId: body.requestId ?? body.request_id ?? undefined,
  };
}

export function readFailure(read: { operation: string; answer: Answer; text: string; now: Date }): Failure {
  const { operation, answer, text, now } = read;
  const { refusal, requestId } = readBody(text);
  return {
    facts: { operation, status: answer.status, requestId: requestId ?? requestIdOf(answer) },
    refusal,
    retryAfterMs: parseRetryAfter(answer.header("retry-after"), now),
    text,
  };
}

/** The error of an answer by its status alone; operations with their own rules look before this. */
export function toError({ facts, refusal, retryAfterMs }: Failure): AmazonError {
  const { status } = facts;
  if (status === 429) return new Throttled(facts, { retryAfterMs });
  if (status === 401) return new Unauthorized(facts, refusal.details);
  if (status >= 500) return new Unavailable(facts, `it answered ${status}`, retryAfterMs);
  if (status >= 400) return new Rejected(facts, refusal);
  return new UnexpectedShape(facts, "the status", `${status} is not an answer this operation knows`);
}
