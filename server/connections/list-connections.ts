import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import { type SeenConnection, selectConnections } from "./connection-store";
import type { Connection, TokenStatus } from "./contract";

/** Connections belong to the agency, not to a brand: who may see one sees all. */
export async function listConnections(tx: TxCtx, query: ListQuery): Promise<ListResult<Connection>> {
  requireRead(tx, "connections.read", "anyBrand");
  const { items, total } = await selectConnections(tx, query);
  return { items: items.map(show), total };
}

export async function getConnection(tx: TxCtx, id: string): Promise<Connection> {
  requireRead(tx, "connections.read", "anyBrand");
  const byId = { field: "id", operator: "eq" as const, values: [id] };
  const { items } = await selectConnections(tx, { ...wholeList(1), filters: [byId] });
  const [seen] = items;
  if (!seen) throw notFound("The connection");
  return show(seen);
}

const iso = (moment: Date | null | undefined): string | null => moment?.toISOString() ?? null;

function show({ connection, grant, ownerName, ownerState, ...counts }: SeenConnection): Connection {
  return {
    id: connection.id,
    region: connection.region,
    amazonUserId: connection.amazonUserId,
    amazonUserName: connection.amazonUserName,
    amazonUserEmail: connection.amazonUserEmail,
    ownerUserId: connection.ownerUserId,
    ownerName,
    ownerLeft: ownerState !== "active",
    scopes: connection.scopes,
    state: connection.state,
    stateReason: connection.stateReason,
    stateRemedy: connection.stateRemedy,
    stateSince: connection.stateSince.toISOString(),
    consentedAt: connection.consentedAt.toISOString(),
    consentExpiresAt: iso(connection.consentExpiresAt),
    token: tokenStatus(grant),
    discovery: connection.discovery,
    discoveredAt: iso(connection.discoveredAt),
    accounts: counts.accounts,
    accountsPrimary: counts.accountsPrimary,
    accountsOnlyHere: counts.accountsOnlyHere,
    createdAt: connection.createdAt.toISOString(),
  };
}

function tokenStatus(grant: SeenConnection["grant"]): TokenStatus {
  const expiresAt = grant?.accessExpiresAt ?? null;
  return {
    expiresAt: iso(expiresAt),
    renewsAt: iso(grant?.renewAt),
    refreshedAt: iso(grant?.refreshedAt),
    lastOutcome: grant?.lastOutcome ?? null,
    lastOutcomeAt: iso(grant?.lastOutcomeAt),
    retryAt: iso(grant?.retryAt),
  };
}
