// What every operation needs, and the header matrix (contracts 2.1).
import type { Clock } from "../core/clock";
import type { Log } from "../core/log";
import type { Http } from "./http";
import type { Region, RegionHosts } from "./regions";

export interface Wire {
  http: Http;
  clientId: string;
  clientSecret: string;
  hosts: Record<Region, RegionHosts>;
  clock: Clock;
  log: Log;
  /** Token calls are given less time than others: a person or a lease waits for them. */
  tokenTimeoutMs: number;
}

/** What every call on behalf of a consenting user carries. */
export interface Access {
  region: Region;
  accessToken: string;
  signal?: AbortSignal;
}

/** `query` leaves out undefined values. */
export function apiUrl(
  wire: Wire,
  region: Region,
  path: string,
  query: Record<string, string | undefined> = {},
): string {
  const url = new URL(wire.hosts[region].apiUrl.replace(/\/$/, "") + path);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
  return url.toString();
}

const bearer = (accessToken: string) => ({ authorization: `Bearer ${accessToken}` });

/** Headers of v2, v3, `/dsp` and reporting paths. `accountId` is a DSP advertiser id; never both. */
export function classicHeaders(
  wire: Wire,
  accessToken: string,
  scope: { profileId: string } | { accountId: string } | null,
): Record<string, string> {
  const headers = { ...bearer(accessToken), "amazon-advertising-api-clientid": wire.clientId };
  if (scope === null) return headers;
  return "profileId" in scope
    ? { ...headers, "amazon-advertising-api-scope": scope.profileId }
    : { ...headers, "amazon-ads-accountid": scope.accountId };
}

/** Headers of Ads API v1, which takes no Scope. */
export function adsApiHeaders(wire: Wire, accessToken: string, advertiserId: string): Record<string, string> {
  return {
    ...bearer(accessToken),
    "amazon-ads-clientid": wire.clientId,
    "amazon-ads-accountid": advertiserId,
    "content-type": "application/json",
  };
}
