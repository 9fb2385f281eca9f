import { advertisersUnder, callerOf, type Refuse, scopeOf } from "../accounts/caller";
import { dspError, json, type Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import type { Advertiser } from "../world/types";

// DSP advertisers of an entity (contracts.md 3.1).

export const advertiserRoutes: Route[] = [
  { method: "GET", path: "/dsp/advertisers", operation: "dsp.advertisers.list", handle: (request) => list(request) },
  {
    method: "GET",
    path: "/dsp/advertisers/{advertiserId}",
    operation: "dsp.advertisers.get",
    handle: (request) => get(request),
  },
];

const MAX_START = 29_900;
const MAX_COUNT = 100;

function list(request: ApiRequest): Reply {
  const all = visible(request);
  const startIndex = wholeNumber(request, "startIndex", { least: 0, most: MAX_START, absent: 0 });
  // The size of a page without `count` is not documented; the largest is taken.
  const count = wholeNumber(request, "count", { least: 1, most: MAX_COUNT, absent: MAX_COUNT });
  const ids = request.query.get("advertiserIdFilter")?.split(",");
  const found = ids ? all.filter((advertiser) => ids.includes(advertiser.advertiserId)) : all;
  return json(200, { totalResults: found.length, response: found.slice(startIndex, startIndex + count).map(wire) });
}

function get(request: ApiRequest): Reply {
  const id = request.params.advertiserId ?? "";
  const advertiser = visible(request).find((candidate) => candidate.advertiserId === id);
  if (!advertiser) throw dspError(404, { message: `Advertiser ${id} not found`, requestId: request.requestId });
  return json(200, wire(advertiser));
}

function visible(request: ApiRequest): Advertiser[] {
  const refuse: Refuse = (status, message) => dspError(status, { message, requestId: request.requestId });
  const caller = callerOf(request, "Amazon-Advertising-API-ClientId", refuse);
  const profile = scopeOf(request, caller, refuse);
  if (profile.type !== "agency") throw refuse(401, "No matching advertiser found for scope");
  return advertisersUnder(request, caller, profile);
}

function wholeNumber(request: ApiRequest, name: string, of: { least: number; most: number; absent: number }): number {
  const text = request.query.get(name);
  if (text === null) return of.absent;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= of.least && value <= of.most) return value;
  const message = `${name} must be a whole number from ${of.least} to ${of.most}`;
  throw dspError(400, {
    message: "'1' validation error(s) found",
    requestId: request.requestId,
    errors: [{ errorType: "REQUEST_PARAMETER_INVALID", field: name, message }],
  });
}

function wire(advertiser: Advertiser) {
  const { advertiserId, name, currency, url, country, timezone } = advertiser;
  return { advertiserId, name, currency, url, country, timezone };
}
