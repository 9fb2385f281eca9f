import { accessTo, advertiserOf, type Caller, callerOf, type Refuse, scopeOf } from "../accounts/caller";
import { json, type Reply, reportingError } from "../reply";
import type { ApiRequest, Route } from "../router";
import { localDay } from "../world/calendar";
import type { Advertiser } from "../world/types";
import { checkV3 } from "./check-v3";
import type { Report } from "./desk";
import { presign } from "./files";
import type { V3Body } from "./plan-v3";

// Reporting v3 (contracts.md 4.1): create, poll, cancel.

export const reportV3Routes: Route[] = [
  { method: "POST", path: "/reporting/reports", operation: "reports.create", handle: (request) => create(request) },
  { method: "GET", path: "/reporting/reports/{id}", operation: "reports.get", handle: (request) => get(request) },
  {
    method: "DELETE",
    path: "/reporting/reports/{id}",
    operation: "reports.delete",
    handle: (request) => cancel(request),
  },
];

const refuse: Refuse = (status, message) => reportingError(status, message);
const CREATE_TYPE = "application/vnd.createasyncreportrequest.v3+json";

function create(request: ApiRequest): Reply {
  const caller = callerOf(request, "Amazon-Advertising-API-ClientId", refuse);
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== CREATE_TYPE) throw reportingError(415, `Content-Type must be ${CREATE_TYPE}`);
  const reach = reachOf(request, caller);
  const today = localDay(request.sandbox.clock.now(), reach.timezone);
  const { body } = checkV3(request.body, today);
  const advertisers = (body.configuration.filters[0]?.values ?? []).map((id) => reach.find(id));
  for (const advertiser of advertisers) mayReport(caller, advertiser);
  const { name: _name, ...asked } = body;
  const { desk } = request.sandbox;
  const key = JSON.stringify([request.region, asked]);
  const first = desk.duplicateOf(key);
  request.fingerprint = fingerprintOf(body);
  if (first) throw reportingError(425, `The Request is a duplicate of : ${first.id}`);
  const advertiserIds = advertisers.map((advertiser) => advertiser.advertiserId);
  const report = desk.create({ dialect: "v3", region: request.region, body, advertiserIds, key });
  return json(200, wire(request, report, "PENDING"));
}

function fingerprintOf(body: V3Body): string {
  const { reportTypeId, groupBy, filters } = body.configuration;
  return [filters[0]?.values.join(","), reportTypeId, `${body.startDate}..${body.endDate}`, groupBy.join(",")].join(
    " ",
  );
}

interface Reach {
  timezone: string;
  find(advertiserId: string): Advertiser;
}

/** Exactly one of Scope and Amazon-Ads-AccountId says which advertisers can be asked for. */
function reachOf(request: ApiRequest, caller: Caller): Reach {
  const scope = request.headers["amazon-advertising-api-scope"];
  const account = request.headers["amazon-ads-accountid"];
  if (scope && account)
    throw reportingError(400, "Send exactly one of Amazon-Advertising-API-Scope and Amazon-Ads-AccountId");
  if (account) {
    const advertiser = advertiserOf(request, caller, { id: account, refuse });
    return {
      timezone: advertiser.timezone,
      find(id) {
        if (id !== account) throw reportingError(400, "The advertiserId filter does not match Amazon-Ads-AccountId");
        return advertiser;
      },
    };
  }
  const profile = scopeOf(request, caller, refuse);
  return {
    timezone: profile.timezone,
    find(id) {
      const advertiser = request.sandbox.world.advertisers.find(
        (candidate) => candidate.advertiserId === id && candidate.profileId === profile.profileId,
      );
      if (!advertiser || accessTo(caller.user, id) === undefined)
        throw reportingError(401, "No matching advertiser found for scope");
      return advertiser;
    },
  };
}

function mayReport(caller: Caller, advertiser: Advertiser): void {
  if (accessTo(caller.user, advertiser.advertiserId) === "noReports") {
    throw reportingError(401, `Not authorized to access reports of advertiser ${advertiser.advertiserId}`);
  }
}

function reportOf(request: ApiRequest): Report {
  const caller = callerOf(request, "Amazon-Advertising-API-ClientId", refuse);
  const id = request.params.id ?? "";
  const report = request.sandbox.desk.find(id);
  const allowed = report?.advertiserIds.every((advertiserId) => {
    const access = accessTo(caller.user, advertiserId);
    return access === "edit" || access === "view";
  });
  if (!report || !allowed || report.dialect !== "v3" || report.region !== request.region) {
    throw reportingError(404, `Report ${id} not found`);
  }
  return report;
}

async function get(request: ApiRequest): Promise<Reply> {
  const report = reportOf(request);
  return json(200, wire(request, report, await request.sandbox.desk.status(report)));
}

async function cancel(request: ApiRequest): Promise<Reply> {
  const report = reportOf(request);
  const status = await request.sandbox.desk.status(report);
  if (status !== "PENDING") {
    throw reportingError(400, `Report ${report.id} is ${status} and cannot be cancelled`);
  }
  request.sandbox.desk.cancel(report);
  return json(200, wire(request, report, status));
}

function wire(request: ApiRequest, report: Report, status: string) {
  const body = report.body as V3Body;
  const at = (moment: number) => new Date(moment).toISOString();
  const link = status === "COMPLETED" ? presign(request, report) : undefined;
  return {
    reportId: report.id,
    name: body.name ?? null,
    status,
    startDate: body.startDate,
    endDate: body.endDate,
    configuration: body.configuration,
    createdAt: at(report.createdAt),
    updatedAt: at(report.generatedAt ?? report.createdAt),
    generatedAt: link && report.generatedAt !== undefined ? at(report.generatedAt) : null,
    fileSize: link ? (report.fileSize ?? null) : null,
    url: link?.url ?? null,
    urlExpiresAt: link ? at(link.expiresAt) : null,
    failureReason: report.failure ?? null,
  };
}
