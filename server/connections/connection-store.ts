import { and, asc, eq, inArray, lt, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { dbNow, dbNowPlus } from "../core/db/clock";
import { countAll, listClauses } from "../core/db/list-clauses";
import type { ListQuery, ListResult } from "../core/query";
import { users } from "../identity/tables";
import {
  type ConnectionState,
  type DiscoverySummary,
  type Region,
  type RegionDiscovery,
  usableStates,
} from "./contract";
import { accountAccess, accounts, connections, grants } from "./tables";

export type ConnectionRow = typeof connections.$inferSelect;

const one = (tx: TxCtx, id: string) => and(eq(connections.agencyId, tx.agencyId), eq(connections.id, id));

export async function readConnection(tx: TxCtx, id: string): Promise<ConnectionRow | null> {
  const [row] = await tx.db.select().from(connections).where(one(tx, id));
  return row ?? null;
}

/** It gives tokens. */
export const usable = inArray(connections.state, [...usableStates]);

/** Connections with a usable token that were last looked through before the moment. */
export async function staleDiscoveries(tx: TxCtx, before: Date): Promise<string[]> {
  const rows = await tx.db
    .select({ id: connections.id })
    .from(connections)
    .where(and(eq(connections.agencyId, tx.agencyId), usable, lt(connections.discoveredAt, before)));
  return rows.map(({ id }) => id);
}

/** Whoever writes a grant or a state locks the connection first: one order, no deadlock. */
export async function lockConnection(tx: TxCtx, id: string): Promise<ConnectionRow | null> {
  const [row] = await tx.db.select().from(connections).where(one(tx, id)).for("update");
  return row ?? null;
}

const standing = {
  id: connections.id,
  region: connections.region,
  ownerUserId: connections.ownerUserId,
  amazonUserName: connections.amazonUserName,
  state: connections.state,
  stateReason: connections.stateReason,
  stateRemedy: connections.stateRemedy,
  stateSince: connections.stateSince,
  consentExpiresAt: connections.consentExpiresAt,
  consentNotice: connections.consentNotice,
};

/** How a connection stands, and whom to tell when that changes. */
export type StandingRow = Pick<ConnectionRow, keyof typeof standing>;

/** Several at once, in the order of their ids: two processes never wait for each other. */
export async function lockConnections(tx: TxCtx, ids: readonly string[]): Promise<StandingRow[]> {
  return tx.db
    .select(standing)
    .from(connections)
    .where(and(eq(connections.agencyId, tx.agencyId), sql`${connections.id} = any(${arrayLiteral(ids)}::uuid[])`))
    .orderBy(connections.id)
    .for("update");
}

export const nothingFound = (): DiscoverySummary => {
  const waiting = (): RegionDiscovery => ({ state: "waiting", profiles: 0, entities: 0, advertisers: 0 });
  return { NA: waiting(), EU: waiting(), FE: waiting() };
};

export interface Consent {
  region: Region;
  /** Who gave it here: the owner of a new connection, and of one whose owner is suspended or gone. */
  ownerUserId: string;
  amazonUserId: string;
  amazonUserName: string;
  amazonUserEmail: string | null;
  scopes: string[];
}

/** Consents given since July 2026 may end after so long; Amazon says it in its release notes only. */
const consentLivesMs = 365 * 24 * 3_600_000;

/** Of this Amazon user, if the agency had them before. Locked. */
export async function findConnection(tx: TxCtx, amazonUserId: string): Promise<ConnectionRow | null> {
  const mine = and(eq(connections.agencyId, tx.agencyId), eq(connections.amazonUserId, amazonUserId));
  const [row] = await tx.db.select().from(connections).where(mine).for("update");
  return row ?? null;
}

/** One connection an Amazon user and agency: a new consent of the same user revives it, with its history. */
export async function upsertConnection(tx: TxCtx, consent: Consent): Promise<{ id: string; created: boolean }> {
  const now = tx.now();
  const fresh = {
    ...consent,
    state: "healthy" as const,
    stateReason: null,
    stateRemedy: null,
    consentedAt: dbNow,
    consentExpiresAt: dbNowPlus(consentLivesMs),
    consentNotice: null,
    disconnectedAt: null,
    discovery: nothingFound(),
  };
  const keepsOwner = sql`exists (select 1 from ${users} u
    where u.agency_id = ${connections.agencyId} and u.id = ${connections.ownerUserId} and u.state = 'active')`;
  const [row] = await tx.db
    .insert(connections)
    .values({ agencyId: tx.agencyId, ...fresh, stateSince: dbNow, createdAt: now })
    .onConflictDoUpdate({
      target: [connections.agencyId, connections.amazonUserId],
      set: {
        ...fresh,
        ownerUserId: sql`case when ${keepsOwner} then ${connections.ownerUserId} else excluded.owner_user_id end`,
        stateSince: sql`case when ${connections.state} = 'healthy' then ${connections.stateSince} else ${dbNow} end`,
      },
    })
    .returning({ id: connections.id, created: sql<boolean>`(xmax = 0)` });
  if (!row) throw new Error("An upsert returned no row.");
  return row;
}

export interface StateChange {
  state: ConnectionState;
  reason: string | null;
  remedy: string | null;
}

/** @returns since when the state holds, on the database's clock */
export async function writeState(tx: TxCtx, row: StandingRow, change: StateChange): Promise<Date> {
  const [written] = await tx.db
    .update(connections)
    .set({
      state: change.state,
      stateReason: change.reason,
      stateRemedy: change.remedy,
      ...(row.state === change.state ? {} : { stateSince: dbNow }),
      ...(change.state === "disconnected" ? { disconnectedAt: dbNow } : {}),
    })
    .where(one(tx, row.id))
    .returning({ since: connections.stateSince });
  return written?.since ?? row.stateSince;
}

/** Regions are discovered at the same time: each writes its own part only. */
export async function writeRegion(tx: TxCtx, id: string, region: Region, found: RegionDiscovery): Promise<void> {
  await tx.db
    .update(connections)
    .set({
      discovery: sql`jsonb_set(${connections.discovery}, array[${region}::text], ${JSON.stringify(found)}::jsonb)`,
      ...(found.state === "done" ? { discoveredAt: tx.now() } : {}),
    })
    .where(one(tx, id));
}

const reached = sql<number>`(select count(*)::int from ${accountAccess} a
  where a.agency_id = ${connections.agencyId} and a.connection_id = ${connections.id})`;
const reachedOnlyHere = sql<number>`(select count(*)::int from ${accountAccess} a
  where a.agency_id = ${connections.agencyId} and a.connection_id = ${connections.id} and not exists (
    select 1 from ${accountAccess} b join ${connections} k on k.agency_id = b.agency_id and k.id = b.connection_id
    where b.agency_id = a.agency_id and b.account_id = a.account_id and b.connection_id <> a.connection_id
      and k.state in ('healthy', 'expiring', 'degraded')))`;
const readThrough = sql<number>`(select count(*)::int from ${accounts} a
  where a.agency_id = ${connections.agencyId} and a.connection_id = ${connections.id})`;

const seen = {
  connection: connections,
  grant: grants,
  ownerName: users.name,
  ownerState: users.state,
  accounts: reached,
  accountsPrimary: readThrough,
  accountsOnlyHere: reachedOnlyHere,
};

/** A connection with what its page shows of the grant and the accounts. Holds sealed tokens: never pass it on whole. */
export interface SeenConnection {
  connection: ConnectionRow;
  grant: typeof grants.$inferSelect | null;
  ownerName: string | null;
  ownerState: string | null;
  accounts: number;
  accountsPrimary: number;
  accountsOnlyHere: number;
}

const ownedBy = and(eq(users.agencyId, connections.agencyId), eq(users.id, connections.ownerUserId));

const withGrant = (tx: TxCtx) =>
  tx.db
    .select(seen)
    .from(connections)
    .leftJoin(grants, and(eq(grants.agencyId, connections.agencyId), eq(grants.connectionId, connections.id)))
    .leftJoin(users, ownedBy)
    .$dynamic();

const columns = {
  fields: {
    id: connections.id,
    region: connections.region,
    state: connections.state,
    amazonUserName: connections.amazonUserName,
    stateSince: connections.stateSince,
    consentedAt: connections.consentedAt,
    consentExpiresAt: connections.consentExpiresAt,
    ownerName: users.name,
    discoveredAt: connections.discoveredAt,
    createdAt: connections.createdAt,
  },
  search: [connections.amazonUserName, connections.amazonUserEmail, users.name],
  order: [asc(connections.createdAt)],
  tie: connections.id,
};

export async function selectConnections(tx: TxCtx, query: ListQuery): Promise<ListResult<SeenConnection>> {
  const clauses = listClauses(query, columns);
  const where = and(eq(connections.agencyId, tx.agencyId), clauses.where);
  const items = await withGrant(tx)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [counted] = await tx.db.select({ total: countAll }).from(connections).leftJoin(users, ownedBy).where(where);
  return { items, total: counted?.total ?? 0 };
}
