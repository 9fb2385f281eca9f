// Every way a refresh can fail, in one of four classes. Only a refused grant can ever lead to a new consent.
import { AmazonError, ClientRejected, GrantRejected, Rejected, Throttled, Unauthorized, Unavailable } from "../amazon";
import { AppError } from "../core/errors";

/**
 * `reconnect`: Amazon refuses this grant. `pause_all`: Amazon refuses our client, whatever the connection.
 * `retry`: Amazon is away or busy. `fault`: an answer or a stored secret that should not be.
 */
export type FailureClass = "reconnect" | "pause_all" | "retry" | "fault";

export interface TokenFailure {
  class: FailureClass;
  reason: string;
  remedy: string;
  /** What Amazon asked us to wait. */
  retryAfterMs?: number;
}

const waits = "Nothing needs to be done: Tidemark tries again by itself.";
const tellOperator = "Tell whoever runs this Tidemark installation; the log has the details.";

export function classifyFailure(error: unknown): TokenFailure {
  if (error instanceof GrantRejected) {
    return { class: "reconnect", reason: "Amazon refused the token.", remedy: "The Amazon user must consent again." };
  }
  if (error instanceof ClientRejected) {
    return {
      class: "pause_all",
      reason: "Amazon does not accept this installation's client id or secret. Every connection waits.",
      remedy: error.remedy ?? tellOperator,
    };
  }
  if (error instanceof Throttled) {
    const { retryAfterMs } = error;
    return { class: "retry", reason: "Amazon is limiting requests for tokens.", remedy: waits, retryAfterMs };
  }
  if (error instanceof Unavailable) {
    const reason = "Amazon could not be reached for a new access token.";
    return { class: "retry", reason, remedy: waits, retryAfterMs: error.retryAfterMs };
  }
  if (error instanceof Unauthorized || error instanceof Rejected) {
    const said = error.details ? `: ${error.details}` : "";
    return { class: "fault", reason: `Amazon refused the request for a token${said}`, remedy: tellOperator };
  }
  if (error instanceof AmazonError) {
    return { class: "fault", reason: "Amazon's answer for a token could not be read.", remedy: tellOperator };
  }
  if (error instanceof AppError) {
    return { class: "fault", reason: error.message, remedy: error.remedy ?? tellOperator };
  }
  return { class: "fault", reason: "The token could not be renewed: an unexpected error.", remedy: tellOperator };
}

/** Refusals of a grant before it is taken for gone, and the least time between two of them. */
export const refusalsUntilGone = 3;
export const betweenRefusalsMs = 60_000;

const firstRetryMs = 5_000;
const longestRetryMs = 120_000;

/** Milliseconds before the next try, after this many failures in a row. */
export function retryDelay(failure: TokenFailure, failures: number): number {
  if (failure.class === "reconnect" || failure.class === "pause_all") return betweenRefusalsMs;
  const backoff = Math.min(firstRetryMs * 2 ** Math.max(failures - 1, 0), longestRetryMs);
  return Math.max(backoff, failure.retryAfterMs ?? 0);
}
