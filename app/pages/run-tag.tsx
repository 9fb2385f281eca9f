import { type ActionRun, type RunState, runStateWords } from "#server/pages/run-contract";
import { type Signal, StatusTag } from "~/ui/status-tag";

const signals: Record<RunState, Signal> = { waiting: "waiting", done: "ok", refused: "attention", failed: "problem" };

export function RunTag({ run }: { run: Pick<ActionRun, "state" | "attempts" | "note"> }) {
  const { state, attempts, note } = run;
  const isAgain = state === "waiting" && attempts > 0;
  return (
    <StatusTag signal={signals[state]} why={note}>
      {isAgain ? `Trying again, ${attempts} so far` : runStateWords[state]}
    </StatusTag>
  );
}
