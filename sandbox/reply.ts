import type { Readable } from "node:stream";

// What a handler answers with, and the error bodies of each API family (contracts.md section 8).

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string | Readable;
}

const BIG = "@bigint:";

/** JSON with bigint values written as bare numbers: ids above 2^53 leave as Amazon sends them. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? `${BIG}${item}` : item));
  return text.replaceAll(/"@bigint:(\d+)"/g, "$1");
}

export function json(status: number, value: unknown, type = "application/json"): Reply {
  return { status, headers: { "content-type": type }, body: toJson(value) };
}

export function html(status: number, body: string): Reply {
  return {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    },
    body,
  };
}

export const redirect = (location: string): Reply => ({
  status: 302,
  headers: { location, "cache-control": "no-store" },
});

/** Thrown anywhere in a handler to answer at once. */
export class ReplyError extends Error {
  constructor(readonly reply: Reply) {
    super(`answered ${reply.status}`);
  }
}

/** generic v2/v3: `{code, details}` */
export const genericError = (status: number, code: string, details: string): ReplyError =>
  new ReplyError(json(status, { code, details }));

/** reporting v3: `{code, detail}`, the code being the status */
export const reportingError = (status: number, detail: string): ReplyError =>
  new ReplyError(json(status, { code: String(status), detail }));

/** Ads API v1: `{code: ErrorCode, message}` */
export const v1Error = (status: number, code: string, message: string): ReplyError =>
  new ReplyError(json(status, { code, message }));

export interface DspFieldError {
  errorType: string;
  field: string;
  message: string;
}

/** DSP legacy: `{message, requestId, errors[]}` */
export function dspError(
  status: number,
  of: { message: string; requestId: string; errors?: DspFieldError[] },
): ReplyError {
  const body = { message: of.message, requestId: of.requestId, errors: of.errors ?? [] };
  return new ReplyError(json(status, body, "application/vnd.dsperror.v1+json"));
}

/** What the gateway in front of every API answers by itself. */
export const gatewayError = (
  status: 401 | 403 | 404 | 429,
  message: string,
  headers: Record<string, string> = {},
): ReplyError =>
  new ReplyError({
    status,
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ message }),
  });
