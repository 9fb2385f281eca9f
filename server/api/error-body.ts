// The one mapping of errors to HTTP.
import { AppError, statusOf } from "../core/errors";
import type { Log } from "../core/log";

export interface ErrorBody {
  /** What is a problem of its own kind by RFC 9457. */
  type?: string;
  title?: string;
  status?: number;
  message: string;
  statusCode: number;
  code: string;
  remedy?: string;
  /** One message a field. */
  errors?: Record<string, string>;
  /** Of a conflict: the record as it is now. */
  present?: object;
  requestId: string;
}

/** Errors we did not foresee are logged and answered without their words. */
export function toAppError(error: unknown, log: Log): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseAway(error)) {
    log.warn({ err: error }, "database away");
    return new AppError("unavailable", "The database cannot be reached.", {
      remedy: "Nothing is lost. Try again in a moment; the page recovers by itself.",
      retryAfterSeconds: 5,
    });
  }
  log.error({ err: error }, "request failed");
  return new AppError("internal", "Something failed on our side.", {
    remedy: "Try again; if it stays, give the request id to your operator.",
  });
}

export function errorBody(error: AppError, requestId: string): ErrorBody {
  return {
    ...(error.code === "limit" ? quotaExceeded : {}),
    message: error.message,
    statusCode: statusOf(error.code),
    code: error.code,
    ...(error.remedy ? { remedy: error.remedy } : {}),
    ...(error.fields ? { errors: error.fields } : {}),
    ...(error.present ? { present: error.present } : {}),
    requestId,
  };
}

const quotaExceeded = {
  type: "https://iana.org/assignments/http-problem-types#quota-exceeded",
  title: "Too many requests",
  status: 429,
};

const awayCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EPIPE",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "57P01",
  "57P02",
  "57P03",
  "53300",
]);

/** Is the error the database being away, also as the cause of a wrapping error? */
export function isDatabaseAway(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if ("code" in at && typeof at.code === "string" && awayCodes.has(at.code)) return true;
  }
  return false;
}
