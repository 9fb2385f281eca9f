import { resource } from "../core/resource";
import { assignAccounts } from "./assign-accounts";
import { beginOAuth } from "./begin-oauth";
import { Account, AccountKind, CapabilityName, Connection, ConnectionState, Region } from "./contract";
import { disconnect } from "./disconnect";
import { getAccount, listAccounts } from "./list-accounts";
import { getConnection, listConnections } from "./list-connections";
import { rediscover } from "./rediscover";

export const connectionsResource = resource({
  name: "connections",
  title: "Connection",
  description:
    "The agency's use of one Amazon user's consent: its state, its token and what it reaches. Never a token.",
  item: Connection,
  list: {
    permission: "connections.read",
    filter: { id: "id", region: Region.options, state: ConnectionState.options, amazonUserName: "text" },
    sort: ["amazonUserName", "state", "stateSince", "consentedAt", "discoveredAt", "createdAt"],
    search: true,
    run: listConnections,
  },
  get: { permission: "connections.read", run: getConnection },
  actions: { disconnect, rediscover },
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
  collectionActions: { assign: assignAccounts },
});
