// The typed client for Amazon. It knows no database, no environment and no product; it sends each request once.
import type { Clock } from "../core/clock";
import type { Log } from "../core/log";
import { type DspAdvertiser, type ListAdvertisers, listAdvertisers } from "./accounts/list-advertisers";
import { type ListProfiles, listProfiles, type Profile } from "./accounts/list-profiles";
import { type Amc, createAmc } from "./amc/amc";
import type { Ad, AdGroup, Campaign } from "./dsp/entities";
import {
  type QueryAdGroups,
  type QueryAds,
  type QueryCampaigns,
  queryAdGroups,
  queryAds,
  queryCampaigns,
} from "./dsp/query-entities";
import {
  type AdChange,
  type AdGroupChange,
  type CampaignChange,
  type UpdateEntities,
  type UpdateOutcome,
  updateAdGroups,
  updateAds,
  updateCampaigns,
} from "./dsp/update-entities";
import { createHttp, type OnCall } from "./http";
import { createLimiter, type Limiter } from "./limiter";
import { type AuthorizeRequest, authorizeUrl } from "./lwa/authorize-url";
import { type ExchangeCode, exchangeCode, type Refresh, refreshTokens, type Tokens } from "./lwa/tokens";
import { readUserProfile, type UserProfile } from "./lwa/user-profile";
import type { Region, RegionHosts } from "./regions";
import { createLegacyReporting } from "./reporting/legacy";
import type { ReportTransport } from "./reporting/transport";
import { createReportingV3 } from "./reporting/v3";
import type { Send } from "./send";
import type { Wire } from "./wire";

export interface AmazonOptions {
  clientId: string;
  clientSecret: string;
  hosts: Record<Region, RegionHosts>;
  clock: Clock;
  log: Log;
  /** Instead of the network. */
  send?: Send;
  /** Kept in this process when not given. */
  limiter?: Limiter;
  /** Also told of requests that failed, not of those that were held back. */
  onCall?: OnCall;
  /** API calls and the longest stall of a download: 30 s; token calls: 10 s. */
  timeouts?: { callMs?: number; tokenMs?: number };
}

/**
 * Every function throws an AmazonError (or the reason its `signal` was aborted with) and never retries. Ids are strings.
 */
export interface Amazon {
  lwa: {
    authorizeUrl(request: AuthorizeRequest): string;
    exchangeCode(input: ExchangeCode): Promise<Tokens>;
    refresh(input: Refresh): Promise<Tokens>;
    userProfile(input: { accessToken: string; signal?: AbortSignal }): Promise<UserProfile>;
    /** Where refreshes of a region go, and as which client: what one of them learns holds for the others. */
    tokenHost(region: Region): string;
  };
  accounts: {
    listProfiles(input: ListProfiles): Promise<Profile[]>;
    listAdvertisers(input: ListAdvertisers): Promise<DspAdvertiser[]>;
  };
  dsp: {
    queryCampaigns(input: QueryCampaigns): AsyncIterable<Campaign[]>;
    queryAdGroups(input: QueryAdGroups): AsyncIterable<AdGroup[]>;
    queryAds(input: QueryAds): AsyncIterable<Ad[]>;
    updateCampaigns(input: UpdateEntities<CampaignChange>): Promise<UpdateOutcome<Campaign>>;
    updateAdGroups(input: UpdateEntities<AdGroupChange>): Promise<UpdateOutcome<AdGroup>>;
    updateAds(input: UpdateEntities<AdChange>): Promise<UpdateOutcome<Ad>>;
  };
  amc: Amc;
  reporting: { v3: ReportTransport; legacy: ReportTransport };
}

export function createAmazon(options: AmazonOptions): Amazon {
  const { clientId, clientSecret, hosts, clock, log } = options;
  const http = createHttp({
    clientId,
    clock,
    log,
    limiter: options.limiter ?? createLimiter({ clock }),
    send: options.send,
    onCall: options.onCall,
    timeoutMs: options.timeouts?.callMs ?? 30_000,
  });
  const tokenTimeoutMs = options.timeouts?.tokenMs ?? 10_000;
  const wire: Wire = { http, clientId, clientSecret, hosts, clock, log, tokenTimeoutMs };
  return {
    lwa: {
      authorizeUrl: (request) => authorizeUrl(wire, request),
      exchangeCode: (input) => exchangeCode(wire, input),
      refresh: (input) => refreshTokens(wire, input),
      userProfile: (input) => readUserProfile(wire, input),
      tokenHost: (region) => `${new URL(hosts[region].tokenUrl).host} ${clientId}`,
    },
    accounts: {
      listProfiles: (input) => listProfiles(wire, input),
      listAdvertisers: (input) => listAdvertisers(wire, input),
    },
    dsp: {
      queryCampaigns: (input) => queryCampaigns(wire, input),
      queryAdGroups: (input) => queryAdGroups(wire, input),
      queryAds: (input) => queryAds(wire, input),
      updateCampaigns: (input) => updateCampaigns(wire, input),
      updateAdGroups: (input) => updateAdGroups(wire, input),
      updateAds: (input) => updateAds(wire, input),
    },
    amc: createAmc(wire),
    reporting: { v3: createReportingV3(wire), legacy: createLegacyReporting(wire) },
  };
}

export type { DspAdvertiser } from "./accounts/list-advertisers";
export type { Profile } from "./accounts/list-profiles";
export type { ResultBatch } from "./amc/download-result";
export type { AmcRun } from "./amc/executions";
export type { AmcAccount } from "./amc/list-accounts";
export type { AmcInstance } from "./amc/list-instances";
export type { AmcOwner, InstanceAccess } from "./amc/request";
export type { WorkflowParameter } from "./amc/workflows";
export { asCaller, type Caller } from "./caller";
export type { Ad, AdGroup, Budget, Campaign, Flight } from "./dsp/entities";
export type { AdChange, AdGroupChange, CampaignChange, UpdateOutcome } from "./dsp/update-entities";
export {
  AmazonError,
  ClientRejected,
  GrantRejected,
  Rejected,
  Throttled,
  Unauthorized,
  Unavailable,
  UnexpectedShape,
  UrlExpired,
} from "./errors";
export type { CallRecord, OnCall } from "./http";
export { AmazonId } from "./json";
export type { LimitStore } from "./limit-store";
export { createLimiter, type Limiter } from "./limiter";
export type { Tokens } from "./lwa/tokens";
export type { UserProfile } from "./lwa/user-profile";
export { openRedisLimits } from "./redis-limits";
export { type Region, type RegionHosts, regions } from "./regions";
export type { Row, RowBatch } from "./reporting/split-rows";
export type { ReportOwner, ReportQuestion, ReportStatus, ReportTransport } from "./reporting/transport";
