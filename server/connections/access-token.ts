// The one way to an access token. However many ask at once, on however many processes, it is fetched once: one of them
// holds a lease in the database, the others wait and read again. No transaction is open while Amazon is asked.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Tokens } from "../amazon";
import { Unauthorized } from "../amazon";
import { type Ctx, isTx, type TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { failpoint } from "../core/failpoint";
import { changeState } from "./change-state";
import { type ConnectionRow, lockConnection, readConnection } from "./connection-store";
import { dropAccessToken, type GrantRow, leaseGrant, type ReadGrant, readGrant, storeTokens } from "./grant-store";
import { recordFailure } from "./record-failure";
import { sealTokens, tokenBinding } from "./seal-tokens";
import "./services";

export interface AccessToken {
  token: string;
  expiresAt: Date;
  /** Names this token when it turns out not to work. */
  version: number;
}

/** A token is handed out while it lives at least this long. */
export const marginMs = 5 * 60_000;
/** While a new one cannot be had, the old one is used up to this close to its end. */
const lastUseMs = 30_000;
/** Longer than a token call may take. A holder that died is replaced after it. */
const leaseMs = 30_000;
const longestWaitMs = 75_000;

/** Waits between two looks at a lease that another holds; tests give their own. */
export type Pause = (ms: number) => Promise<unknown>;

type Look =
  | { kind: "usable"; access: AccessToken }
  | { kind: "leased"; read: ReadGrant; connection: ConnectionRow }
  | { kind: "busy" };

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
      const access = await refresh(ctx, look.connection, look.read);
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
  if (left > marginMs) return { kind: "usable", access: openAccess(tx, read.grant) };
  const leased = await leaseGrant(tx, connectionId, { owner, ms: leaseMs, marginMs });
  if (leased) return { kind: "leased", read: leased, connection };
  if (left > lastUseMs) return { kind: "usable", access: openAccess(tx, read.grant) };
  refuseWhileResting(connection, read);
  return { kind: "busy" };
}

const lifeLeft = ({ grant, now }: ReadGrant) => (grant.accessExpiresAt?.getTime() ?? 0) - now.getTime();

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
function refuseWhileResting(connection: ConnectionRow, { grant, now }: ReadGrant): void {
  const restMs = (grant.retryAt?.getTime() ?? 0) - now.getTime();
  if (restMs <= 0) return;
  throw new AppError("unavailable", connection.stateReason ?? grant.lastOutcome ?? "Amazon refused a new token.", {
    remedy: connection.stateRemedy ?? undefined,
    retryAfterSeconds: Math.ceil(restMs / 1000),
  });
}

function openAccess(ctx: Ctx, grant: GrantRow): AccessToken {
  const binding = tokenBinding({ agencyId: ctx.agencyId, connectionId: grant.connectionId }, "accessToken");
  const token = ctx.services.vault.open(binding, grant.accessToken ?? "");
  return { token, expiresAt: grant.accessExpiresAt ?? ctx.now(), version: grant.version };
}

/** @returns null where the grant moved on meanwhile: look again */
async function refresh(ctx: Ctx, connection: ConnectionRow, read: ReadGrant): Promise<AccessToken | null> {
  failpoint("token.leased");
  let tokens: Tokens;
  try {
    tokens = await askAmazon(ctx, connection, read.grant);
  } catch (error) {
    const failure = await recordFailure(ctx, read.grant, error);
    if (failure && lifeLeft(read) <= lastUseMs) throw failure;
    return null;
  }
  failpoint("token.replied");
  const access = await ctx.tx((tx) => storeReply(tx, read, tokens));
  failpoint("token.stored");
  return access;
}

async function askAmazon(ctx: Ctx, { region }: ConnectionRow, grant: GrantRow): Promise<Tokens> {
  const binding = tokenBinding({ agencyId: ctx.agencyId, connectionId: grant.connectionId }, "refreshToken");
  const refreshToken = ctx.services.vault.open(binding, grant.refreshToken ?? "");
  return ctx.services.amazon.lwa.refresh({ region, refreshToken });
}

async function storeReply(tx: TxCtx, { grant, now }: ReadGrant, tokens: Tokens): Promise<AccessToken | null> {
  const connection = await lockConnection(tx, grant.connectionId);
  if (!connection || connection.state === "disconnected") return null;
  // The lease was taken before the request was sent: the token lives at least this long.
  const accessExpiresAt = new Date(now.getTime() + tokens.expiresInSeconds * 1000);
  const place = { agencyId: tx.agencyId, connectionId: grant.connectionId };
  const sealed = sealTokens(tx.services.vault, place, tokens);
  const version = await storeTokens(tx, grant, { ...sealed, accessExpiresAt });
  if (version === null) return null;
  await changeState(tx, connection, { state: "healthy", reason: null, remedy: null });
  await tx.changed("connections", [connection.id]);
  return { token: tokens.accessToken, expiresAt: accessExpiresAt, version };
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
      return await call(first.token);
    } catch (error) {
      if (!(error instanceof Unauthorized) || proven === first.version) throw error;
    }
    await invalidateAccessToken(ctx, connectionId, first.version);
    const second = await accessToken(ctx, connectionId);
    proven = second.version;
    return call(second.token);
  };
}

/** One call of an `accessSession`. */
export const withAccessToken = <T>(ctx: Ctx, connectionId: string, call: (token: string) => Promise<T>): Promise<T> =>
  accessSession(ctx, connectionId)(call);
