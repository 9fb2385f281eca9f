import { Button } from "antd";
import type { ExecutionCheck } from "#server/amc/execution-contract";
import { LinkButton } from "~/ui/link-button";

interface AskActsProps {
  /** Null: not known yet, or more than one run. */
  check: ExecutionCheck | null;
  runs: number;
  busy: boolean;
  /** Whether the SQL itself stands in the way. */
  unsound?: boolean;
  onAnyway(): void;
}

/** What the guard leaves to do: run, or take the answer there is. */
export function AskActs({ check, runs, busy, unsound = false, onAnyway }: AskActsProps) {
  if (check?.verdict === "reuse" && check.identical) {
    return (
      <div className="tm-acts">
        <LinkButton type="primary" to={`/amc/runs/${check.identical.id}`}>
          Open the answer
        </LinkButton>
        <Button onClick={onAnyway} loading={busy}>
          Run all the same
        </Button>
      </div>
    );
  }
  const refused = check?.verdict === "refuse" || check?.problems.some(({ severity }) => severity === "error");
  return (
    <div className="tm-acts">
      <Button type="primary" htmlType="submit" loading={busy} disabled={refused || unsound || runs === 0}>
        {runs > 1 ? `Run ${runs} times` : "Run"}
      </Button>
      {runs > 1 ? (
        <>
          <Button onClick={onAnyway} loading={busy} disabled={unsound}>
            Run all anew
          </Button>
          <span className="tm-muted">Answers that are fresh, or under way, are not asked for again.</span>
        </>
      ) : null}
      {runs === 0 ? <span className="tm-muted">Choose where to ask first.</span> : null}
    </div>
  );
}
