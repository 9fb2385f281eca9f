import { Alert } from "antd";
import {
  type AmcExecution,
  type ExecutionState,
  executionStateWords,
  openStates,
} from "#server/amc/execution-contract";
import { Facts, Section } from "~/ui/page";
import { Time } from "~/ui/time";
import { Count } from "~/ui/values";

/** Where a run without an answer is: its steps, what Amazon says, and until when. */
export function RunProgress({ run }: { run: AmcExecution }) {
  const { state, note, amazonStatus, amazonExecutionId, attempts, startedAt, deadlineAt, finishedAt } = run;
  const isOpen = openStates.some((open) => open === state);
  return (
    <Section title="Where it is">
      <div aria-live="polite">
        {isOpen ? <Steps state={state} /> : null}
        {note ? <Alert type={state === "failed" ? "error" : "info"} showIcon message={note} /> : null}
      </div>
      <Facts
        items={[
          { label: "Handed to Amazon", value: <Time at={startedAt} none="not yet" past /> },
          { label: "Times handed over", value: <Count value={attempts} /> },
          { label: "Amazon's word", value: amazonStatus ?? "none yet" },
          { label: "Amazon's id", value: amazonExecutionId ? <code>{amazonExecutionId}</code> : "none yet" },
          isOpen
            ? { label: "Amazon gives it up", value: <Time at={deadlineAt} none="after it was handed over" /> }
            : { label: "Over", value: <Time at={finishedAt} past /> },
        ]}
      />
      {isOpen ? (
        <p className="tm-muted">
          Amazon takes from a minute to hours. You can leave this page: the answer will be kept here.
        </p>
      ) : null}
    </Section>
  );
}

const steps: readonly ExecutionState[] = openStates;

function Steps({ state }: Pick<AmcExecution, "state">) {
  const at = steps.indexOf(state);
  return (
    <ol className="tm-steps">
      {steps.map((open, index) => (
        <li key={open} aria-current={index === at ? "step" : undefined} data-over={index < at}>
          {executionStateWords[open]}
        </li>
      ))}
    </ol>
  );
}
