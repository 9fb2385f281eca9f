import { createHash } from "node:crypto";
import type { Reply } from "./reply";
import type { ApiRequest } from "./router";
import type { Sandbox } from "./sandbox";

// URLs of files that anyone may fetch until they expire, as S3 signs them.

const stamp = (moment: number): string => new Date(moment).toISOString().replaceAll(/[-:]|\.\d+/g, "");

function signatureOf(sandbox: Sandbox, of: { path: string; date: string; expires: string }): string {
  const secret = sandbox.clients[0]?.clientSecret ?? "";
  return createHash("sha256").update([secret, of.path, of.date, of.expires].join("\n")).digest("hex");
}

export function presignedUrl(
  { sandbox, origin }: ApiRequest,
  { path, seconds }: { path: string; seconds: number },
): { url: string; expiresAt: number } {
  const now = sandbox.clock.now();
  const of = { path, date: stamp(now), expires: String(seconds) };
  const query = new URLSearchParams({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Date": of.date,
    "X-Amz-Expires": of.expires,
    "X-Amz-Signature": signatureOf(sandbox, of),
  });
  return { url: `${origin}${path}?${query}`, expiresAt: now + seconds * 1000 };
}

/** What S3 answers to a URL that was changed or has expired; undefined: it may be read. */
export function refusalOf(request: ApiRequest): Reply | undefined {
  const { sandbox, query, path } = request;
  const date = query.get("X-Amz-Date") ?? "";
  const expires = query.get("X-Amz-Expires") ?? "";
  if (query.get("X-Amz-Signature") !== signatureOf(sandbox, { path, date, expires })) {
    return denied(request, "Access Denied");
  }
  const expired = sandbox.clock.now() >= timeOf(date) + Number(expires) * 1000;
  return expired ? denied(request, "Request has expired") : undefined;
}

function timeOf(date: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(date);
  if (!parts) return 0;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

export function denied(request: ApiRequest, message: string): Reply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>AccessDenied</Code><Message>${message}</Message><RequestId>${request.requestId}</RequestId></Error>`;
  return { status: 403, headers: { "content-type": "application/xml" }, body };
}
