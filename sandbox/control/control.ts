import { askedBy } from "../amc/execution";
import type { Call, CallFilter, CountFilter } from "../calls";
import type { ClockChange, ClockReading } from "../clock";
import type { Effects } from "../events/effects";
import type { Fault, FaultSpec } from "../faults";
import type { Settings } from "../limits";
import type { Sandbox } from "../sandbox";
import type { AmcAccount } from "../world/types";
import { checkToken, type MintedGrant, type MintSpec, mintGrants, type TokenAsked, type TokenStanding } from "./grants";
import { type Truth, type TruthQuery, truthOf } from "./truth";

/** What a test may read and move, in-process or over /_sandbox. */
export interface Control {
  clock: { read(): ClockReading; set(change: ClockChange): ClockReading };
  faults: { add(spec: FaultSpec): Fault; list(): Fault[]; clear(id?: string): void };
  calls: {
    list(filter?: CallFilter): Call[];
    counts(filter?: CountFilter): Record<string, number>;
    reportCreates(filter?: CallFilter): Record<string, number>;
    clear(): void;
  };
  truth(query: TruthQuery): Truth | undefined;
  /** What an advertiser's channels truly bring, among the identified people of its AMC events; seconds of work. */
  effects(advertiserId: string): Promise<Effects | undefined>;
  amc: {
    /** What a person does in AMC's own pages. */
    acceptTerms(terms: { accountId: string; accepted: boolean }): { accountId: string; accepted: boolean };
    /** How many executions were made of the same instance, SQL, window and parameters, whether or not their creation was answered. */
    runs(): Record<string, number>;
  };
  /** Takes consent back; the number of grants that ended. */
  revoke(which: { userId?: string | undefined; refreshToken?: string | undefined }): number;
  grants: {
    /** Consents of the registered client, without the page. */
    mint(spec: MintSpec): MintedGrant[];
    /** What became of a token that was handed out. */
    check(asked: TokenAsked): TokenStanding;
  };
  credentials(): Credentials;
  settings: { read(): Settings; set(change: Partial<Settings>): Settings };
  world(): WorldView;
}

export interface Credentials {
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  userId: string;
  profileId: string;
  entityId: string;
  advertiserId: string;
  marketplaceId: string;
  region: string;
  amcAccountId: string;
  amcInstanceId: string;
  amcMarketplaceId: string;
}

export interface WorldView {
  seed: number;
  anchor: string;
  firstDay: string;
  users: { id: string; name: string; email: string; access: Record<string, string>; otherProfileIds: string[] }[];
  advertisers: {
    advertiserId: string;
    name: string;
    region: string;
    entityId: string;
    profileId: string;
    currency: string;
    timezone: string;
  }[];
  campaigns: { campaignId: string; advertiserId: string; name: string; state: string; anomalies: object[] }[];
  amc: (Omit<AmcAccount, "instances"> & {
    instances: { instanceId: string; instanceName: string; instanceType: string; advertiserIds: string[] }[];
  })[];
  clients: { clientId: string; clientSecret: string; name: string; returnUrls: string[] }[];
}

export function createControl(sandbox: Sandbox): Control {
  return {
    clock: { read: sandbox.clock.read, set: sandbox.clock.change },
    faults: { add: sandbox.faults.add, list: sandbox.faults.list, clear: sandbox.faults.clear },
    calls: sandbox.calls,
    truth: (query) => truthOf(sandbox, query),
    effects: (advertiserId) => sandbox.amc.effectsOf(advertiserId),
    amc: {
      acceptTerms(terms) {
        sandbox.amc.book.acceptTerms(terms.accountId, terms.accepted);
        return terms;
      },
      runs() {
        const counts: Record<string, number> = {};
        for (const asked of sandbox.amc.executions.list().map(askedBy)) counts[asked] = (counts[asked] ?? 0) + 1;
        return counts;
      },
    },
    revoke: sandbox.grants.revoke,
    grants: { mint: (spec) => mintGrants(sandbox, spec), check: (asked) => checkToken(sandbox, asked) },
    credentials: () => credentialsOf(sandbox),
    settings: {
      read: () => sandbox.settings,
      set: (change) => Object.assign(sandbox.settings, change),
    },
    world: () => viewOf(sandbox),
  };
}

/** What any Amazon Ads client needs to be pointed at this sandbox; the consent is that of the first user. */
function credentialsOf(sandbox: Sandbox): Credentials {
  const { world, grants } = sandbox;
  const client = sandbox.clients[0];
  const user = world.users[0];
  const advertiser = world.advertisers[0];
  const amc = world.amc[0];
  if (!client || !user || !advertiser || !amc) throw new Error("the world is empty");
  const scopes = ["advertising::campaign_management", "advertising::audiences", "profile"];
  const grant =
    grants.handedOut() ?? grants.addGrant({ userId: user.id, clientId: client.clientId, scopes, handedOut: true });
  return {
    clientId: client.clientId,
    clientSecret: client.clientSecret,
    refreshToken: grant.refreshToken,
    userId: user.id,
    profileId: advertiser.profileId,
    entityId: advertiser.entityId,
    advertiserId: advertiser.advertiserId,
    marketplaceId: advertiser.marketplace,
    region: advertiser.region,
    amcAccountId: amc.accountId,
    amcInstanceId: amc.instances[0]?.instanceId ?? "",
    amcMarketplaceId: amc.marketplaceId,
  };
}

function viewOf({ world, clients, amc }: Sandbox): WorldView {
  return {
    seed: world.seed,
    anchor: world.anchor,
    firstDay: world.campaigns.map((campaign) => campaign.startDay).sort()[0] ?? world.anchor,
    users: world.users.map(({ id, name, email, access, otherProfileIds }) => ({
      id,
      name,
      email,
      access,
      otherProfileIds,
    })),
    advertisers: world.advertisers.map(({ advertiserId, name, region, entityId, profileId, currency, timezone }) => ({
      advertiserId,
      name,
      region,
      entityId,
      profileId,
      currency,
      timezone,
    })),
    campaigns: world.campaigns.map(({ campaignId, advertiser, name, state, anomalies }) => ({
      campaignId,
      advertiserId: advertiser.advertiserId,
      name,
      state,
      anomalies,
    })),
    amc: world.amc.map((account) => ({
      ...account,
      termsAccepted: amc.book.termsAccepted(account.accountId),
      instances: amc.book
        .instancesOf(account.accountId)
        .map(({ instanceId, instanceName, instanceType, advertisers }) => ({
          instanceId,
          instanceName,
          instanceType,
          advertiserIds: advertisers.map(({ id }) => id),
        })),
    })),
    clients: clients.map(({ clientId, clientSecret, name, returnUrls }) => ({
      clientId,
      clientSecret,
      name,
      returnUrls,
    })),
  };
}
