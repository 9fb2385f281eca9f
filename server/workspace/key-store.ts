// All SQL of API keys.
import { and, desc, eq, gt, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import type { Scope } from "../core/db/connect";
import { countAll, isUuid, listClauses } from "../core/db/list-clauses";
import type { ListQuery } from "../core/query";
import type { TenantScope } from "../identity";
import { users } from "../identity/tables";
import type { KeyState } from "./key-contract";
import { apiKeys, keyDirectory } from "./tables";

export type KeyRow = typeof apiKeys.$inferSelect;
/** A key with the person whose rights bound it. */
export interface OwnedKey {
  key: KeyRow;
  owner: { name: string; state: "active" | "suspended" };
}

const columns = { key: apiKeys, owner: { name: users.name, state: users.state } };
const ownerOf = and(eq(users.agencyId, apiKeys.agencyId), eq(users.id, apiKeys.userId));

const stateOf = (now: Date): SQL<KeyState> => sql<KeyState>`case
  when ${apiKeys.revokedAt} is not null then 'revoked'
  when ${apiKeys.expiresAt} <= ${now.toISOString()}::timestamptz then 'expired'
  when ${apiKeys.replacedBy} is not null then 'replaced'
  else 'active' end`;

/** Those of one person, or of the whole agency. */
export interface KeySight {
  userId: string | "everyone";
}

const visible = ({ userId }: KeySight) => (userId === "everyone" ? undefined : eq(apiKeys.userId, userId));

export async function selectKeys(ctx: TxCtx, sight: KeySight, query: ListQuery) {
  const clauses = listClauses(query, {
    fields: {
      id: apiKeys.id,
      name: apiKeys.name,
      state: stateOf(ctx.now()),
      createdAt: apiKeys.createdAt,
      expiresAt: apiKeys.expiresAt,
      lastUsedAt: apiKeys.lastUsedAt,
    },
    search: [apiKeys.name, apiKeys.start, users.name],
    order: [desc(apiKeys.createdAt)],
    tie: apiKeys.id,
  });
  const where = and(eq(apiKeys.agencyId, ctx.agencyId), visible(sight), clauses.where);
  const rows = await ctx.db
    .select(columns)
    .from(apiKeys)
    .innerJoin(users, ownerOf)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const [count] = await ctx.db.select({ total: countAll }).from(apiKeys).innerJoin(users, ownerOf).where(where);
  return { rows, total: count?.total ?? 0 };
}

export async function findKey(ctx: TxCtx, sight: KeySight, id: string): Promise<OwnedKey | null> {
  if (!isUuid(id)) return null;
  const [row] = await ctx.db
    .select(columns)
    .from(apiKeys)
    .innerJoin(users, ownerOf)
    .where(and(eq(apiKeys.agencyId, ctx.agencyId), eq(apiKeys.id, id), visible(sight)));
  return row ?? null;
}

/** Until the transaction ends nobody else changes this key. */
export async function lockKey(ctx: TxCtx, sight: KeySight, id: string): Promise<OwnedKey | null> {
  await ctx.db
    .select({ id: apiKeys.id })
    .from(apiKeys)
    .where(and(eq(apiKeys.agencyId, ctx.agencyId), eq(apiKeys.id, id), visible(sight)))
    .for("update");
  return findKey(ctx, sight, id);
}

export async function insertKey(
  ctx: TxCtx,
  row: Omit<typeof apiKeys.$inferInsert, "agencyId" | "id">,
): Promise<string> {
  const { agencyId } = ctx;
  const [made] = await ctx.db
    .insert(apiKeys)
    .values({ agencyId, ...row })
    .returning({ id: apiKeys.id });
  if (!made) throw new Error("the new key was not returned");
  await ctx.db.insert(keyDirectory).values({ digest: row.digest, agencyId, keyId: made.id });
  return made.id;
}

export async function updateKey(
  scope: TenantScope,
  id: string,
  change: Partial<Pick<KeyRow, "expiresAt" | "revokedAt" | "replacedBy">>,
): Promise<void> {
  await scope.db
    .update(apiKeys)
    .set(change)
    .where(and(eq(apiKeys.agencyId, scope.agencyId), eq(apiKeys.id, id)));
}

/** Keys of the agency that start so. */
export async function selectByStart(ctx: TxCtx, start: string): Promise<KeyRow[]> {
  return ctx.db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.agencyId, ctx.agencyId), eq(apiKeys.start, start)));
}

/** Keys in use that end before the moment and that nothing has replaced. */
export async function selectEnding(ctx: TxCtx, before: Date): Promise<KeyRow[]> {
  return ctx.db
    .select()
    .from(apiKeys)
    .where(
      and(
        eq(apiKeys.agencyId, ctx.agencyId),
        isNull(apiKeys.revokedAt),
        isNull(apiKeys.replacedBy),
        gt(apiKeys.expiresAt, ctx.now()),
        lte(apiKeys.expiresAt, before),
      ),
    );
}

/** Whose key it is, before an agency is known. */
export async function findKeyPlace(scope: Scope, digest: string) {
  const [place] = await scope.db.select().from(keyDirectory).where(eq(keyDirectory.digest, digest));
  return place ?? null;
}

export async function findPresentedKey(scope: TenantScope, digest: string): Promise<OwnedKey | null> {
  const [row] = await scope.db
    .select(columns)
    .from(apiKeys)
    .innerJoin(users, ownerOf)
    .where(and(eq(apiKeys.agencyId, scope.agencyId), eq(apiKeys.digest, digest)));
  return row ?? null;
}

const usedStepMs = 60_000;

/** Is its last use worth writing down? Once a minute is enough. */
export const isUseNews = ({ lastUsedAt }: KeyRow, now: Date): boolean =>
  lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= usedStepMs;

export async function noteUse(scope: TenantScope, { id }: KeyRow, ip: string): Promise<void> {
  const now = scope.now();
  const stale = or(isNull(apiKeys.lastUsedAt), lte(apiKeys.lastUsedAt, new Date(now.getTime() - usedStepMs)));
  await scope.db
    .update(apiKeys)
    .set({ lastUsedAt: now, lastUsedIp: ip })
    .where(and(eq(apiKeys.agencyId, scope.agencyId), eq(apiKeys.id, id), stale));
}
