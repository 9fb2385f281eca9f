import { and, eq, inArray, isNull, notExists, or, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { filtersToSql, orderToSql } from "../core/list-sql";
import { filterValues, type ListQuery, type ListResult, likePattern } from "../core/query";
import { brands } from "../workspace/tables";
import type { Account, Capabilities, CapabilityName, Region } from "./contract";
import { accountAccess, accounts, connections } from "./tables";

export type AccountRow = typeof accounts.$inferSelect;

export type FoundAccount = Pick<
  AccountRow,
  | "kind"
  | "region"
  | "amazonId"
  | "name"
  | "entityId"
  | "profileId"
  | "countryCode"
  | "currency"
  | "timeZone"
  | "capabilities"
>;

const ours = (tx: TxCtx) => eq(accounts.agencyId, tx.agencyId);

/** What the actor may see: all, or the accounts of their brands. */
const visible = (tx: TxCtx): SQL | undefined =>
  tx.brandIds === "all" ? ours(tx) : and(ours(tx), inArray(accounts.brandId, [...tx.brandIds]));

/** Stores what a connection sees. @returns the accounts' ids, in order, with the campaigns capability they had before */
export async function upsertAccount(
  tx: TxCtx,
  connectionId: string,
  found: FoundAccount,
): Promise<{ id: string; hadCampaigns: boolean }> {
  const now = tx.now();
  const key = and(
    ours(tx),
    eq(accounts.kind, found.kind),
    eq(accounts.region, found.region),
    eq(accounts.amazonId, found.amazonId),
  );
  const [before] = await tx.db.select({ capabilities: accounts.capabilities }).from(accounts).where(key);
  const [row] = await tx.db
    .insert(accounts)
    .values({ agencyId: tx.agencyId, ...found, createdAt: now, seenAt: now })
    .onConflictDoUpdate({
      target: [accounts.agencyId, accounts.kind, accounts.region, accounts.amazonId],
      set: {
        name: found.name,
        entityId: found.entityId,
        profileId: found.profileId,
        countryCode: found.countryCode,
        currency: found.currency,
        timeZone: found.timeZone,
        seenAt: now,
      },
    })
    .returning({ id: accounts.id });
  if (!row) throw new Error("An upsert returned no row.");
  const access = { profileId: found.profileId, capabilities: found.capabilities, probedAt: now };
  await tx.db
    .insert(accountAccess)
    .values({ agencyId: tx.agencyId, accountId: row.id, connectionId, ...access })
    .onConflictDoUpdate({
      target: [accountAccess.agencyId, accountAccess.accountId, accountAccess.connectionId],
      set: access,
    });
  return { id: row.id, hadCampaigns: before?.capabilities.campaigns.ok ?? false };
}

/** What each connection may do with the accounts. */
export async function accessOf(
  tx: TxCtx,
  accountIds: readonly string[],
): Promise<{ accountId: string; capabilities: Capabilities }[]> {
  if (accountIds.length === 0) return [];
  return tx.db
    .select({ accountId: accountAccess.accountId, capabilities: accountAccess.capabilities })
    .from(accountAccess)
    .where(and(eq(accountAccess.agencyId, tx.agencyId), inArray(accountAccess.accountId, [...accountIds])));
}

export async function writeCapabilities(tx: TxCtx, accountId: string, capabilities: Capabilities): Promise<void> {
  await tx.db
    .update(accounts)
    .set({ capabilities, version: sql`${accounts.version} + 1` })
    .where(
      and(
        ours(tx),
        eq(accounts.id, accountId),
        sql`${accounts.capabilities} is distinct from ${JSON.stringify(capabilities)}::jsonb`,
      ),
    );
}

/** Forgets the accesses of a connection that are not among the accounts named. @returns the accounts concerned */
export async function dropAccess(
  tx: TxCtx,
  connectionId: string,
  keep?: { region: Region; accountIds: readonly string[] },
): Promise<string[]> {
  const inRegion = keep
    ? sql`exists (select 1 from ${accounts} a where a.agency_id = ${accountAccess.agencyId}
        and a.id = ${accountAccess.accountId} and a.region = ${keep.region})`
    : undefined;
  const others = keep?.accountIds.length
    ? sql`not (${inArray(accountAccess.accountId, [...keep.accountIds])})`
    : undefined;
  const rows = await tx.db
    .delete(accountAccess)
    .where(and(eq(accountAccess.agencyId, tx.agencyId), eq(accountAccess.connectionId, connectionId), inRegion, others))
    .returning({ id: accountAccess.accountId });
  return rows.map((row) => row.id);
}

export interface SeenAccount {
  account: AccountRow;
  brandName: string | null;
  connections: Account["connections"];
}

const columns = {
  id: accounts.id,
  name: accounts.name,
  amazonId: accounts.amazonId,
  entityId: accounts.entityId,
  region: accounts.region,
  kind: accounts.kind,
  countryCode: accounts.countryCode,
  currency: accounts.currency,
  createdAt: accounts.createdAt,
  seenAt: accounts.seenAt,
};

/** Filters that are more than a column's value. */
function special(tx: TxCtx, query: ListQuery): SQL | undefined {
  const chosenBrands = filterValues(query, "brandId");
  const capabilities = filterValues(query, "capability");
  const reachedBy = filterValues(query, "connectionId");
  const pattern = query.search ? likePattern(query.search) : null;
  const ids = chosenBrands?.filter((id) => id !== "none") ?? [];
  const access = tx.db
    .select({ one: sql`1` })
    .from(accountAccess)
    .where(
      and(
        eq(accountAccess.agencyId, accounts.agencyId),
        eq(accountAccess.accountId, accounts.id),
        inArray(accountAccess.connectionId, reachedBy ?? []),
      ),
    );
  return and(
    chosenBrands
      ? or(
          ids.length > 0 ? inArray(sql`${accounts.brandId}::text`, ids) : sql`false`,
          chosenBrands.includes("none") ? isNull(accounts.brandId) : undefined,
        )
      : undefined,
    ...(capabilities ?? []).map((name) => sql`${accounts.capabilities} -> ${name} ->> 'ok' = 'true'`),
    reachedBy ? sql`not (${notExists(access)})` : undefined,
    pattern
      ? sql`(${accounts.name} ilike ${pattern} or ${accounts.amazonId} ilike ${pattern} or ${accounts.entityId} ilike ${pattern})`
      : undefined,
  );
}

export async function selectAccounts(tx: TxCtx, query: ListQuery): Promise<ListResult<SeenAccount>> {
  const where = and(visible(tx), filtersToSql(query, columns), special(tx, query));
  const rows = await tx.db
    .select({ account: accounts, brandName: brands.name })
    .from(accounts)
    .leftJoin(brands, and(eq(brands.agencyId, accounts.agencyId), eq(brands.id, accounts.brandId)))
    .where(where)
    .orderBy(...orderToSql(query, { ...columns, brandName: brands.name }, accounts.id))
    .limit(query.limit)
    .offset(query.start);
  const reaching = await reachingConnections(
    tx,
    rows.map((row) => row.account.id),
  );
  return {
    items: rows.map((row) => ({ ...row, connections: reaching.get(row.account.id) ?? [] })),
    total: await tx.db.$count(accounts, where),
  };
}

async function reachingConnections(tx: TxCtx, accountIds: string[]): Promise<Map<string, Account["connections"]>> {
  const found = new Map<string, Account["connections"]>();
  if (accountIds.length === 0) return found;
  const rows = await tx.db
    .select({
      accountId: accountAccess.accountId,
      id: connections.id,
      name: connections.amazonUserName,
      state: connections.state,
    })
    .from(accountAccess)
    .innerJoin(
      connections,
      and(eq(connections.agencyId, accountAccess.agencyId), eq(connections.id, accountAccess.connectionId)),
    )
    .where(and(eq(accountAccess.agencyId, tx.agencyId), inArray(accountAccess.accountId, accountIds)))
    .orderBy(connections.amazonUserName, connections.id);
  for (const { accountId, ...connection } of rows) {
    found.set(accountId, [...(found.get(accountId) ?? []), connection]);
  }
  return found;
}

/** The accounts among these that the actor may see, locked in one order. */
export async function lockAccounts(tx: TxCtx, ids: readonly string[]): Promise<AccountRow[]> {
  return tx.db
    .select()
    .from(accounts)
    .where(and(visible(tx), inArray(accounts.id, [...ids])))
    .orderBy(accounts.id)
    .for("update");
}

export async function writeBrand(tx: TxCtx, ids: readonly string[], brandId: string | null): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .update(accounts)
    .set({ brandId, version: sql`${accounts.version} + 1` })
    .where(and(ours(tx), inArray(accounts.id, [...ids])));
}

