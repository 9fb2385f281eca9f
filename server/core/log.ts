// Structured logs on stdout, one JSON line each; anything that could be a secret is replaced before it is written.
import pino from "pino";

export type Log = pino.Logger;

const secretKeys = [
  "password",
  "secret",
  "token",
  "accessToken",
  "refreshToken",
  "clientSecret",
  "authorization",
  "cookie",
  "code",
  "codeVerifier",
  "keys",
  "apiKey",
];

/** An API key, whole or cut short: what it begins with stays readable, to know it by. */
export const keyPattern = /(?<=tdmk_live_[0-9A-Za-z]{6})[0-9A-Za-z]{4,}/g;

const secretPatterns = [
  keyPattern,
  /Atz[arc]\|[^\s"'&]+/g,
  /(?<=[?&](?:code|state|token|access_token|refresh_token|client_secret|X-Amz-[A-Za-z-]+)=)[^&\s"']+/g,
  /(?<=\/invitations\/[0-9a-f-]{36}\.)[\w-]+/g,
  /(?<=(?:postgres(?:ql)?|smtps?|rediss?):\/\/[^:@/\s]*:)[^@\s]+(?=@)/g,
];

/** Replaces what looks like a secret in free text (tokens, signed URL parameters, database passwords). */
export function redactText(text: string): string {
  return secretPatterns.reduce((out, pattern) => out.replace(pattern, "[redacted]"), text);
}

/** Named fields only: libraries hang the values they worked on (a query's parameters, an address with its password) on their errors. */
function describeError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { type: typeof error, message: redactText(String(error)) };
  // Drizzle's message goes on with the values of the query.
  const message = redactText(error.message.replace(/\nparams: [\s\S]*$/, ""));
  const frames = /\n\s+at [\s\S]*$/.exec(error.stack ?? "")?.[0] ?? "";
  return {
    type: error.name,
    message,
    ...("code" in error ? { reason: String(error.code) } : {}),
    stack: `${error.name}: ${message}${redactText(frames)}`,
    ...(error.cause !== undefined && depth < 4 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

export function createLog(level: string, destination?: pino.DestinationStream): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretKeys.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[redacted]" },
      serializers: {
        err: (error: unknown) => describeError(error),
      },
      hooks: {
        // Also where it stands inside a value.
        streamWrite: (line) => line.replace(keyPattern, "[redacted]"),
        logMethod(args, method) {
          method.apply(this, args.map((arg) => (typeof arg === "string" ? redactText(arg) : arg)) as typeof args);
        },
      },
    },
    destination ?? pino.destination(1),
  );
}
