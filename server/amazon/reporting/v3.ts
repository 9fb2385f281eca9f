// Reporting v3 (contracts 4.1): `POST /reporting/reports`, then GET until it is made.
import { z } from "zod";
import { Rejected, UnexpectedShape } from "../errors";
import type { Reply } from "../http";
import { AmazonId, openEnum, readShape } from "../json";
import { apiUrl, classicHeaders, type Wire } from "../wire";
import { downloadRows } from "./download-rows";
import type { ReportOwner, ReportReference, ReportStatus, ReportTransport, RequestReport } from "./transport";

const Report = z.object({
  reportId: AmazonId,
  status: openEnum(["PENDING", "PROCESSING", "COMPLETED", "FAILED"]),
  url: z.string().nullish(),
  urlExpiresAt: z.string().nullish(),
  fileSize: z.coerce.number().nullish(),
  failureReason: z.string().nullish(),
  createdAt: z.string().nullish(),
});

const Duplicate = z.object({ detail: z.string() });

// Exactly one of Scope and Amazon-Ads-AccountId is sent.
const scopeOf = (owner: ReportOwner) =>
  owner.kind === "entity" ? { profileId: owner.profileId } : { accountId: owner.advertiserId };

const advertisersOf = (owner: ReportOwner) => (owner.kind === "entity" ? owner.advertiserIds : [owner.advertiserId]);

function reportBody({ owner, question }: RequestReport): string {
  const { name, startDate, endDate, type, groupBy, columns, timeUnit, adProduct = "DEMAND_SIDE_PLATFORM" } = question;
  return JSON.stringify({
    name,
    startDate,
    endDate,
    configuration: {
      adProduct,
      reportTypeId: type,
      groupBy,
      columns,
      timeUnit,
      format: "GZIP_JSON",
      filters: [{ field: "advertiserId", values: advertisersOf(owner) }],
    },
  });
}

/** 425 names the report that is already being made. */
function duplicateOf({ body, facts }: Reply): { reportId: string; duplicate: true } {
  const { detail } = readShape(Duplicate, body, facts);
  const [, reportId] = /duplicate of\s*:\s*([\w-]+)/i.exec(detail) ?? [];
  if (!reportId) throw new Rejected(facts, { code: "425", details: "a duplicate whose report id is not named" });
  return { reportId, duplicate: true };
}

function statusOf({ body, facts }: Reply): ReportStatus {
  const report = readShape(Report, body, facts);
  if (report.status === "FAILED") return { state: "failed", failureReason: report.failureReason ?? "no reason given" };
  // A status we do not know is waited on; the caller's own deadline ends it.
  if (report.status !== "COMPLETED") return { state: "waiting" };
  if (!report.url) throw new UnexpectedShape(facts, "url", "missing in a completed report");
  return {
    state: "ready",
    url: report.url,
    urlExpiresAt: momentOf(report.urlExpiresAt),
    fileSize: report.fileSize ?? undefined,
    askedAt: momentOf(report.createdAt),
  };
}

function momentOf(text: string | null | undefined): Date | undefined {
  const moment = text ? new Date(text) : undefined;
  return moment && Number.isFinite(moment.getTime()) ? moment : undefined;
}

export function createReportingV3(wire: Wire): ReportTransport {
  return {
    request: (input: RequestReport) =>
      wire.http.call(
        {
          region: input.region,
          operation: "reporting.v3.request",
          method: "POST",
          url: apiUrl(wire, input.region, "/reporting/reports"),
          headers: {
            ...classicHeaders(wire, input.accessToken, scopeOf(input.owner)),
            "content-type": "application/vnd.createasyncreportrequest.v3+json",
          },
          body: reportBody(input),
          signal: input.signal,
          also: [425],
        },
        (reply) => {
          if (reply.status === 425) return duplicateOf(reply);
          return { reportId: readShape(Report, reply.body, reply.facts).reportId, duplicate: false };
        },
      ),

    status: ({ region, accessToken, owner, reportId, signal }: ReportReference) =>
      wire.http.call(
        {
          region,
          operation: "reporting.v3.status",
          method: "GET",
          url: apiUrl(wire, region, `/reporting/reports/${encodeURIComponent(reportId)}`),
          headers: classicHeaders(wire, accessToken, scopeOf(owner)),
          signal,
        },
        statusOf,
      ),

    download: (input) => downloadRows(wire, input),
  };
}
