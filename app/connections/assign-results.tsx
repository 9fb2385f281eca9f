import type { AssignedAccount } from "#server/connections/contract";
import { type Signal, StatusTag } from "~/ui/status-tag";

const words: Record<AssignedAccount["outcome"], { signal: Signal; word: string }> = {
  assigned: { signal: "ok", word: "Assigned" },
  unchanged: { signal: "off", word: "Already so" },
  refused: { signal: "problem", word: "Refused" },
  not_found: { signal: "problem", word: "Not found" },
};

/** What happened to each account of a bulk assignment. */
export function AssignResults({ results }: { results: AssignedAccount[] }) {
  return (
    <ul className="tm-plain-list" aria-live="polite">
      {results.map(({ accountId, name, outcome, reason }) => (
        <li key={accountId}>
          {name ?? <code>{accountId}</code>} <StatusTag signal={words[outcome].signal}>{words[outcome].word}</StatusTag>
          {reason ? <span className="tm-muted"> {reason}</span> : null}
        </li>
      ))}
    </ul>
  );
}
