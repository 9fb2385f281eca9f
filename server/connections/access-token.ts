// The one way to an access token. However many ask at once, on however many processes, it is fetched once: one of them
// holds a lease in the database, the others wait and read again. No transaction is open while Amazon is asked.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Unauthorized } from "../amazon";
import { type Ctx, isTx, type TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { type ConnectionRow, readConnection } from "./connection-store";
import { dropAccessToken, type GrantRow, leaseGrant, type ReadGrant, readGrant } from "./grant-store";
import { onBehalf } from "./on-behalf";
import { recordFailure } from "./record-failure";
import { askAmazon, type Leased, type Renewed, storeReplies } from "./refresh-grant";
import { tokenBinding } from "./seal-tokens";
import { passGate } from "./token-gate";
import { lastUseMs, leaseMs, useMarginMs } from "./token-schedule";
import "./services";

export interface AccessToken {
  token: string;
  expiresAt: Date;
  /** Names this token when it turns out not to work. */
  version: number;
}

const longestWaitMs = 75_000;

/** Waits between two looks at a lease that another holds; tests give their own. */
export type Pause = (ms: number) => Promise<unknown>;

type Look = { kind: "usable"; access: AccessToken } | { kind: "leased"; leased: Leased } | { kind: "busy" };

/**
 * An access token that works for at least the margin, as far as can be known.
 * @throws {AppError} not_found, precondition (disconnected, or consent needed), unavailable (try again later)
 */
export async function accessToken(ctx: Ctx, connectionId: string, pause: Pause = sleep): Promise<AccessToken> {
  if (isTx(ctx)) throw new Error("An access token may need a call to Amazon: ask for it outside the transaction.");
  const owner = randomUUID();
  for (let waited = 0, wait = 50; waited <= longestWaitMs; waited += wait, wait = Math.min(wait * 1.5, 1000)) {
    const look = await ctx.tx((tx) => lookAt(tx, connectionId, owner));
    if (look.kind === "usable") return look.access;
    if (look.kind === "leased") {
      const access = await refresh(ctx, look.leased);
      if (access) return access;
    } else {
      await pause(wait * (0.75 + Math.random() / 2));
    }
  }
  throw new AppError("unavailable", "The connection's access token is still being renewed.", { retryAfterSeconds: 5 });
}

async function lookAt(tx: TxCtx, connectionId: string, owner: string): Promise<Look> {
  const connection = await readConnection(tx, connectionId);
  const read = connection && (await readGrant(tx, connectionId));
  if (!connection || !read) throw notFound("The connection");
  requireUsable(connection, read.grant);
  const left = lifeLeft(read);
  if (left > useMarginMs) return { kind: "usable", access: openAccess(tx, read.grant) };
  const couldAsk = !isAhead(read.grant.leaseUntil, read.now) && !isAhead(read.grant.retryAt, read.now);
  const at = { region: connection.region, now: read.now, couldAsk };
  const standing = await passGate(tx, tx.services.amazon.lwa, at);
  const mayAsk = couldAsk && standing.kind !== "closed";
  const leased = mayAsk && (await leaseGrant(tx, connectionId, { owner, ms: leaseMs, marginMs: useMarginMs }));
  if (leased) return { kind: "leased", leased: { connection, read: leased } };
  if (left > lastUseMs) return { kind: "usable", access: openAccess(tx, read.grant) };
  if (standing.kind === "closed") throw waitFor(standing.failure, standing.untilMs);
  refuseWhileResting(connection, read);
  return { kind: "busy" };
}

const isAhead = (moment: Date | null, now: Date) => moment !== null && moment > now;
const lifeLeft = ({ grant, now }: { grant: Pick<GrantRow, "accessExpiresAt">; now: Date }) =>
  (grant.accessExpiresAt?.getTime() ?? 0) - now.getTime();

function requireUsable(connection: ConnectionRow, grant: GrantRow): void {
  const { state, amazonUserName } = connection;
  if (state === "disconnected" || !grant.refreshToken) {
    throw new AppError("precondition", `The connection of ${amazonUserName} is disconnected.`, {
      remedy: "Connect the Amazon user again.",
    });
  }
  if (state === "needs_reconsent") {
    throw new AppError("precondition", connection.stateReason ?? `${amazonUserName} must consent again.`, {
      remedy: connection.stateRemedy ?? "Connect the Amazon user again.",
    });
  }
}

/** After a failure nobody asks Amazon again before the time is up, however many callers there are. */
function refuseWhileResting({ stateReason, stateRemedy }: ConnectionRow, { grant, now }: ReadGrant): void {
  const restMs = (grant.retryAt?.getTime() ?? 0) - now.getTime();
  if (restMs <= 0) return;
  const reason = stateReason ?? grant.lastOutcome ?? "Amazon refused a new token.";
  throw waitFor({ reason, remedy: stateRemedy ?? undefined }, restMs);
}

const waitFor = ({ reason, remedy }: { reason: string; remedy?: string }, ms: number) =>
  new AppError("unavailable", reason, { remedy, retryAfterSeconds: Math.ceil(ms / 1000) });

function openAccess(ctx: Ctx, grant: GrantRow): AccessToken {
  const binding = tokenBinding({ agencyId: ctx.agencyId, connectionId: grant.connectionId }, "accessToken");
  const token = ctx.services.vault.open(binding, grant.accessToken ?? "");
  return { token, expiresAt: grant.accessExpiresAt ?? ctx.now(), version: grant.version };
}

/** @returns null where the grant moved on meanwhile: look again */
async function refresh(ctx: Ctx, leased: Leased): Promise<AccessToken | null> {
  let tokens: Renewed;
  try {
    tokens = await askAmazon(ctx, leased);
  } catch (error) {
    const failure = await recordFailure(ctx, leased, error);
    if (failure && lifeLeft(leased.read) <= lastUseMs) throw failure;
    return null;
  }
  const version = (await storeReplies(ctx, [{ ...leased, tokens }])).get(leased.connection.id);
  if (version === undefined) return null;
  const expiresAt = new Date(leased.read.now.getTime() + tokens.expiresInSeconds * 1000);
  return { token: tokens.accessToken, expiresAt, version };
}

/** Amazon did not accept the token of this version: the next who asks gets a new one. A newer token stays. */
async function invalidateAccessToken(ctx: Ctx, connectionId: string, version: number): Promise<void> {
  await ctx.tx((tx) => dropAccessToken(tx, connectionId, version));
}

/** Runs calls with an access token; see `accessSession`. */
export type WithToken = <T>(call: (token: string) => Promise<T>) => Promise<T>;

/**
 * Calls on behalf of one connection. A 401 fetches a new token and repeats the call, once: a 401 on that one too is
 * thrown, and later ones at once, because they speak of the Amazon user's rights and not of the token.
 */
export function accessSession(ctx: Ctx, connectionId: string): WithToken {
  let proven: number | null = null;
  return async (call) => {
    const first = await accessToken(ctx, connectionId);
    try {
      return await onBehalf(ctx, { connectionId }, () => call(first.token));
    } catch (error) {
      if (!(error instanceof Unauthorized) || proven === first.version) throw error;
    }
    await invalidateAccessToken(ctx, connectionId, first.version);
    const second = await accessToken(ctx, connectionId);
    proven = second.version;
    return onBehalf(ctx, { connectionId }, () => call(second.token));
  };
}

/** One call of an `accessSession`. */
export const withAccessToken = <T>(ctx: Ctx, connectionId: string, call: (token: string) => Promise<T>): Promise<T> =>
  accessSession(ctx, connectionId)(call);
