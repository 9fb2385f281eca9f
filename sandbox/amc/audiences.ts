import { callerOf } from "../accounts/caller";
import { json, type Reply, ReplyError } from "../reply";
import type { ApiRequest, Route } from "../router";
import { amcAccountsOf, answerAs, CLIENT_HEADER, pageOf, TERMS } from "./amc-request";

// The list of an instance's AMC audiences (contracts.md 6.1). None is ever there: audiences cannot be made here.

export const amcAudienceRoutes: Route[] = [
  {
    method: "GET",
    path: "/amc/audiences/query",
    operation: "amc.audiences.list",
    handle: (request) => listAudiences(request),
  },
];

const TYPES = ["v1", "v1.1", "v1.2"].map((version) => `application/vnd.amcquerybasedaudience.${version}+json`);
const INSTANCE_HEADER = "Amazon-Marketing-Cloud-Audience-InstanceId";

function listAudiences(request: ApiRequest): Reply {
  const refuse = (status: number, details: string) =>
    new ReplyError(json(status, { code: String(status), details, requestId: request.requestId }));
  const { user } = callerOf(request, CLIENT_HEADER, refuse);
  const id = request.headers[INSTANCE_HEADER.toLowerCase()];
  if (!id) throw refuse(400, `${INSTANCE_HEADER} header is missing`);
  const account = amcAccountsOf(request, user).find(({ instances }) => instances.some((one) => one.instanceId === id));
  if (!account) throw refuse(401, `Not authorized to access instance ${id}`);
  if (!account.termsAccepted) throw refuse(403, TERMS);
  const { items, nextToken } = pageOf<object>(request, [], { size: "maxResults", refuse });
  return answerAs(request, { types: TYPES, body: { executionDataList: items, nextToken }, refuse });
}
