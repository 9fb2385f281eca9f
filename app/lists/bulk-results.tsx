import { Button } from "antd";
import type { ResourceDescription } from "#server/api/describe";
import type { BulkAnswer } from "#server/api/lists/contract";
import { StatusTag } from "~/ui/status-tag";
import { countWords, csvOf, download } from "./words";

interface BulkResultsProps {
  answer: BulkAnswer;
  description: ResourceDescription;
  what: string;
}

const SHOWN = 200;

/** What became of each record: those that failed first, with why. */
export function BulkResults({ answer, description, what }: BulkResultsProps) {
  const { results, done, failed } = answer;
  const sorted = [...results].sort((a, b) => b.outcome.localeCompare(a.outcome));
  const keep = () =>
    download(
      `${description.name}-results.csv`,
      csvOf([
        ["Id", "Name", "Outcome", "Reason", "Remedy"],
        ...sorted.map(({ id, label, outcome, reason, remedy }) => [
          id,
          label ?? "",
          outcome,
          reason ?? "",
          remedy ?? "",
        ]),
      ]),
    );
  return (
    <div aria-live="polite">
      <p>
        <strong>{countWords(done, what, description)} done</strong>
        {failed > 0 ? `, ${failed} failed` : ""}.{" "}
        <Button size="small" onClick={keep}>
          Download results
        </Button>
      </p>
      <ul className="tm-plain-list">
        {sorted.slice(0, SHOWN).map(({ id, label, outcome, reason, remedy }) => (
          <li key={id}>
            {label ?? <code>{id}</code>}{" "}
            <StatusTag signal={outcome === "done" ? "ok" : "problem"}>
              {outcome === "done" ? "Done" : "Failed"}
            </StatusTag>
            {reason ? (
              <div className="tm-muted">
                {reason} {remedy}
              </div>
            ) : null}
          </li>
        ))}
        {sorted.length > SHOWN ? <li className="tm-muted">and {sorted.length - SHOWN} more in the download</li> : null}
      </ul>
    </div>
  );
}
