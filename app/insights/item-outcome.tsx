import type { ChangeItem } from "#server/insights/change-contract";
import { ItemTag } from "./change-words";

/** What became of an item: Amazon's code and words, what to do, and the id to ask Amazon's support by. */
export function ItemOutcome({ item }: { item: ChangeItem }) {
  const { state, code, message, remedy, requestId } = item;
  const isAmazons = code !== null && !ours.has(code);
  return (
    <div className="tm-outcome">
      <ItemTag state={state} code={code} />
      {message ? (
        <p>
          {isAmazons ? <code>{code}</code> : null} {message}
        </p>
      ) : null}
      {remedy ? <p className="tm-muted">{remedy}</p> : null}
      {requestId && state !== "applied" ? (
        <p className="tm-muted">
          Amazon's request <code>{requestId}</code>
        </p>
      ) : null}
    </div>
  );
}

const ours = new Set([
  "READ_ONLY",
  "UNREACHABLE",
  "NOT_SENT",
  "DRIFTED",
  "UNSURE",
  "GIVEN_UP",
  "BROKE_OFF",
  "NOT_LISTED",
]);
