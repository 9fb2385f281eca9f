import { and, asc, count, eq, exists, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countUpTo, isUuid, listClauses } from "../core/db/list-clauses";
import { filterValues, type ListQuery, type ListResult } from "../core/query";
import { brands } from "../workspace/tables";
import { writeAccess } from "./access-store";
import { type FoundCapabilities, keepKnown } from "./capabilities";
import type { Account, Capabilities } from "./contract";
import { byAmazonId } from "./reach-store";
import { accountAccess, accounts, connections } from "./tables";

export type AccountRow = typeof accounts.$inferSelect;

export type FoundAccount = Pick<
  AccountRow,
  "kind" | "region" | "amazonId" | "name" | "entityId" | "profileId" | "countryCode" | "currency" | "timeZone"
> & { capabilities: FoundCapabilities };

const ours = (tx: TxCtx) => eq(accounts.agencyId, tx.agencyId);

/** What the actor may see: all, or the accounts of the brands where their role covers accounts. */
function visible(tx: TxCtx): SQL | undefined {
  const brandIds = tx.brandsWith("accounts.read");
  return brandIds === "all" ? ours(tx) : and(ours(tx), inArray(accounts.brandId, [...brandIds]));
}

/** Stores what a connection sees. @returns the account's id, and what was known of it before */
export async function upsertAccount(
  tx: TxCtx,
  connectionId: string,
  found: FoundAccount,
): Promise<{ id: string; isNew: boolean; hadCampaigns: boolean }> {
  const now = tx.now();
  const { capabilities, ...facts } = found;
  const key = and(
    ours(tx),
    eq(accounts.kind, found.kind),
    eq(accounts.region, found.region),
    eq(accounts.amazonId, found.amazonId),
  );
  const [before] = await tx.db.select({ capabilities: accounts.capabilities }).from(accounts).where(key);
  const [row] = await tx.db
    .insert(accounts)
    .values({ agencyId: tx.agencyId, ...facts, capabilities: keepKnown(capabilities), createdAt: now, seenAt: now })
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
  await writeAccess(tx, { accountId: row.id, connectionId, profileId: found.profileId, capabilities });
  return { id: row.id, isNew: before === undefined, hadCampaigns: before?.capabilities.campaigns.ok ?? false };
}

