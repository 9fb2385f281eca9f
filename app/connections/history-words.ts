// What became of a connection, in words.
import type { ConnectionEvent } from "#server/connections/consent-contract";
import { actionWords } from "~/audit/audit-words";
import { plural } from "./words";

export interface EventWords {
  what: string;
  /** Why, or which accounts. */
  more: string | null;
}

const plain: Record<string, string> = {
  "connection.connected": "Connected",
  "connection.reconnected": "Consented again",
  "connection.disconnected": "Disconnected, tokens deleted",
  "connection.became_degraded": "Degraded",
  "connection.became_needs_reconsent": "Consent needed",
  "connection.became_expiring": "Consent ends soon",
  "connection.rediscovery_asked": "Asked to look for accounts again",
  "connection.renewal_asked": "Asked for a new token",
  "connection.keys_rotated": "Tokens sealed under a new key",
};

export function eventWords(event: ConnectionEvent): EventWords {
  if (event.direction) return accountWords(event);
  if (event.action === "connection.became_healthy") {
    return {
      what: event.lasted === null ? "Healthy" : `Healthy again after ${durationWords(event.lasted)}`,
      more: null,
    };
  }
  if (event.action === "connection.taken_over")
    return { what: `Looked after by ${event.actorName} from now on`, more: null };
  return { what: plain[event.action] ?? actionWords(event.action.replace(/^connection\./, "")), more: event.reason };
}

function accountWords({ action, direction, accounts, accountNames, otherName }: ConnectionEvent): EventWords {
  const some = plural(accounts, "account");
  const other = otherName ?? "another connection";
  const more = namesWords(accountNames, accounts);
  if (action === "account.stranded") return { what: `${some} left without a connection`, more };
  if (action === "account.returned") return { what: `${some} read through it again`, more };
  const byHand = action === "account.read_through_chosen" ? "by hand " : "";
  if (direction === "left") return { what: `${some} moved ${byHand}to ${other}`, more };
  return { what: otherName ? `${some} moved ${byHand}here from ${other}` : `${some} put here by hand`, more };
}

function namesWords(names: readonly string[], count: number): string | null {
  if (names.length === 0) return null;
  const hidden = count - names.length;
  return `${names.join(", ")}${hidden > 0 ? ` and ${plural(hidden, "other")}` : ""}`;
}

const units = [
  { seconds: 86_400, word: "d" },
  { seconds: 3_600, word: "h" },
  { seconds: 60, word: "min" },
] as const;

/** "12 min", "3 h 5 min", "2 d". */
export function durationWords(seconds: number): string {
  const at = units.findIndex((unit) => seconds >= unit.seconds);
  const unit = units[at];
  if (!unit) return `${Math.max(1, Math.round(seconds))} s`;
  const whole = Math.floor(seconds / unit.seconds);
  const next = units[at + 1];
  const rest = next ? Math.floor((seconds % unit.seconds) / next.seconds) : 0;
  return `${whole} ${unit.word}${next && rest > 0 ? ` ${rest} ${next.word}` : ""}`;
}
