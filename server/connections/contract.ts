// What the browser and other slices may know of connections and accounts. Moments are ISO 8601 in UTC.
import { z } from "zod";
import type { Topic } from "../core/context";

export const Region = z.enum(["NA", "EU", "FE"]);
export type Region = z.infer<typeof Region>;

export const regionNames: Record<Region, string> = {
  NA: "North America",
  EU: "Europe",
  FE: "Far East",
};

/** Marketplaces of a region, as Amazon lists them. */
export const regionMarkets: Record<Region, string> = {
  NA: "United States, Canada, Mexico, Brazil",
  EU: "United Kingdom, Germany, France, Italy, Spain, Netherlands, Belgium, Poland, Sweden, Türkiye, Egypt, Saudi Arabia, United Arab Emirates, India, South Africa",
  FE: "Japan, Australia, Singapore",
};

/** healthy | expiring | degraded (transient, retried) | needs_reconsent | disconnected (by a person). */
export const ConnectionState = z.enum(["healthy", "expiring", "degraded", "needs_reconsent", "disconnected"]);
export type ConnectionState = z.infer<typeof ConnectionState>;

/** States in which a connection gives tokens, the healthiest first. */
export const usableStates: readonly ConnectionState[] = ["healthy", "expiring", "degraded"];

/** `unproven`: nothing speaks against it, but it shows only when it is first used; `reason` says so. */
export const Capability = z.object({
  ok: z.boolean(),
  unproven: z.boolean().optional(),
  reason: z.string().optional(),
  remedy: z.string().optional(),
  /** Asked again after that, but Amazon gave no usable answer: what was known then still stands. */
  uncheckedSince: z.iso.datetime().optional(),
});
export type Capability = z.infer<typeof Capability>;

/** What may be done with an account; where `ok` is false, `reason` says why. */
export const Capabilities = z.object({
  campaigns: Capability,
  reports: Capability,
  write: Capability,
  amc: Capability,
  audiences: Capability,
});
export type Capabilities = z.infer<typeof Capabilities>;

export const CapabilityName = Capabilities.keyof();
export type CapabilityName = z.infer<typeof CapabilityName>;

export const RegionDiscovery = z.object({
  state: z.enum(["waiting", "running", "done", "failed"]),
  profiles: z.int(),
  entities: z.int(),
  advertisers: z.int(),
  reason: z.string().optional(),
  remedy: z.string().optional(),
  /** When this was last true. */
  at: z.iso.datetime().optional(),
  /** When a failed region is tried again by itself. */
  nextTryAt: z.iso.datetime().optional(),
});
export type RegionDiscovery = z.infer<typeof RegionDiscovery>;

/** What was found in each region. */
export const DiscoverySummary = z.record(Region, RegionDiscovery);
export type DiscoverySummary = z.infer<typeof DiscoverySummary>;

export const AccountKind = z.enum(["profile", "dsp_entity", "dsp_advertiser"]);
export type AccountKind = z.infer<typeof AccountKind>;

export const accountKindNames: Record<AccountKind, string> = {
  profile: "Sponsored ads profile",
  dsp_entity: "DSP entity",
  dsp_advertiser: "DSP advertiser",
};

/** The access token of a connection, as far as a person may know it. */
export const TokenStatus = z.object({
  /** Access is valid until then; null: none is held. */
  expiresAt: z.iso.datetime().nullable(),
  /** From then on the next use fetches a new one. */
  renewsAt: z.iso.datetime().nullable(),
  refreshedAt: z.iso.datetime().nullable(),
  lastOutcome: z.string().nullable(),
  lastOutcomeAt: z.iso.datetime().nullable(),
  /** After a failure: not tried again before then. */
  retryAt: z.iso.datetime().nullable(),
});
export type TokenStatus = z.infer<typeof TokenStatus>;

export const Connection = z.object({
  id: z.uuid(),
  /** Where the consent was given; it works in all regions. */
  region: Region,
  amazonUserId: z.string(),
  amazonUserName: z.string(),
  amazonUserEmail: z.string().nullable(),
  /** The person of the agency who connected it. */
  ownerUserId: z.uuid(),
  ownerName: z.string().nullable(),
  /** The owner can no longer sign in: suspended, or gone. */
  ownerLeft: z.boolean(),
  scopes: z.array(z.string()),
  state: ConnectionState,
  stateReason: z.string().nullable(),
  stateRemedy: z.string().nullable(),
  stateSince: z.iso.datetime(),
  consentedAt: z.iso.datetime(),
  /** The consent may end then, a year after it was given; null: it is not known to end. */
  consentExpiresAt: z.iso.datetime().nullable(),
  token: TokenStatus,
  discovery: DiscoverySummary,
  discoveredAt: z.iso.datetime().nullable(),
  /** Accounts it reaches. */
  accounts: z.int(),
  /** Those of them that are read through it; of the others it is the back-up. */
  accountsPrimary: z.int(),
  /** Accounts that no other usable connection reaches: lost with it. */
  accountsOnlyHere: z.int(),
  createdAt: z.iso.datetime(),
});
export type Connection = z.infer<typeof Connection>;

