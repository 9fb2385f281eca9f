import "./belongings";
import { resource } from "../core/resource";
import { assignAccounts } from "./assign-accounts";
import { assignInBulk } from "./assign-in-bulk";
import { beginOAuth } from "./begin-oauth";
import { AmazonCall, CallFailure } from "./call-contract";
import { BrandConsent, ConnectionEvent, Consent, Cover } from "./consent-contract";
import {
  Account,
  AccountKind,
  accountKindNames,
  CapabilityName,
  Connection,
  ConnectionState,
  Region,
  regionNames,
} from "./contract";
import { disconnect } from "./disconnect";
import { getAccount, listAccounts } from "./list-accounts";
import { getCall, listCalls } from "./list-calls";
import { getConnection, listConnections } from "./list-connections";
import { getBrandConsent, getConsent, listBrandConsents, listConsents } from "./list-consents";
import { listConnectionEvents } from "./list-history";
import { probeAccount } from "./probe-account";
import { readThrough } from "./read-through";
import { rediscover } from "./rediscover";
import { renew } from "./renew";
import { takeOver } from "./take-over";

export const connectionsResource = resource({
  name: "connections",
  title: "Connection",
  description:
    "The agency's use of one Amazon user's consent: its state, its token and what it reaches. Never a token.",
  item: Connection,
  list: {
    permission: "connections.read",
    filter: { id: "id", region: Region.options, state: ConnectionState.options, amazonUserName: "text" },
    sort: [
      "amazonUserName",
      "state",
      "stateSince",
      "consentedAt",
      "consentExpiresAt",
      "ownerName",
      "discoveredAt",
      "createdAt",
    ],
    search: true,
    run: listConnections,
  },
  get: { permission: "connections.read", run: getConnection },
  actions: { disconnect, rediscover, renew, "take-over": takeOver },
  single: ["disconnect", "renew", "take-over"],
  auditType: "connection",
  fields: { amazonUserName: { label: "Amazon user" }, region: { words: regionNames }, ownerUserId: { hidden: true } },
  collectionActions: { authorize: beginOAuth },
});

export const accountsResource = resource({
  name: "accounts",
  title: "Account",
  description: "Something at Amazon that a connection reaches: a profile, a DSP entity or a DSP advertiser.",
  item: Account,
  list: {
    permission: "accounts.read",
    filter: {
      id: "id",
      name: "text",
      amazonId: "text",
      entityId: "text",
      region: Region.options,
      kind: AccountKind.options,
      countryCode: "text",
      currency: "text",
      /** `none`: accounts without a brand. */
      brandId: "text",
      capability: CapabilityName.options,
      connectionId: "id",
      createdAt: "date",
      seenAt: "date",
    },
    sort: ["name", "brandName", "region", "kind", "countryCode", "currency", "createdAt", "seenAt"],
    search: true,
    run: listAccounts,
  },
  get: { permission: "accounts.read", run: getAccount },
  actions: { probe: probeAccount, "read-through": readThrough },
  actionLabels: { probe: "Check what it may do" },
  single: ["probe"],
  bulk: { assign: assignInBulk },
  auditType: "account",
  key: "amazonId",
  fields: {
    name: { label: "Account" },
    kind: { words: accountKindNames },
    region: { words: regionNames },
    amazonId: { label: "Amazon id" },
    entityId: { label: "DSP entity" },
    brandId: { label: "Brand id", of: "brands" },
    seenAt: { label: "Last seen" },
    probedAt: { label: "Checked" },
    connectionId: { hidden: true },
    countryCode: { label: "Country" },
    campaigns: capabilityField("campaigns", "Campaigns"),
    reports: capabilityField("reports", "Reports"),
    write: capabilityField("write", "Changes"),
    amc: capabilityField("amc", "AMC"),
    audiences: capabilityField("audiences", "Audiences"),
  },
  collectionActions: { assign: assignAccounts },
});

/** Whether it can be used for something, in a word. */
function capabilityField(name: CapabilityName, label: string) {
  const read = (item: Record<string, unknown>) => {
    const capability = (item as Account).capabilities[name];
    return capability.ok ? (capability.unproven ? "unproven" : "yes") : "no";
  };
  return { label, words: { yes: "Yes", unproven: "Not tried yet", no: "No" }, read };
}

export const consentsResource = resource({
  name: "consents",
  title: "Consent",
  description: "Who consented to what, until when, and which accounts and brands would stop without it.",
  item: Consent,
  list: {
    permission: "connections.read",
    filter: { id: "id", name: "text", state: ConnectionState.options, ownerLeft: "boolean", brandId: "id" },
    sort: ["name", "state", "stops", "accounts", "consentedAt", "consentExpiresAt"],
    search: true,
    run: listConsents,
  },
  get: { permission: "connections.read", run: getConsent },
});

export const brandConsentsResource = resource({
  name: "brand-consents",
  title: "Consents of a brand",
  description: "Whose consents a brand's accounts are read through, and who would take over.",
  item: BrandConsent,
  list: {
    permission: "connections.read",
    /** `grantor`: the id of a connection. */
    filter: { id: "id", name: "text", cover: Cover.options, grantor: "id" },
    sort: ["name", "cover", "usable", "accounts", "endsAt"],
    search: true,
    run: listBrandConsents,
  },
  get: { permission: "connections.read", run: getBrandConsent },
});

export const connectionEventsResource = resource({
  name: "connection-events",
  title: "Connection event",
  description: "What became of a connection, out of the audit log: states, consents, accounts that moved.",
  item: ConnectionEvent,
  list: {
    permission: "connections.read",
    filter: { connectionId: "id" },
    sort: ["at"],
    run: listConnectionEvents,
  },
});

export const amazonCallsResource = resource({
  name: "amazon-calls",
  title: "Call to Amazon",
  description:
    "A request that was sent to Amazon, on whose behalf, and what came of it; kept 30 days. Counts stop at 10,001: there are more.",
  item: AmazonCall,
  list: {
    permission: "calls.read",
    filter: {
      id: "id",
      at: "date",
      region: Region.options,
      operation: "text",
      method: "text",
      path: "text",
      status: "number",
      durationMs: "number",
      requestId: "text",
      outcome: AmazonCall.shape.outcome.options,
      errorClass: CallFailure.options,
      connectionId: "id",
      accountId: "id",
      brandId: "id",
      origin: "text",
    },
    sort: ["at", "operation", "status", "durationMs"],
    search: true,
    run: listCalls,
  },
  get: { permission: "calls.read", run: getCall },
});
