import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import { requirePerson } from "../identity";
import type { ApiKey, KeyState } from "./key-contract";
import { findKey, type KeyRow, type KeySight, type OwnedKey, selectKeys } from "./key-store";

/** One's own; who looks after the agency's people sees everybody's. The system sees all. */
export function keySight(ctx: TxCtx): KeySight {
  if (ctx.can("members.write")) return { userId: "everyone" };
  return { userId: requirePerson(ctx).userId };
}

/** Newest first. */
export async function listKeys(ctx: TxCtx, query: ListQuery): Promise<ListResult<ApiKey>> {
  const { rows, total } = await selectKeys(ctx, keySight(ctx), query);
  const now = ctx.now();
  return { total, items: rows.map((row) => toApiKey(row, now)) };
}

export async function getKey(ctx: TxCtx, id: string): Promise<ApiKey> {
  const row = await findKey(ctx, keySight(ctx), id);
  if (!row) throw notFound("This key");
  return toApiKey(row, ctx.now());
}

export const toApiKey = ({ key, owner }: OwnedKey, now: Date): ApiKey => ({
  id: key.id,
  name: key.name,
  start: key.start,
  ownerId: key.userId,
  ownerName: owner.name,
  ownerActive: owner.state === "active",
  permissions: key.permissions,
  brandIds: key.brandIds,
  networks: key.networks,
  createdAt: key.createdAt.toISOString(),
  expiresAt: key.expiresAt.toISOString(),
  revokedAt: key.revokedAt?.toISOString() ?? null,
  replacedBy: key.replacedBy,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  lastUsedIp: key.lastUsedIp,
  state: keyState(key, now),
});

export function keyState(key: Pick<KeyRow, "revokedAt" | "expiresAt" | "replacedBy">, now: Date): KeyState {
  if (key.revokedAt) return "revoked";
  if (key.expiresAt <= now) return "expired";
  return key.replacedBy ? "replaced" : "active";
}