export const Account = z.object({
  id: z.uuid(),
  kind: AccountKind,
  region: Region,
  amazonId: z.string(),
  name: z.string(),
  entityId: z.string().nullable(),
  countryCode: z.string(),
  currency: z.string(),
  /** IANA zone of its report days. */
  timeZone: z.string(),
  brandId: z.uuid().nullable(),
  brandName: z.string().nullable(),
  /** Its brand is archived: the account keeps its data and syncs on. */
  brandArchived: z.boolean(),
  capabilities: Capabilities,
  /** How many connections reach it now. */
  reachedBy: z.int(),
  /** Which they are; empty for those who may not see connections. */
  connections: z.array(z.object({ id: z.uuid(), name: z.string(), state: ConnectionState })),
  /** The one of them it is read through; null: none, or for those who may not see connections. */
  connectionId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
  /** When a discovery last saw it. */
  seenAt: z.iso.datetime(),
  /** When its capabilities were last asked for; null: no connection reaches it. */
  probedAt: z.iso.datetime().nullable(),
  version: z.int(),
});
export type Account = z.infer<typeof Account>;

export const BeginOAuth = z.strictObject({ region: Region });

/** Where to send the browser, and until when the consent must be back. */
export interface ConsentStart {
  authorizeUrl: string;
  expiresAt: string;
}

/** What came of a consent; the same on every reload of the callback. */
export const ConnectOutcome = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("connected"), connectionId: z.uuid() }),
  z.object({ kind: z.literal("failed"), reason: z.string(), remedy: z.string() }),
]);
export type ConnectOutcome = z.infer<typeof ConnectOutcome>;

/** `under_way`: an earlier request of the same consent is still at it; look again in a moment. */
export type CallbackOutcome = ConnectOutcome | { kind: "under_way" };

export const AssignAccounts = z.strictObject({
  accountIds: z.array(z.uuid()).min(1, "Choose at least one account.").max(500, "At most 500 accounts at once."),
  /** Null takes the accounts away from their brand. */
  brandId: z.uuid().nullable(),
});

/** One account of a bulk assignment: what happened, and why where nothing did. */
export interface AssignedAccount {
  accountId: string;
  name: string | null;
  outcome: "assigned" | "unchanged" | "refused" | "not_found";
  reason?: string;
}

export const ConnectionId = z.strictObject({ id: z.uuid() });

/** `running`: Amazon takes its time; the account shows the answers when they are there. */
export interface ProbeOutcome {
  id: string;
  state: "done" | "running";
}

export const ReadThrough = z.strictObject({ id: z.uuid(), connectionId: z.uuid() });

const AccountsDiscovered = z.object({ accountIds: z.array(z.uuid()) });

/** Advertisers whose campaigns became readable for the first time, or again. */
export const accountsDiscovered: Topic<z.infer<typeof AccountsDiscovered>> = {
  name: "connections.accountsDiscovered",
  parse: (payload) => AccountsDiscovered.parse(payload),
};

const ConnectionStateChanged = z.object({
  connectionId: z.uuid(),
  /** The Amazon user. */
  name: z.string(),
  ownerUserId: z.uuid(),
  from: ConnectionState,
  to: ConnectionState,
  reason: z.string().nullable(),
  remedy: z.string().nullable(),
  /** When the former state began. */
  since: z.iso.datetime(),
  at: z.iso.datetime(),
  /** Advertisers that are read through another connection from now on. */
  movedAccounts: z.int(),
  /** Advertisers that no connection can read any more. */
  strandedAccounts: z.int(),
});
export type ConnectionStateChanged = z.infer<typeof ConnectionStateChanged>;

/** A connection's state changed by itself, for the worse or the better. Once a change. */
export const connectionStateChanged: Topic<ConnectionStateChanged> = {
  name: "connections.stateChanged",
  parse: (payload) => ConnectionStateChanged.parse(payload),
};

const ConsentEnding = z.object({
  connectionId: z.uuid(),
  name: z.string(),
  ownerUserId: z.uuid(),
  expiresAt: z.iso.datetime(),
  /** 30, 14, 7 or 1. */
  daysLeft: z.int(),
});
export type ConsentEnding = z.infer<typeof ConsentEnding>;

/** A consent may end soon. Once for each of 30, 14, 7 and 1 days before. */
export const consentEnding: Topic<ConsentEnding> = {
  name: "connections.consentEnding",
  parse: (payload) => ConsentEnding.parse(payload),
};

const ClientStanding = z.object({
  /** False: every refresh of this installation waits. True: it was put right. */
  accepted: z.boolean(),
  reason: z.string(),
  remedy: z.string(),
  /** When Amazon first refused the client. */
  since: z.iso.datetime(),
  at: z.iso.datetime(),
});
export type ClientStanding = z.infer<typeof ClientStanding>;

/** Amazon does not accept this installation's client id or secret, or does so again. Once an agency and change. */
export const clientStanding: Topic<ClientStanding> = {
  name: "connections.clientStanding",
  parse: (payload) => ClientStanding.parse(payload),
};
