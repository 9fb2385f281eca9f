// Turns the key of a request into what the request runs with: never more than the key's terms, never more than its owner has now.
import { appendAudit } from "../audit";
import type { Actor, Origin, Permission } from "../core/context";
import { AppError } from "../core/errors";
import { type IdentitySource, inAgency, type TenantScope } from "../identity";
import { isWellFormed, keyDigest } from "./key-secret";
import { findKeyPlace, findPresentedKey, isUseNews, type KeyRow, noteUse, type OwnedKey } from "./key-store";
import { selectMemberships } from "./member-store";
import { isWithin } from "./networks";
import type { Membership } from "./permissions";

/** For makeContext. */
export interface KeyCaller {
  agencyId: string;
  actor: Extract<Actor, { kind: "key" }>;
  /** Of the key's owner, as they are now. */
  memberships: Membership[];
  bounds: { permissions: readonly Permission[]; brandIds: readonly string[] | null };
}

export interface PresentedKey {
  key: string;
  origin: Origin;
  requestId: string;
}

/**
 * @throws {AppError} unauthenticated (unknown or malformed, which answer alike; expired; revoked), forbidden (its owner may not
 * sign in; a network it is not for)
 */
export async function acceptKey(
  source: Pick<IdentitySource, "database" | "clock">,
  presented: PresentedKey,
): Promise<KeyCaller> {
  if (!isWellFormed(presented.key)) throw unknownKey();
  const digest = keyDigest(presented.key);
  const place = await source.database.withSystem((scope) => findKeyPlace(scope, digest));
  if (!place) throw unknownKey();
  const outcome = await inAgency(source, place.agencyId, async (scope) => {
    const found = await findPresentedKey(scope, digest);
    if (!found) return unknownKey();
    const { key } = found;
    const caller = callerOf(key, scope.agencyId, await selectMemberships(scope, key.userId));
    const refusal = refusalOf(found, scope, presented.origin.ip);
    if (refusal) await noteRefusal(scope, { caller, presented, refusal });
    else if (isUseNews(key, scope.now())) await noteUse(scope, key, presented.origin.ip);
    return refusal ?? caller;
  });
  if (outcome instanceof AppError) throw outcome;
  return outcome;
}

const refusalStepMs = 60_000;
const mostRemembered = 10_000;
/** When the refusal of a key was last written down, by key and reason. */
const refusals = new Map<string, number>();

/** A key that is still tried after its end is news; once a minute is enough, whoever hammers. */
async function noteRefusal(
  scope: TenantScope,
  { caller, presented, refusal }: { caller: KeyCaller; presented: PresentedKey; refusal: AppError },
): Promise<void> {
  const { keyId, name } = caller.actor;
  const [what, now] = [`${keyId} ${refusal.message}`, scope.now().getTime()];
  if (now - (refusals.get(what) ?? 0) < refusalStepMs) return;
  if (refusals.size >= mostRemembered) refusals.clear();
  refusals.set(what, now);
  const { origin, requestId } = presented;
  await appendAudit({ ...scope, actor: caller.actor, origin, requestId }, scope.db, {
    action: "api-key.refused",
    target: { type: "api-key", id: keyId, label: name },
    after: { reason: refusal.message },
  });
}

const callerOf = (key: KeyRow, agencyId: string, memberships: Membership[]): KeyCaller => ({
  agencyId,
  actor: { kind: "key", keyId: key.id, name: key.name, userId: key.userId },
  memberships,
  bounds: { permissions: key.permissions as Permission[], brandIds: key.brandIds },
});

const unknownKey = () =>
  new AppError("unauthenticated", "This API key is not known.", {
    remedy: "Check that it was copied whole, or make a new one on the page API keys.",
  });

function refusalOf({ key, owner }: OwnedKey, { now }: Pick<TenantScope, "now">, ip: string): AppError | null {
  if (key.revokedAt) {
    return new AppError("unauthenticated", `The API key ${key.start}… was revoked.`, { remedy: "Make a new one." });
  }
  if (key.expiresAt <= now()) {
    return new AppError("unauthenticated", `The API key ${key.start}… expired at ${key.expiresAt.toISOString()}.`, {
      remedy: key.replacedBy ? "It was rotated: use the key that took its place." : "Make a new one.",
    });
  }
  if (owner.state !== "active") {
    return new AppError("forbidden", `The person whose API key ${key.start}… is may no longer sign in.`, {
      remedy: "Use a key of somebody who may.",
    });
  }
  if (isWithin(ip, key.networks)) return null;
  return new AppError("forbidden", `The API key ${key.start}… may not be used from ${ip}.`, {
    remedy: "Call from one of the networks it was made for, or make a key for this one.",
  });
}
