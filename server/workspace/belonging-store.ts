// What of this slice hangs on a person: brands they look after, API keys, views they share.
import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import type { BelongingKind } from "./belongings";
import { selectMemberships } from "./member-store";
import { rightsOf } from "./permissions";
import { apiKeys, brands, savedViews } from "./tables";

const brandKind: BelongingKind = {
  words: ["brand", "brands"],
  list: (ctx, userId) =>
    ctx.db
      .select({ id: brands.id, label: brands.name })
      .from(brands)
      .where(and(eq(brands.agencyId, ctx.agencyId), eq(brands.ownerUserId, userId)))
      .orderBy(asc(brands.name)),
  handOver: async (ctx, { from, to }) => {
    const moved = await ctx.db
      .update(brands)
      .set({ ownerUserId: to, version: sql`${brands.version} + 1` })
      .where(and(eq(brands.agencyId, ctx.agencyId), eq(brands.ownerUserId, from)))
      .returning({ id: brands.id });
    await ctx.changed(
      "brands",
      moved.map(({ id }) => id),
    );
  },
};

const goodKeys = (ctx: TxCtx, userId: string) =>
  and(
    eq(apiKeys.agencyId, ctx.agencyId),
    eq(apiKeys.userId, userId),
    isNull(apiKeys.revokedAt),
    gt(apiKeys.expiresAt, ctx.now()),
  );

/** Whoever leaves may know the key: in other hands it may do no more than it could in theirs. */
const keyKind: BelongingKind = {
  words: ["API key", "API keys"],
  needs: "keys.write",
  list: async (ctx, userId) => {
    const rows = await ctx.db.select().from(apiKeys).where(goodKeys(ctx, userId)).orderBy(asc(apiKeys.name));
    return rows.map(({ id, name, start }) => ({ id, label: `${name} (${start}…)` }));
  },
  handOver: async (ctx, { from, to }) => {
    const rights = rightsOf(await selectMemberships(ctx, from));
    const keys = await ctx.db.select().from(apiKeys).where(goodKeys(ctx, from)).for("update");
    for (const key of keys) {
      const permissions = key.permissions.filter((permission) => rights.can(permission, "anyBrand"));
      const seen = rights.brandsWith();
      const brandIds = key.brandIds ?? (seen === "all" ? null : seen);
      await ctx.db
        .update(apiKeys)
        .set({ userId: to, permissions, brandIds })
        .where(and(eq(apiKeys.agencyId, ctx.agencyId), eq(apiKeys.id, key.id)));
    }
    await ctx.changed(
      "api-keys",
      keys.map(({ id }) => id),
    );
  },
};

const viewKind: BelongingKind = {
  words: ["shared view", "shared views"],
  list: (ctx, userId) =>
    ctx.db
      .select({ id: savedViews.id, label: savedViews.name })
      .from(savedViews)
      .where(and(eq(savedViews.agencyId, ctx.agencyId), eq(savedViews.userId, userId), eq(savedViews.shared, true)))
      .orderBy(asc(savedViews.name)),
  // The name is unique among a person's own views.
  handOver: async (ctx, { from, to, fromName }) => {
    await ctx.sql`update saved_views v set user_id = ${to}, is_default = false, version = version + 1,
        name = case when exists (select 1 from saved_views o where o.agency_id = v.agency_id and o.user_id = ${to}
          and o.resource = v.resource and lower(o.name) = lower(v.name))
          then v.name || ' (' || ${fromName}::text || ', ' || left(v.id::text, 4) || ')' else v.name end
      where agency_id = ${ctx.agencyId} and user_id = ${from} and shared`;
    await ctx.changed("saved-views");
  },
};

export const ownKinds: readonly BelongingKind[] = [brandKind, keyKind, viewKind];
