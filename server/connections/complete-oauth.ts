// The way back from Amazon. The state is used up first, in a transaction of its own; then the code is exchanged, outside
// any transaction; then everything is stored in one. A process that dies in between leaves no half connection.
import { setTimeout as sleep } from "node:timers/promises";
import { Throttled, type Tokens, Unavailable, type UserProfile } from "../amazon";
import type { Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import type { Pause } from "./access-token";
import { consentScopes, stateId, verifierBinding } from "./begin-oauth";
import { type CallbackReply, readCallback } from "./callback-reply";
import { consentFailures, exchangeFailure } from "./consent-words";
import type { CallbackOutcome, ConnectOutcome, Region } from "./contract";
import { consumeState, lockState, type OAuthStateRow, readState, settleState } from "./oauth-store";
import { onBehalf } from "./on-behalf";
import { storeConsent } from "./store-consent";
import "./services";

export interface Callback {
  /** Of the path the browser came back to. */
  region: Region;
  /** Query string, as it came. */
  search: string;
}

type Claim =
  | { kind: "settled"; outcome: ConnectOutcome }
  | { kind: "under_way"; since: Date }
  | { kind: "claimed"; row: OAuthStateRow; verifier: string };

/** Never throws for what Amazon or the browser did: each has its outcome. A reload gives the same outcome again. */
export async function completeOAuth(ctx: Ctx, callback: Callback, pause: Pause = sleep): Promise<CallbackOutcome> {
  const reply = readCallback(callback.search);
  const id = reply.state === null ? null : stateId(reply.state);
  const claim = await ctx.tx((tx) => claimState(tx, { id, reply, region: callback.region }));
  if (claim.kind === "settled") return claim.outcome;
  if (id === null || reply.kind !== "code") return consentFailures.noState;
  if (claim.kind === "under_way") return waitForOutcome(ctx, { id, since: claim.since, pause });
  failpoint("oauth.consumed");
  try {
    const { tokens, user } = await exchange(ctx, { reply, claim, pause });
    failpoint("oauth.exchanged");
    const connectionId = await storeConsent(ctx, {
      stateId: id,
      region: callback.region,
      tokens,
      user,
      scopes: reply.scopes,
    });
    failpoint("oauth.stored");
    return { kind: "connected", connectionId };
  } catch (error) {
    ctx.log.warn({ err: error }, "consent not completed");
    return settle(ctx, id, exchangeFailure(error));
  }
}

interface Claiming {
  id: string | null;
  reply: CallbackReply;
  region: Region;
}

async function claimState(tx: TxCtx, { id, reply, region }: Claiming): Promise<Claim> {
  const row = id === null ? null : await lockState(tx, id);
  const mine = row && tx.actor.kind === "user" && row.sessionId === tx.actor.sessionId;
  if (mine && row.outcome) return { kind: "settled", outcome: row.outcome };
  if (mine && row.consumedAt) return { kind: "under_way", since: row.consumedAt };
  const outcome = refusalOf(tx, { row, mine: mine ?? false, reply, region });
  if (outcome) {
    // Somebody else's state is left alone: a stranger must not be able to use it up.
    if (mine) await consumeState(tx, row.id, outcome);
    await auditRefusal(tx, id, outcome);
    return { kind: "settled", outcome };
  }
  if (!row?.codeVerifier) return { kind: "settled", outcome: consentFailures.expired };
  const verifier = tx.services.vault.open(verifierBinding(tx.agencyId, row.id), row.codeVerifier);
  await consumeState(tx, row.id, null);
  return { kind: "claimed", row, verifier };
}

interface Checked extends Omit<Claiming, "id"> {
  row: OAuthStateRow | null;
  mine: boolean;
}

function refusalOf(tx: TxCtx, { row, mine, reply, region }: Checked): ConnectOutcome | null {
  if (reply.state === null) return reply.kind === "failed" ? reply.outcome : consentFailures.noState;
  if (!row) return consentFailures.unknownState;
  if (!mine) return consentFailures.otherSession;
  if (row.region !== region) return consentFailures.otherRegion;
  if (row.expiresAt <= tx.now()) return consentFailures.expired;
  if (!tx.can("connections.write", "anyBrand")) return consentFailures.forbidden;
  if (reply.kind === "failed") return reply.outcome;
  const { scopes } = reply;
  return scopes && !consentScopes.every((scope) => scopes.includes(scope)) ? consentFailures.noScope : null;
}

async function auditRefusal(tx: TxCtx, id: string | null, outcome: ConnectOutcome): Promise<void> {
  await tx.audit({
    action: "connection.consent_refused",
    target: { type: "consent", id: id ?? "unknown" },
    after: outcome,
  });
}

interface Exchanging {
  reply: Extract<CallbackReply, { kind: "code" }>;
  claim: Extract<Claim, { kind: "claimed" }>;
  pause: Pause;
}

async function exchange(ctx: Ctx, { reply, claim, pause }: Exchanging): Promise<{ tokens: Tokens; user: UserProfile }> {
  const { lwa } = ctx.services.amazon;
  const { region, redirectUri } = claim.row;
  const request = { region, redirectUri, code: reply.code, codeVerifier: claim.verifier };
  return onBehalf(ctx, {}, async () => {
    const tokens = await patiently(() => lwa.exchangeCode(request), pause);
    const user = await patiently(() => lwa.userProfile({ accessToken: tokens.accessToken }), pause);
    return { tokens, user };
  });
}

/** A person waits, and the code lives five minutes: a few quick tries where Amazon gave no answer. */
async function patiently<T>(call: () => Promise<T>, pause: Pause): Promise<T> {
  for (const wait of [500, 2000]) {
    try {
      return await call();
    } catch (error) {
      const brief = error instanceof Unavailable || (error instanceof Throttled && (error.retryAfterMs ?? 0) <= wait);
      if (!brief) throw error;
      await pause(wait);
    }
  }
  return call();
}

/** Longer than an exchange with all its tries can take. */
const exchangeMs = 90_000;
const looks = 10;

/** The page was reloaded while the first request was still at it; or that one died. */
async function waitForOutcome(
  ctx: Ctx,
  { id, since, pause }: { id: string; since: Date; pause: Pause },
): Promise<CallbackOutcome> {
  for (let look = 0; look < looks; look++) {
    const row = await ctx.tx((tx) => readState(tx, id));
    if (row?.outcome) return row.outcome;
    if (ctx.now().getTime() - since.getTime() > exchangeMs) return settle(ctx, id, consentFailures.unfinished);
    await pause(500);
  }
  return { kind: "under_way" };
}

/** @returns what came of the consent: this failure, unless something came of it before */
async function settle(ctx: Ctx, id: string, outcome: ConnectOutcome): Promise<ConnectOutcome> {
  return ctx.tx(async (tx) => {
    if (!(await settleState(tx, id, outcome))) return (await readState(tx, id))?.outcome ?? outcome;
    await auditRefusal(tx, id, outcome);
    return outcome;
  });
}
