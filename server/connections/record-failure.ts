import type { Ctx, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { calmState, changeState } from "./change-state";
import { type ConnectionRow, lockConnection, type StateChange } from "./connection-store";
import { storeFailure } from "./grant-store";
import type { Leased } from "./refresh-grant";
import { tellGate } from "./token-gate";
import { classifyFailure, type TokenFailure } from "./token-outcome";
import { calmMs, refusalsUntilGone, retryAfterMs } from "./token-schedule";

/**
 * Counts a refresh that failed, and says so on the connection once it matters.
 * @returns what to tell the caller, or null where the grant moved on meanwhile and the failure says nothing of it
 */
export async function recordFailure(ctx: Ctx, leased: Leased, error: unknown): Promise<AppError | null> {
  const failure = classifyFailure(error);
  const { id, region } = leased.connection;
  ctx.log.warn({ err: error, connectionId: id, class: failure.class }, "token refresh failed");
  return ctx.tx(async (tx) => {
    const told = await store(tx, leased, failure);
    // Last, as where a refresh succeeded: all connections of the region meet in the gate's row.
    await tellGate(tx, ctx.services.amazon.lwa, { region, failure });
    return told;
  });
}

async function store(tx: TxCtx, { connection: { id }, read }: Leased, failure: TokenFailure): Promise<AppError | null> {
  const connection = await lockConnection(tx, id);
  if (!connection || connection.state === "disconnected") return null;
  const { grant } = read;
  const lifeLeftMs = (grant.accessExpiresAt?.getTime() ?? 0) - read.now.getTime();
  const retryInMs = retryAfterMs(failure, { failures: grant.failures + 1, lifeLeftMs });
  const rejected = failure.class === "reconnect";
  const counts = await storeFailure(tx, grant, { outcome: failure.reason, rejected, retryInMs });
  if (!counts) return null;
  const change = stateAfter(connection, failure, { refusals: counts.rejections, lifeLeftMs });
  await changeState(tx, connection, change);
  await tx.changed("connections", [id]);
  const gone = change.state === "needs_reconsent";
  return new AppError(gone ? "precondition" : "unavailable", change.reason ?? failure.reason, {
    remedy: change.remedy ?? failure.remedy,
    ...(gone ? {} : { retryAfterSeconds: Math.ceil(retryInMs / 1000) }),
  });
}

/** A token that lives on worries nobody: the state changes when a refusal is certain, or the end is near. */
function stateAfter(
  connection: ConnectionRow,
  failure: TokenFailure,
  { refusals, lifeLeftMs }: { refusals: number; lifeLeftMs: number },
): StateChange {
  const { amazonUserName: name } = connection;
  if (failure.class === "reconnect" && refusals >= refusalsUntilGone) {
    return {
      state: "needs_reconsent",
      reason: `Amazon refused the token ${refusals} times. ${name} has withdrawn the consent, or it has ended.`,
      remedy: `${name} must consent again: choose Reconnect and sign in to Amazon as this user.`,
    };
  }
  if (lifeLeftMs > calmMs && connection.state !== "degraded") return calmState(connection);
  if (failure.class !== "reconnect") return { state: "degraded", reason: failure.reason, remedy: failure.remedy };
  return {
    state: "degraded",
    reason: `Amazon refused the token ${refusals === 1 ? "once" : `${refusals} times`}. Tidemark asks again, at least a minute apart, before it takes the consent for gone.`,
    remedy: "Nothing needs to be done yet.",
  };
}
