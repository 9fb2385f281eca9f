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
];

const secretPatterns = [
  /Atz[arc]\|[^\s"'&]+/g,
  /(?<=[?&](?:code|state|token|access_token|refresh_token|client_secret|X-Amz-[A-Za-z-]+)=)[^&\s"']+/g,
  /(?<=postgres(?:ql)?:\/\/[^:@/\s]+:)[^@\s]+(?=@)/g,
];

/** Replaces what looks like a secret in free text (tokens, signed URL parameters, database passwords). */
export function redactText(text: string): string {
  return secretPatterns.reduce((out, pattern) => out.replace(pattern, "[redacted]"), text);
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
        err: (error: unknown) => {
          const out = pino.stdSerializers.err(error as Error);
          return { ...out, message: redactText(out.message ?? ""), stack: redactText(out.stack ?? "") };
        },
      },
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map((arg) => (typeof arg === "string" ? redactText(arg) : arg)) as typeof args);
        },
      },
    },
    destination ?? pino.destination(1),
  );
}
