// All SQL of AMC instances.
import { and, asc, desc, eq, inArray, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { usableStates } from "../connections/contract";
import { accounts, connections } from "../connections/tables";
import type { Permission, TxCtx } from "../core/context";
import { countAll, isUuid, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import { brands } from "../workspace/tables";
import { amcInstanceAccess as access, amcExecutions, amcInstances as instances } from "./tables";

export type InstanceRow = typeof instances.$inferSelect;

/** Instances of brands for which the actor holds the permission; those of no brand for whoever holds it for all. */
export function reachable(tx: TxCtx, permission: Permission = "amc.read"): SQL | undefined {
  const held = tx.brandsWith(permission);
  const ours = eq(instances.agencyId, tx.agencyId);
  return held === "all" ? ours : and(ours, inArray(instances.brandId, [...held]));
}

const runsIn = (...states: string[]) => sql<number>`(select count(*)::int from ${amcExecutions} where
  ${amcExecutions.agencyId} = ${instances.agencyId} and ${amcExecutions.instanceId} = ${instances.id}
  and ${amcExecutions.state} in (${sql.join(
    states.map((state) => sql`${state}`),
    sql`, `,
  )}))`;

const isReached = (tx: TxCtx) => sql<boolean>`exists (select from ${access} join ${connections}
  on ${connections.agencyId} = ${access.agencyId} and ${connections.id} = ${access.connectionId}
  where ${access.agencyId} = ${tx.agencyId} and ${access.instanceId} = ${instances.id}
  and ${inArray(connections.state, [...usableStates])})`;

const seen = (tx: TxCtx) => ({
  instance: instances,
  brandName: brands.name,
  reached: isReached(tx),
  running: runsIn("submitting", "running"),
  waiting: runsIn("waiting"),
});

export type SeenInstance = Awaited<ReturnType<typeof selectInstances>>["rows"][number];

export async function selectInstances(tx: TxCtx, query: ListQuery) {
  const { id, name, brandId, accountId, createdAt, status } = instances;
  const clauses = listClauses(query, {
    fields: { id, name, brandId, accountId, createdAt, status },
    search: [name, instances.amazonId, instances.accountName, brands.name],
    order: [asc(name)],
    tie: id,
  });
  const where = and(reachable(tx), clauses.where);
  const brandOf = and(eq(brands.agencyId, instances.agencyId), eq(brands.id, instances.brandId));
  const rows = await tx.db
    .select(seen(tx))
    .from(instances)
    .leftJoin(brands, brandOf)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await tx.db.select({ total: countAll }).from(instances).leftJoin(brands, brandOf).where(where);
  return { rows, total: count?.total ?? 0 };
}

export async function findInstance(tx: TxCtx, id: string, permission?: Permission): Promise<InstanceRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await tx.db
    .select()
    .from(instances)
    .where(and(reachable(tx, permission), eq(instances.id, id)));
  return row ?? null;
}

export async function lockInstance(tx: TxCtx, id: string): Promise<InstanceRow | null> {
  const [row] = await tx.db
    .select()
    .from(instances)
    .where(and(eq(instances.agencyId, tx.agencyId), eq(instances.id, id)))
    .for("update");
  return row ?? null;
}

export type NewInstance = Omit<typeof instances.$inferInsert, "agencyId" | "createdAt">;

export async function insertInstance(tx: TxCtx, values: NewInstance): Promise<InstanceRow> {
  const [row] = await tx.db
    .insert(instances)
    .values({ agencyId: tx.agencyId, createdAt: tx.now(), ...values })
    .returning();
  if (!row) throw new Error("the instance was not stored");
  return row;
}

type Found = Pick<
  InstanceRow,
  "name" | "type" | "region" | "accountId" | "accountName" | "marketplaceId" | "status"
> & { amazonId: string };

/** Stores what a connection sees of an instance. @returns its id */
export async function upsertInstance(tx: TxCtx, connectionId: string, found: Found): Promise<string> {
  const { name, accountName, status } = found;
  await adoptWish(tx, found);
  const [row] = await tx.db
    .insert(instances)
    .values({ agencyId: tx.agencyId, createdAt: tx.now(), timeZone: "UTC", ...found })
    .onConflictDoUpdate({ target: [instances.agencyId, instances.amazonId], set: { name, accountName, status } })
    .returning({ id: instances.id });
  if (!row) throw new Error("An upsert returned no row.");
  await addAccess(tx, row.id, connectionId);
  return row.id;
}

/** An instance that was wished for, and whose answer from Amazon is still out, is the one of its name that nobody here knows. */
async function adoptWish(tx: TxCtx, { amazonId, accountId, name }: Found): Promise<void> {
  if ((await knownAmazonIds(tx, { accountId })).has(amazonId)) return;
  const [wish] = await tx.db
    .select({ id: instances.id })
    .from(instances)
    .where(
      and(
        eq(instances.agencyId, tx.agencyId),
        eq(instances.accountId, accountId),
        eq(instances.name, name),
        isNull(instances.amazonId),
      ),
    )
    .orderBy(asc(instances.createdAt))
    .limit(1)
    .for("update");
  if (wish) await changeInstanceRow(tx, wish.id, { amazonId, waits: 0, note: null });
}

export async function addAccess(tx: TxCtx, instanceId: string, connectionId: string): Promise<void> {
  await tx.db
    .insert(access)
    .values({ agencyId: tx.agencyId, instanceId, connectionId, seenAt: tx.now() })
    .onConflictDoUpdate({
      target: [access.agencyId, access.instanceId, access.connectionId],
      set: { seenAt: tx.now() },
    });
}

/** Instances of Amazon's that the connection saw before the moment and not since; one that is still wished for cannot be seen. */
export async function dropUnseen(tx: TxCtx, connectionId: string, before: Date): Promise<void> {
  await tx.db.delete(access).where(
    and(
      eq(access.agencyId, tx.agencyId),
      eq(access.connectionId, connectionId),
      sql`${access.seenAt} < ${before.toISOString()}::timestamptz`,
      sql`exists (select from ${instances} where ${instances.agencyId} = ${access.agencyId}
          and ${instances.id} = ${access.instanceId} and ${instances.amazonId} is not null)`,
    ),
  );
}

export async function changeInstanceRow(
  tx: TxCtx,
  id: string,
  change: Partial<Omit<InstanceRow, "agencyId" | "id">>,
): Promise<void> {
  await tx.db
    .update(instances)
    .set(change)
    .where(and(eq(instances.agencyId, tx.agencyId), eq(instances.id, id)));
  await tx.changed("amc-instances", [id]);
}

/** Connections that reach the instance and can be used, the healthiest first. */
export async function connectionsFor(tx: TxCtx, instanceId: string): Promise<string[]> {
  const rows = await tx.db
    .select({ id: connections.id, state: connections.state })
    .from(access)
    .innerJoin(connections, and(eq(connections.agencyId, access.agencyId), eq(connections.id, access.connectionId)))
    .where(
      and(
        eq(access.agencyId, tx.agencyId),
        eq(access.instanceId, instanceId),
        inArray(connections.state, [...usableStates]),
      ),
    )
    .orderBy(desc(access.seenAt));
  const rank = (state: (typeof rows)[number]["state"]) => usableStates.indexOf(state);
  return rows.sort((a, b) => rank(a.state) - rank(b.state)).map(({ id }) => id);
}

export async function usableConnections(tx: TxCtx, id?: string) {
  return tx.db
    .select({ id: connections.id, region: connections.region })
    .from(connections)
    .where(
      and(
        eq(connections.agencyId, tx.agencyId),
        inArray(connections.state, [...usableStates]),
        id ? eq(connections.id, id) : undefined,
      ),
    );
}

/** Amazon's ids of the account's instances that are known here, but for that of one. */
export async function knownAmazonIds(
  tx: TxCtx,
  { accountId, except }: { accountId: string; except?: string },
): Promise<Set<string | null>> {
  const rows = await tx.db
    .select({ amazonId: instances.amazonId })
    .from(instances)
    .where(
      and(
        eq(instances.agencyId, tx.agencyId),
        eq(instances.accountId, accountId),
        except ? ne(instances.id, except) : undefined,
      ),
    );
  return new Set(rows.map(({ amazonId }) => amazonId));
}

const areAdvertisers = (tx: TxCtx, amazonIds: readonly string[]) =>
  and(
    eq(accounts.agencyId, tx.agencyId),
    eq(accounts.kind, "dsp_advertiser"),
    inArray(accounts.amazonId, [...amazonIds]),
  );

/** The brand and zone of advertisers, where all that are known here are of one brand. */
export async function brandOfAdvertisers(tx: TxCtx, amazonIds: readonly string[]) {
  if (amazonIds.length === 0) return null;
  const rows = await tx.db
    .select({ brandId: accounts.brandId, timeZone: accounts.timeZone })
    .from(accounts)
    .where(areAdvertisers(tx, amazonIds))
    .orderBy(asc(accounts.amazonId));
  const [first] = rows;
  return first && rows.every(({ brandId }) => brandId === first.brandId) ? first : null;
}

/** The accounts known here of these DSP advertisers, whoever may see them. */
export async function accountsOfAdvertisers(tx: TxCtx, amazonIds: readonly string[]) {
  return tx.db
    .select({ id: accounts.id, amazonId: accounts.amazonId })
    .from(accounts)
    .where(areAdvertisers(tx, amazonIds));
}

/** The currency of advertisers, where all that are known here have the same. */
export async function currencyOfAdvertisers(tx: TxCtx, amazonIds: readonly string[]): Promise<string | null> {
  if (amazonIds.length === 0) return null;
  const [first, ...others] = await tx.db
    .selectDistinct({ currency: accounts.currency })
    .from(accounts)
    .where(areAdvertisers(tx, amazonIds));
  return others.length === 0 ? (first?.currency ?? null) : null;
}

/** The brands of the accounts known here under these ids of Amazon's; null: of an id that is not known, or of no brand. */
export async function brandsOfAdvertisers(tx: TxCtx, amazonIds: readonly string[]): Promise<Set<string | null>> {
  if (amazonIds.length === 0) return new Set();
  const { amazonId, entityId, brandId } = accounts;
  const ids = [...amazonIds];
  const rows = await tx.db
    .select({ amazonId, entityId, brandId })
    .from(accounts)
    .where(and(eq(accounts.agencyId, tx.agencyId), or(inArray(amazonId, ids), inArray(entityId, ids))));
  const known = new Set(rows.flatMap((row) => [row.amazonId, row.entityId]));
  const found = new Set(rows.map((row) => row.brandId));
  return ids.every((id) => known.has(id)) ? found : found.add(null);
}

/** Gives an instance of no brand to one. */
export async function giveToBrand(tx: TxCtx, id: string, brand: Pick<InstanceRow, "brandId" | "timeZone">) {
  await tx.db
    .update(instances)
    .set(brand)
    .where(and(eq(instances.agencyId, tx.agencyId), eq(instances.id, id), isNull(instances.brandId)));
}
