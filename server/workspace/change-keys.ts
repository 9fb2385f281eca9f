// Making, rotating and revoking API keys. A key is shown once; its digest is kept, and looked up for every use, so that
// whatever changes here holds at once in every process.
import { command } from "../core/command";
import type { Permission, TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { requirePerson } from "../identity";
import { missingBrands } from "./brand-store";
import { ApiKeyCreate, ApiKeyMove, ApiKeyRotate, type ApiKeySecret, keyDays, neverForKeys } from "./key-contract";
import { keyDigest, keyStart, makeKey } from "./key-secret";
import { insertKey, type KeyRow, lockKey, type OwnedKey, updateKey } from "./key-store";
import { getKey, keySight, keyState, toApiKey } from "./list-keys";
import { parseNetworks } from "./networks";

const dayMs = 24 * 3_600_000;

export const createKey = command({
  name: "api-key.create",
  permission: "keys.write",
  input: ApiKeyCreate,
  brandOf: () => "anyBrand",
  run: async (ctx, input) => {
    const { userId } = requirePerson(ctx);
    requireHeld(ctx, input.permissions);
    await requireOwnBrands(ctx, input.brandIds);
    const networks = parseNetworks(input.networks);
    const expiresAt = expiryOf(ctx, input.expiresAt);
    const { name, permissions, brandIds } = input;
    const made = await issue(ctx, { userId, name, permissions, brandIds, networks, expiresAt });
    return { result: made, audit: { action: "api-key.created", ...about(made), after: termsOf(made) } };
  },
});

/** A new key with the same terms; the old one works on for a while, so that nothing stands still while it is put in its place. */
export const rotateKey = command({
  name: "api-key.rotate",
  permission: "keys.write",
  input: ApiKeyRotate,
  brandOf: () => "anyBrand",
  run: async (ctx, { id, oldWorksUntil, expiresAt }) => {
    const { key: old } = await lock(ctx, id);
    requireOwn(ctx, old);
    requireUnreplaced(ctx, old);
    const { userId, name, permissions, brandIds, networks } = old;
    const terms = { userId, name, permissions, brandIds, networks, expiresAt: expiryOf(ctx, expiresAt) };
    const made = await issue(ctx, terms);
    const wanted = oldWorksUntil ? new Date(oldWorksUntil) : new Date(ctx.now().getTime() + dayMs);
    const end = new Date(Math.min(Math.max(wanted.getTime(), ctx.now().getTime()), old.expiresAt.getTime()));
    await updateKey(ctx, id, { replacedBy: made.id, expiresAt: end });
    await ctx.changed("api-keys", [id]);
    return {
      result: made,
      audit: {
        action: "api-key.rotated",
        ...about(old),
        before: { start: old.start, expires: old.expiresAt.toISOString() },
        after: { start: made.start, expires: made.expiresAt, oldWorksUntil: end.toISOString() },
      },
    };
  },
});

export const revokeKey = command({
  name: "api-key.revoke",
  permission: "keys.write",
  input: ApiKeyMove,
  brandOf: () => "anyBrand",
  run: async (ctx, { id }) => {
    const found = await lock(ctx, id);
    const { key } = found;
    if (key.revokedAt) return { result: toApiKey(found, ctx.now()), audit: null };
    const revokedAt = ctx.now();
    await updateKey(ctx, id, { revokedAt });
    await ctx.changed("api-keys", [id]);
    return {
      result: toApiKey({ ...found, key: { ...key, revokedAt } }, revokedAt),
      audit: { action: "api-key.revoked", ...about(key), before: { start: key.start } },
    };
  },
});

type Terms = Pick<KeyRow, "userId" | "name" | "permissions" | "brandIds" | "networks" | "expiresAt">;

async function issue(ctx: TxCtx, terms: Terms): Promise<ApiKeySecret> {
  const key = makeKey();
  const row = { ...terms, start: keyStart(key), digest: keyDigest(key), createdAt: ctx.now() };
  const id = await insertKey(ctx, row);
  await ctx.changed("api-keys", [id]);
  return { ...(await getKey(ctx, id)), key };
}

async function lock(ctx: TxCtx, id: string): Promise<OwnedKey> {
  const found = await lockKey(ctx, keySight(ctx), id);
  if (!found) throw notFound("This key");
  return found;
}

function requireHeld(ctx: TxCtx, permissions: readonly string[]): void {
  const refused = permissions.filter(
    (permission) => neverForKeys.includes(permission) || !ctx.can(permission as Permission, "anyBrand"),
  );
  if (refused.length === 0) return;
  const message = `A key of yours cannot have: ${refused.join(", ")}.`;
  throw new AppError("invalid", message, {
    fields: { permissions: message },
    remedy: "A key has at most what you may do yourself, and never your own account or other keys.",
  });
}

/** A brand one does not see is as unknown as one that never was. */
async function requireOwnBrands(ctx: TxCtx, brandIds: readonly string[] | null): Promise<void> {
  if (brandIds === null) return;
  const unseen = ctx.brandIds === "all" ? [] : brandIds.filter((id) => !ctx.brandIds.includes(id));
  if (unseen.length === 0 && (await missingBrands(ctx, brandIds)).length === 0) return;
  throw new AppError("invalid", "One of the brands is none of yours.", {
    fields: { brandIds: "One of the brands is none of yours." },
    remedy: "Choose among the brands you see.",
  });
}

function expiryOf(ctx: TxCtx, wanted: string | undefined): Date {
  const now = ctx.now().getTime();
  const at = wanted ? Date.parse(wanted) : now + keyDays.usual * dayMs;
  // A day picked in a calendar ends at its midnight, which may be hours past the same time of day.
  if (at > now && at <= now + (keyDays.most + 1) * dayMs) return new Date(at);
  const message = `A key expires within ${keyDays.most} days from now.`;
  throw new AppError("invalid", message, { fields: { expiresAt: message }, remedy: "Choose an earlier day." });
}

/** Whoever gets the new key acts with its owner's rights. */
function requireOwn(ctx: TxCtx, { userId }: KeyRow): void {
  if (requirePerson(ctx).userId === userId) return;
  throw new AppError(
    "forbidden",
    "Only the person whose key this is can rotate it: the new one acts with their rights.",
    {
      remedy: "Ask them to, or revoke it.",
    },
  );
}

function requireUnreplaced(ctx: TxCtx, key: KeyRow): void {
  const state = keyState(key, ctx.now());
  if (state === "active") return;
  const words = { revoked: "was revoked", expired: "has expired", replaced: "was rotated already" };
  throw new AppError("conflict", `This key ${words[state]}.`, { remedy: "Make a new key." });
}

const about = ({ id, name }: { id: string; name: string }) => ({ target: { type: "api-key", id, label: name } });

const termsOf = ({ start, permissions, brandIds, networks, expiresAt }: ApiKeySecret) => ({
  start,
  permissions,
  brands: brandIds ?? "all brands",
  ...(networks.length > 0 ? { networks } : {}),
  expires: expiresAt,
});
