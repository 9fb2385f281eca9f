// What the guard says of a run before it starts.
import { Alert } from "antd";
import type { ExecutionCheck } from "#server/amc/execution-contract";
import type { ApiError } from "~/providers/data";
import { Link } from "~/providers/router";
import { Facts } from "~/ui/page";
import { Time } from "~/ui/time";
import { Count } from "~/ui/values";
import { ProblemList } from "./problem-list";
import { DaysOf, ExecutionTag } from "./words";

interface GuardProps {
  check: ExecutionCheck | null;
  /** What the server could not take. */
  error: ApiError | null;
  asking: boolean;
}

export function Guard({ check, error, asking }: GuardProps) {
  return (
    <div className="tm-guard" aria-live="polite" aria-busy={asking}>
      {error ? <Alert type="error" showIcon message={error.message} description={error.remedy} /> : null}
      {check ? <Said check={check} /> : null}
    </div>
  );
}

function Said({ check }: { check: ExecutionCheck }) {
  const { window, load, problems, identical, overlapping, verdict } = check;
  return (
    <>
      <Facts
        items={[
          {
            label: "These days",
            value: (
              <>
                <DaysOf window={window} /> <span className="tm-muted">{window.timeZone}</span>
              </>
            ),
          },
          { label: "Runs of this instance", value: <Load now={load.instance} most={load.perInstance} /> },
          { label: "Runs of the account", value: <Load now={load.account} most={load.perAccount} /> },
        ]}
      />
      {problems.length > 0 ? <ProblemList problems={problems} /> : null}
      {identical && verdict === "reuse" ? (
        <Alert
          type="info"
          showIcon
          message="The same was asked before, and the answer is fresh"
          description={
            <>
              <Link to={`/amc/runs/${identical.id}`}>{identical.title}</Link>, by {identical.createdBy}{" "}
              <Time at={identical.createdAt} past />. It answers without another run.
            </>
          }
        />
      ) : null}
      {overlapping.length > 0 && verdict !== "reuse" ? <Overlapping check={check} /> : null}
    </>
  );
}

const Load = ({ now, most }: { now: number; most: number }) => (
  <>
    <Count value={now} /> of <Count value={most} /> at once
  </>
);

const overlapWords: Record<ExecutionCheck["verdict"], { type: "info" | "warning" | "error"; message: string }> = {
  start: { type: "info", message: "Others asked of the same tables and days in the last 24 hours" },
  reuse: { type: "info", message: "Others asked of the same tables and days in the last 24 hours" },
  warn: { type: "warning", message: "Many runs asked of the same tables and days in the last 24 hours" },
  refuse: { type: "error", message: "Your agency's policy refuses another run over these tables and days" },
};
const mostShown = 5;

function Overlapping({ check: { overlapping, overlaps, verdict } }: { check: ExecutionCheck }) {
  const { type, message } = overlapWords[verdict];
  return (
    <Alert
      type={type}
      showIcon
      message={message}
      description={
        <>
          <p>Amazon rejects runs where too many touched the same inputs; one of these may answer the question.</p>
          <ul className="tm-runs-alike">
            {overlapping.slice(0, mostShown).map(({ id, title, state, window, createdBy, createdAt }) => (
              <li key={id}>
                <Link to={`/amc/runs/${id}`}>{title}</Link> <ExecutionTag state={state} /> <DaysOf window={window} />,{" "}
                {createdBy} <Time at={createdAt} past />
              </li>
            ))}
          </ul>
          {verdict === "warn" || verdict === "refuse" ? (
            <p>
              How many may be: <Link to="/amc/runs?rules=open">the agency's rules</Link>.
            </p>
          ) : null}
          {overlaps > mostShown ? <p>And {overlaps - mostShown} more.</p> : null}
        </>
      }
    />
  );
}
