// The older DSP report (contracts 4.2): `/accounts/{accountId}/dsp/reports`, without a Scope header.
import { z } from "zod";
import { UnexpectedShape } from "../errors";
import type { Reply } from "../http";
import { AmazonId, openEnum, readShape } from "../json";
import { apiUrl, classicHeaders, type Wire } from "../wire";
import { downloadRows } from "./download-rows";
import type { ReportOwner, ReportReference, ReportStatus, ReportTransport, RequestReport } from "./transport";

const Report = z.object({
  reportId: AmazonId,
  status: openEnum(["IN_PROGRESS", "SUCCESS", "FAILURE"]),
  statusDetails: z.string().nullish(),
  location: z.string().nullish(),
  /** Epoch milliseconds. */
  expiration: z.coerce.number().nullish(),
});

const accountOf = (owner: ReportOwner) => (owner.kind === "entity" ? owner.entityId : owner.advertiserId);

const pathOf = (owner: ReportOwner) => `/accounts/${encodeURIComponent(accountOf(owner))}/dsp/reports`;

function reportBody({ owner, question }: RequestReport): string {
  const { type, groupBy, columns, startDate, endDate, timeUnit } = question;
  return JSON.stringify({
    type,
    dimensions: groupBy,
    metrics: columns,
    startDate,
    endDate,
    timeUnit,
    format: "JSON",
    advertiserIds: owner.kind === "entity" ? owner.advertiserIds : undefined,
  });
}

function statusOf({ body, facts }: Reply): ReportStatus {
  const report = readShape(Report, body, facts);
  if (report.status === "FAILURE") return { state: "failed", failureReason: report.statusDetails ?? "no reason given" };
  if (report.status !== "SUCCESS") return { state: "waiting" };
  if (!report.location) throw new UnexpectedShape(facts, "location", "missing in a finished report");
  const urlExpiresAt = report.expiration ? new Date(report.expiration) : undefined;
  return { state: "ready", url: report.location, urlExpiresAt };
}

export function createLegacyReporting(wire: Wire): ReportTransport {
  return {
    request: (input: RequestReport) =>
      wire.http.call(
        {
          region: input.region,
          operation: "reporting.legacy.request",
          method: "POST",
          url: apiUrl(wire, input.region, pathOf(input.owner)),
          account: accountOf(input.owner),
          headers: {
            ...classicHeaders(wire, input.accessToken, null),
            accept: "application/vnd.dspcreatereports.v3+json",
            "content-type": "application/json",
          },
          body: reportBody(input),
          signal: input.signal,
        },
        ({ body, facts }) => ({ reportId: readShape(Report, body, facts).reportId, duplicate: false }),
      ),

    status: ({ region, accessToken, owner, reportId, signal }: ReportReference) =>
      wire.http.call(
        {
          region,
          operation: "reporting.legacy.status",
          method: "GET",
          url: apiUrl(wire, region, `${pathOf(owner)}/${encodeURIComponent(reportId)}`),
          account: accountOf(owner),
          headers: { ...classicHeaders(wire, accessToken, null), accept: "application/vnd.dspgetreports.v3+json" },
          signal,
        },
        statusOf,
      ),

    download: (input) => downloadRows(wire, input),
  };
}