/** Advertisers whose campaigns can be read through a connection that is not cut off. */
export async function selectSyncable(tx: TxCtx): Promise<AccountRow[]> {
  return tx.db
    .select()
    .from(accounts)
    .where(
      and(
        ours(tx),
        eq(accounts.kind, "dsp_advertiser"),
        sql`${accounts.capabilities} -> 'campaigns' ->> 'ok' = 'true'`,
        sql`exists (select 1 from ${accountAccess} a join ${connections} c
          on c.agency_id = a.agency_id and c.id = a.connection_id
          where a.agency_id = ${accounts.agencyId} and a.account_id = ${accounts.id}
            and c.state in ('healthy', 'expiring', 'degraded'))`,
      ),
    )
    .orderBy(accounts.id);
}

/** Connections that may do this with the account, the healthiest first. */
export async function selectConnectionsFor(
  tx: TxCtx,
  accountId: string,
  capability: CapabilityName,
): Promise<{ connectionId: string; profileId: string | null; state: string; stateReason: string | null }[]> {
  return tx.db
    .select({
      connectionId: connections.id,
      profileId: accountAccess.profileId,
      state: connections.state,
      stateReason: connections.stateReason,
    })
    .from(accountAccess)
    .innerJoin(
      connections,
      and(eq(connections.agencyId, accountAccess.agencyId), eq(connections.id, accountAccess.connectionId)),
    )
    .where(
      and(
        eq(accountAccess.agencyId, tx.agencyId),
        eq(accountAccess.accountId, accountId),
        sql`${accountAccess.capabilities} -> ${capability} ->> 'ok' = 'true'`,
        inArray(connections.state, ["healthy", "expiring", "degraded"]),
      ),
    )
    .orderBy(
      sql`array_position(array['healthy', 'expiring', 'degraded'], ${connections.state})`,
      connections.stateSince,
      connections.id,
    );
}
