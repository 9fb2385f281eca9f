import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { denied, presignedUrl, refusalOf } from "../presigned";
import type { Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import type { Report } from "./desk";

// Presigned report files: GET works until the URL expires, then S3's XML says so.

export const fileRoutes: Route[] = [
  { method: "GET", path: "/_files/{id}", operation: "files.get", handle: (request) => answerFile(request) },
];

export function presign(request: ApiRequest, report: Report): { url: string; expiresAt: number } {
  return presignedUrl(request, { path: `/_files/${report.id}`, seconds: request.sandbox.settings.urlExpirySeconds });
}

async function answerFile(request: ApiRequest): Promise<Reply> {
  const { desk } = request.sandbox;
  const report = desk.find(request.params.id ?? "");
  const refusal = report ? refusalOf(request) : denied(request, "Access Denied");
  if (!report || refusal) return refusal ?? denied(request, "Access Denied");
  const path = await desk.file(report);
  const { size } = await stat(path);
  const type = report.dialect === "v3" ? "application/gzip" : "application/json";
  return {
    status: 200,
    headers: { "content-type": type, "content-length": String(size) },
    body: createReadStream(path),
  };
}