/** Those of these accounts that are known, by Amazon's id. */
export async function knownAccounts(
  tx: TxCtx,
  { kind, region, amazonIds }: Pick<AccountRow, "kind" | "region"> & { amazonIds: readonly string[] },
): Promise<Map<string, Pick<AccountRow, "id" | "brandId">>> {
  const rows = await tx.db
    .select({ amazonId: accounts.amazonId, id: accounts.id, brandId: accounts.brandId })
    .from(accounts)
    .where(
      and(ours(tx), eq(accounts.kind, kind), eq(accounts.region, region), inArray(accounts.amazonId, [...amazonIds])),
    );
  return new Map(rows.map(({ amazonId, ...account }) => [amazonId, account]));
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

export interface SeenAccount {
  account: AccountRow;
  brandName: string | null;
  brandArchivedAt: Date | null;
  connections: Account["connections"];
  /** When one of them was last asked what it may do. */
  probedAt: Date | null;
}

const columns = {
  fields: {
    id: accounts.id,
    name: accounts.name,
    amazonId: accounts.amazonId,
    entityId: accounts.entityId,
    region: accounts.region,
    kind: accounts.kind,
    countryCode: accounts.countryCode,
    currency: accounts.currency,
    brandName: brands.name,
    createdAt: accounts.createdAt,
    seenAt: accounts.seenAt,
  },
  search: [accounts.name, accounts.amazonId, accounts.entityId],
  order: [asc(accounts.name)],
  tie: accounts.id,
};

/** Filters that are more than a column's value. */
function special(tx: TxCtx, query: ListQuery): SQL | undefined {
  const reachedBy = filterValues(query, "connectionId");
  const chosenBrands = filterValues(query, "brandId");
  return and(
    chosenBrands ? ofBrands(chosenBrands) : undefined,
    reachedBy ? reachedThrough(tx, reachedBy) : undefined,
    ...(filterValues(query, "capability") ?? []).map(
      (name) => sql`coalesce(${accounts.capabilities} -> ${name} ->> 'ok', 'true') = 'true'`,
    ),
  );
}

/** `none` stands for accounts without a brand. */
const ofBrands = (ids: string[]) =>
  or(inArray(accounts.brandId, ids.filter(isUuid)), ids.includes("none") ? isNull(accounts.brandId) : undefined);

const reachedThrough = (tx: TxCtx, connectionIds: string[]) =>
  exists(
    tx.db
      .select({ one: sql`1` })
      .from(accountAccess)
      .where(
        and(
          eq(accountAccess.agencyId, accounts.agencyId),
          eq(accountAccess.accountId, accounts.id),
          inArray(accountAccess.connectionId, connectionIds.filter(isUuid)),
        ),
      ),
  );

export async function selectAccounts(tx: TxCtx, query: ListQuery): Promise<ListResult<SeenAccount>> {
  const clauses = listClauses(query, columns);
  const where = and(visible(tx), clauses.where, special(tx, query));
  const window = tx.db
    .select({ account: accounts, brandName: brands.name, brandArchivedAt: brands.archivedAt })
    .from(accounts)
    .leftJoin(brands, and(eq(brands.agencyId, accounts.agencyId), eq(brands.id, accounts.brandId)))
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [rows, total] = await Promise.all([window, countUpTo(tx, accounts, where)]);
  const reached = await reachedBy(
    tx,
    rows.map((row) => row.account.id),
  );
  return {
    items: rows.map((row) => ({ ...row, ...(reached.get(row.account.id) ?? { connections: [], probedAt: null }) })),
    total,
  };
}

type Reached = Pick<SeenAccount, "connections" | "probedAt">;

async function reachedBy(tx: TxCtx, accountIds: string[]): Promise<Map<string, Reached>> {
  const found = new Map<string, Reached>();
  if (accountIds.length === 0) return found;
  const rows = await tx.db
    .select({
      accountId: accountAccess.accountId,
      id: connections.id,
      name: connections.amazonUserName,
      state: connections.state,
      probedAt: accountAccess.probedAt,
    })
    .from(accountAccess)
    .innerJoin(
      connections,
      and(eq(connections.agencyId, accountAccess.agencyId), eq(connections.id, accountAccess.connectionId)),
    )
    .where(and(eq(accountAccess.agencyId, tx.agencyId), inArray(accountAccess.accountId, accountIds)))
    .orderBy(connections.amazonUserName, connections.id);
  for (const { accountId, probedAt, ...connection } of rows) {
    const before = found.get(accountId);
    const latest = before?.probedAt && before.probedAt > probedAt ? before.probedAt : probedAt;
    found.set(accountId, { connections: [...(before?.connections ?? []), connection], probedAt: latest });
  }
  return found;
}

/** How many of the accounts the actor may see each brand has. */
export async function countByBrand(tx: TxCtx): Promise<{ brandId: string | null; accounts: number }[]> {
  return tx.db
    .select({ brandId: accounts.brandId, accounts: count() })
    .from(accounts)
    .where(visible(tx))
    .groupBy(accounts.brandId);
}

/** The accounts among these that the actor may see, locked in one order. */
export async function lockAccounts(tx: TxCtx, ids: readonly string[]): Promise<AccountRow[]> {
  return tx.db
    .select()
    .from(accounts)
    .where(and(visible(tx), inArray(accounts.id, [...ids])))
    .orderBy(byAmazonId, accounts.id)
    .for("update");
}

export async function writeBrand(tx: TxCtx, ids: readonly string[], brandId: string | null): Promise<void> {
  if (ids.length === 0) return;
  await tx.db
    .update(accounts)
    .set({ brandId, version: sql`${accounts.version} + 1` })
    .where(and(ours(tx), inArray(accounts.id, [...ids])));
}
