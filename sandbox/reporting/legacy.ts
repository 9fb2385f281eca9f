import { accessTo, type Caller, callerOf, type Refuse } from "../accounts/caller";
import { dspError, json, type Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import { localDay } from "../world/calendar";
import type { Advertiser } from "../world/types";
import { checkLegacy } from "./check-legacy";
import type { Report } from "./desk";
import { presign } from "./files";
import type { LegacyBody } from "./plan-legacy";

// The older DSP report (contracts.md 4.2).

export const legacyRoutes: Route[] = [
  {
    method: "POST",
    path: "/accounts/{accountId}/dsp/reports",
    operation: "legacy.reports.create",
    handle: (request) => create(request),
  },
  {
    method: "GET",
    path: "/accounts/{accountId}/dsp/reports/{reportId}",
    operation: "legacy.reports.get",
    handle: (request) => get(request),
  },
];

const CREATE_ACCEPT = "application/vnd.dspcreatereports.v3+json";
const GET_ACCEPT = "application/vnd.dspgetreports.v3+json";

function create(request: ApiRequest): Reply {
  const { requestId, sandbox } = request;
  const advertisers = open(request, CREATE_ACCEPT);
  if (mediaType(request.headers["content-type"]) !== "application/json") {
    throw dspError(415, { message: "Content-Type must be application/json", requestId });
  }
  const zone = advertisers[0]?.timezone ?? "UTC";
  const { advertiserIds, ...body } = checkLegacy(request, localDay(sandbox.clock.now(), zone));
  const chosen = advertiserIds
    ? advertisers.filter(({ advertiserId }) => advertiserIds.includes(advertiserId))
    : advertisers;
  if (advertiserIds && chosen.length !== new Set(advertiserIds).size) {
    throw dspError(401, { message: "Not authorized to access one of advertiserIds", requestId });
  }
  const ids = chosen.map(({ advertiserId }) => advertiserId);
  request.fingerprint = [
    ids.join(","),
    `legacy ${body.type}`,
    `${body.startDate}..${body.endDate}`,
    body.dimensions.join(","),
  ].join(" ");
  const report = sandbox.desk.create({
    dialect: "legacy",
    region: request.region,
    body,
    advertiserIds: ids,
    // Duplicates are not refused in this dialect.
    key: "",
  });
  return json(202, wire(request, report, "IN_PROGRESS"));
}

async function get(request: ApiRequest): Promise<Reply> {
  const advertisers = open(request, GET_ACCEPT);
  const id = request.params.reportId ?? "";
  const report = request.sandbox.desk.find(id);
  const mine = report?.advertiserIds.every((own) => advertisers.some(({ advertiserId }) => advertiserId === own));
  if (!report || !mine || report.dialect !== "legacy" || report.region !== request.region) {
    throw dspError(404, { message: `Report ${id} not found`, requestId: request.requestId });
  }
  const status = await request.sandbox.desk.status(report);
  const words = { PENDING: "IN_PROGRESS", PROCESSING: "IN_PROGRESS", COMPLETED: "SUCCESS", FAILED: "FAILURE" } as const;
  return json(200, wire(request, report, words[status]));
}

/** Checks headers and the account in the path; the advertisers it stands for. */
function open(request: ApiRequest, accept: string): Advertiser[] {
  const { requestId } = request;
  const refuse: Refuse = (status, message) => dspError(status, { message, requestId });
  const caller = callerOf(request, "Amazon-Advertising-API-ClientId", refuse);
  if (mediaType(request.headers.accept) !== accept) {
    throw dspError(406, { message: `Accept must be ${accept}`, requestId });
  }
  const accountId = request.params.accountId ?? "";
  const visible = visibleUnder(request, caller, accountId);
  if (visible.length === 0) throw refuse(401, `Not authorized to access account ${accountId}`);
  const here = visible.filter((advertiser) => advertiser.region === request.region);
  if (here.length === 0) throw refuse(403, `Account ${accountId} belongs to another region`);
  const reportable = here.filter(({ advertiserId }) => accessTo(caller.user, advertiserId) !== "noReports");
  if (reportable.length === 0) throw refuse(401, `Not authorized to access reports of account ${accountId}`);
  return reportable;
}

function visibleUnder(request: ApiRequest, caller: Caller, accountId: string): Advertiser[] {
  return request.sandbox.world.advertisers.filter(
    (advertiser) =>
      (advertiser.entityId === accountId || advertiser.advertiserId === accountId) &&
      accessTo(caller.user, advertiser.advertiserId) !== undefined,
  );
}

const mediaType = (header: string | undefined): string => (header ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

const DETAILS = { IN_PROGRESS: "Report is being generated", SUCCESS: "Report was generated", FAILURE: "Report failed" };

function wire(request: ApiRequest, report: Report, status: keyof typeof DETAILS) {
  const body = report.body as LegacyBody;
  const link = status === "SUCCESS" ? presign(request, report) : undefined;
  return {
    reportId: report.id,
    type: body.type,
    format: body.format,
    status,
    statusDetails: report.failure ?? DETAILS[status],
    location: link?.url ?? null,
    expiration: link?.expiresAt ?? null,
  };
}
