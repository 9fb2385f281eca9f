import { consentFailures, duplicated, refusal } from "./consent-words";
import type { ConnectOutcome } from "./contract";

/** What came back from Amazon's consent page. A failure with a state still uses that state up. */
export type CallbackReply =
  | { kind: "code"; state: string; code: string; scopes: string[] | null }
  | { kind: "failed"; state: string | null; outcome: ConnectOutcome };

const known = ["code", "state", "error", "error_description", "scope"] as const;
const longest = 4096;

/** Reads the query of a callback. A parameter that comes twice is refused: which one counts is not ours to choose. */
export function readCallback(search: string): CallbackReply {
  const query = new URLSearchParams(search);
  const twice = known.find((name) => query.getAll(name).length > 1);
  if (twice) return { kind: "failed", state: null, outcome: duplicated(twice) };
  const state = query.get("state");
  if (!state || state.length > longest) return { kind: "failed", state: null, outcome: consentFailures.noState };
  const error = query.get("error");
  if (error) return { kind: "failed", state, outcome: refusal(error, query.get("error_description")) };
  const code = query.get("code");
  if (!code || code.length > longest) return { kind: "failed", state, outcome: consentFailures.noCode };
  return { kind: "code", state, code, scopes: query.get("scope")?.split(" ").filter(Boolean) ?? null };
}
