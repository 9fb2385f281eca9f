import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import type { Sandbox } from "../sandbox";
import type { Report } from "./desk";

// Presigned report files: GET works until the URL expires, then S3's XML says so.

export const fileRoutes: Route[] = [
  { method: "GET", path: "/_files/{id}", operation: "files.get", handle: (request) => answerFile(request) },
];

const stamp = (moment: number): string => new Date(moment).toISOString().replaceAll(/[-:]|\.\d+/g, "");

function signatureOf(sandbox: Sandbox, of: { id: string; date: string; expires: string }): string {
  const secret = sandbox.clients[0]?.clientSecret ?? "";
  return createHash("sha256").update([secret, of.id, of.date, of.expires].join("\n")).digest("hex");
}

export function presign(request: ApiRequest, report: Report): { url: string; expiresAt: number } {
  const { sandbox } = request;
  const seconds = sandbox.settings.urlExpirySeconds;
  const now = sandbox.clock.now();
  const of = { id: report.id, date: stamp(now), expires: String(seconds) };
  const query = new URLSearchParams({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Date": of.date,
    "X-Amz-Expires": of.expires,
    "X-Amz-Signature": signatureOf(sandbox, of),
  });
  return { url: `${request.origin}/_files/${report.id}?${query}`, expiresAt: now + seconds * 1000 };
}

async function answerFile(request: ApiRequest): Promise<Reply> {
  const { sandbox, query } = request;
  const id = request.params.id ?? "";
  const date = query.get("X-Amz-Date") ?? "";
  const expires = query.get("X-Amz-Expires") ?? "";
  const report = sandbox.desk.find(id);
  if (!report || query.get("X-Amz-Signature") !== signatureOf(sandbox, { id, date, expires })) {
    return denied(request, "Access Denied");
  }
  if (sandbox.clock.now() >= timeOf(date) + Number(expires) * 1000) return denied(request, "Request has expired");
  const path = await sandbox.desk.file(report);
  const { size } = await stat(path);
  const type = report.dialect === "v3" ? "application/gzip" : "application/json";
  return {
    status: 200,
    headers: { "content-type": type, "content-length": String(size) },
    body: createReadStream(path),
  };
}

function timeOf(date: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(date);
  if (!parts) return 0;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function denied(request: ApiRequest, message: string): Reply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>AccessDenied</Code><Message>${message}</Message><RequestId>${request.requestId}</RequestId></Error>`;
  return { status: 403, headers: { "content-type": "application/xml" }, body };
}
