import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { denied, presignedUrl, refusalOf } from "../presigned";
import type { Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import { answerAs, refuseAmc } from "./amc-request";
import { EXECUTIONS_TYPE, executionOf } from "./executions";
import { resultPaths } from "./run-execution";

// Results of executions: presigned URLs of CSV files, of the rows and of what their columns are.

export const amcDownloadRoutes: Route[] = [
  {
    method: "GET",
    path: "/amc/reporting/{instanceId}/workflowExecutions/{executionId}/downloadUrls",
    operation: "amc.executions.downloadUrls",
    handle: (request) => listUrls(request),
  },
  {
    method: "GET",
    path: "/_amc/{part}/{executionId}",
    operation: "amc.files.get",
    handle: (request) => answerFile(request),
  },
];

async function listUrls(request: ApiRequest): Promise<Reply> {
  const execution = executionOf(request);
  const status = await request.sandbox.amc.executions.status(execution);
  if (status !== "SUCCEEDED") throw refuseAmc(400, `Execution with ID ${execution.id} is unavailable for download.`);
  const seconds = request.sandbox.settings.amcUrlExpirySeconds;
  const url = (part: "data" | "metadata") =>
    presignedUrl(request, { path: `/_amc/${part}/${execution.id}`, seconds }).url;
  const body = { downloadUrls: [url("data")], metadataDownloadUrls: [url("metadata")], nextToken: null };
  return answerAs(request, { types: [EXECUTIONS_TYPE], body, refuse: refuseAmc });
}

async function answerFile(request: ApiRequest): Promise<Reply> {
  const { part, executionId = "" } = request.params;
  const refusal = refusalOf(request);
  if (refusal) return refusal;
  if (part !== "data" && part !== "metadata") return denied(request, "Access Denied");
  const path = resultPaths(request.sandbox.amc.resultsDirectory, executionId)[part];
  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  );
  if (size === undefined) return denied(request, "Access Denied");
  return {
    status: 200,
    headers: { "content-type": "text/csv", "content-length": String(size) },
    body: createReadStream(path),
  };
}
