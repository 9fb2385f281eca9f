import type { Ctx, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { changeState } from "./change-state";
import { type ConnectionRow, lockConnection, type StateChange } from "./connection-store";
import { type GrantRow, storeFailure } from "./grant-store";
import { classifyFailure, refusalsUntilGone, retryDelay, type TokenFailure } from "./token-outcome";

/**
 * Counts a refresh that failed and says so on the connection.
 * @returns what to tell the caller, or null where the grant moved on meanwhile and the failure says nothing of it
 */
export async function recordFailure(ctx: Ctx, grant: GrantRow, error: unknown): Promise<AppError | null> {
  const failure = classifyFailure(error);
  ctx.log.warn({ err: error, connectionId: grant.connectionId, class: failure.class }, "token refresh failed");
  return ctx.tx((tx) => store(tx, grant, failure));
}

async function store(tx: TxCtx, grant: GrantRow, failure: TokenFailure): Promise<AppError | null> {
  const connection = await lockConnection(tx, grant.connectionId);
  if (!connection || connection.state === "disconnected") return null;
  const retryInMs = retryDelay(failure, grant.failures + 1);
  const rejected = failure.class === "reconnect";
  const counts = await storeFailure(tx, grant, { outcome: failure.reason, rejected, retryInMs });
  if (!counts) return null;
  const change = stateAfter(connection, failure, counts.rejections);
  await changeState(tx, connection, change);
  const gone = change.state === "needs_reconsent";
  return new AppError(gone ? "precondition" : "unavailable", change.reason ?? failure.reason, {
    remedy: change.remedy ?? undefined,
    ...(gone ? {} : { retryAfterSeconds: Math.ceil(retryInMs / 1000) }),
  });
}

function stateAfter(connection: ConnectionRow, failure: TokenFailure, refusals: number): StateChange {
  const { amazonUserName: name } = connection;
  if (failure.class !== "reconnect") {
    return { state: "degraded", reason: failure.reason, remedy: failure.remedy };
  }
  if (refusals < refusalsUntilGone) {
    return {
      state: "degraded",
      reason: `Amazon refused the token ${refusals === 1 ? "once" : `${refusals} times`}. Tidemark asks again, at least a minute apart, before it takes the consent for gone.`,
      remedy: "Nothing needs to be done yet.",
    };
  }
  return {
    state: "needs_reconsent",
    reason: `Amazon refused the token ${refusals} times. ${name} has withdrawn the consent, or it has ended.`,
    remedy: `${name} must consent again: choose Reconnect and sign in to Amazon as this user.`,
  };
}
