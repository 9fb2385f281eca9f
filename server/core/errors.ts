// Every error a caller may see. Mapped to HTTP once, in server/api/handle.ts.

export type ErrorCode =
  | "not_found"
  | "forbidden"
  | "unauthenticated"
  /** The person is signed in but has to show again who they are. */
  | "unproven"
  /** The agency asks for a second factor, and this session was begun without one. */
  | "second_factor"
  | "conflict"
  | "malformed"
  | "invalid"
  | "limit"
  | "precondition"
  | "upstream"
  | "unavailable"
  | "internal";

export interface ErrorOptions {
  /** One message a field, keyed by the field's path in the input. */
  fields?: Record<string, string>;
  /** What the reader can do about it. */
  remedy?: string;
  retryAfterSeconds?: number;
  /** Of a conflict: the record as it is now, so that both versions can be shown. */
  present?: object;
  cause?: unknown;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly fields?: Record<string, string>;
  readonly remedy?: string;
  readonly retryAfterSeconds?: number;
  readonly present?: object;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.fields = options.fields;
    this.remedy = options.remedy;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.present = options.present;
  }
}

const statuses: Record<ErrorCode, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  unproven: 403,
  second_factor: 403,
  not_found: 404,
  conflict: 409,
  precondition: 412,
  invalid: 422,
  limit: 429,
  internal: 500,
  upstream: 502,
  unavailable: 503,
};

/** HTTP status of an error code. */
export const statusOf = (code: ErrorCode): number => statuses[code];

export const notFound = (what: string) =>
  new AppError("not_found", `${what} was not found.`, { remedy: "Check the address, or go back to the list." });
