import { callerOf } from "../accounts/caller";
import { json, type Reply, ReplyError } from "../reply";
import type { ApiRequest, Route } from "../router";
import { amcAccountsOf, answerAs, CLIENT_HEADER, pageOf } from "./amc-request";

// AMC accounts (contracts.md 5.1). All of AMC answers on every regional host.

export const amcAccountRoutes: Route[] = [
  { method: "GET", path: "/amc/accounts", operation: "amc.accounts.list", handle: (request) => listAccounts(request) },
];

const TYPE = "application/vnd.amcaudiencesconnections.v1+json";

/** Whoever may use no AMC account gets an empty list. */
function listAccounts(request: ApiRequest): Reply {
  const refuse = (status: number, message: string) =>
    new ReplyError(json(status, { message, requestId: request.requestId }));
  const { user } = callerOf(request, CLIENT_HEADER, refuse);
  const { items, nextToken } = pageOf(request, amcAccountsOf(request, user), { size: "limit", refuse });
  const amcAccounts = items.map(({ accountId, accountName, marketplaceId }) => ({
    accountId,
    accountName,
    marketplaceId,
  }));
  return answerAs(request, { types: [TYPE], body: { amcAccounts, nextToken }, refuse });
}
