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
  /** No usable answer: it may be the host, and not this connection. */
  away?: true;
}

const waits = "Nothing needs to be done: Tidemark tries again by itself.";
const tellOperator = "Tell whoever runs this Tidemark installation; the log has the details.";

export const clientRefused: TokenFailure = {
  class: "pause_all",
  reason: "Amazon does not accept this installation's client id or secret. Every connection waits.",
  remedy: "Check AMAZON_CLIENT_ID and AMAZON_CLIENT_SECRET, and that the client is approved for the Ads API.",
};

export const hostAway: TokenFailure = {
  class: "retry",
  reason: "Amazon could not be reached for a new access token.",
  remedy: waits,
  away: true,
};

export function classifyFailure(error: unknown): TokenFailure {
  if (error instanceof GrantRejected) {
    return { class: "reconnect", reason: "Amazon refused the token.", remedy: "The Amazon user must consent again." };
  }
  if (error instanceof ClientRejected) return clientRefused;
  if (error instanceof Throttled) {
    const { retryAfterMs } = error;
    return { class: "retry", reason: "Amazon is limiting requests for tokens.", remedy: waits, retryAfterMs };
  }
  if (error instanceof Unavailable) return { ...hostAway, retryAfterMs: error.retryAfterMs };
  if (error instanceof Unauthorized || error instanceof Rejected) {
    const said = error.details ? `: ${error.details}` : "";
    return { class: "fault", reason: `Amazon refused the request for a token${said}`, remedy: tellOperator };
  }
  if (error instanceof AmazonError) {
    // Many of these in a row are an outage too: a proxy or a maintenance page answers in Amazon's place.
    const reason = "Amazon's answer for a token could not be read.";
    return { class: "fault", reason, remedy: tellOperator, away: true };
  }
  if (error instanceof AppError) {
    return { class: "fault", reason: error.message, remedy: error.remedy ?? tellOperator };
  }
  return { class: "fault", reason: "The token could not be renewed: an unexpected error.", remedy: tellOperator };
}
