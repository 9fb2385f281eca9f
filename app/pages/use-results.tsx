import { useList } from "@refinedev/core";
import type { ActionRun, UseAnswer, UseResult } from "#server/pages/run-contract";
import { can } from "~/providers/access-control";
import { Link } from "~/providers/router";
import { useViewer } from "~/shell/viewer";
import { StatusTag } from "~/ui/status-tag";
import { RunTag } from "./run-tag";

/** What became of each record: first whether its call was begun, then what the receiver answered. */
export function UseResults({ answer }: { answer: UseAnswer }) {
  const { results, done, failed } = answer;
  const runIds = results.flatMap(({ runId }) => runId ?? []);
  const mayRead = can(useViewer(), "actions.read");
  const { result } = useList<ActionRun>({
    resource: "custom-action-runs",
    filters: [{ field: "id", operator: "eq", value: runIds }],
    pagination: { currentPage: 1, pageSize: 200 },
    queryOptions: { enabled: mayRead && runIds.length > 0 },
    liveMode: "auto",
    errorNotification: false,
  });
  const runs = new Map(result.data.map((run) => [run.id, run]));
  return (
    <div aria-live="polite">
      <p>
        <strong>{done} handed over</strong>
        {failed > 0 ? `, ${failed} not` : ""}. Each is sent within moments, and again if the receiver fails.
      </p>
      <ul className="tm-plain-list">
        {results.map((one) => (
          <li key={one.id}>
            <Outcome result={one} run={runs.get(one.runId ?? "") ?? null} />
          </li>
        ))}
      </ul>
      {mayRead && runIds.length > 0 ? <Link to="/custom-actions/runs">All runs</Link> : null}
    </div>
  );
}

function Outcome({ result, run }: { result: UseResult; run: ActionRun | null }) {
  const { id, label, outcome, reason, remedy } = result;
  const why = outcome === "failed" ? [reason, remedy] : [run?.note, run?.answer?.slice(0, 300)];
  const words = why.filter(Boolean).join(" ");
  return (
    <>
      {label ?? <code>{id}</code>}{" "}
      {outcome === "failed" ? (
        <StatusTag signal="problem">Not sent</StatusTag>
      ) : run ? (
        <RunTag run={run} />
      ) : (
        <StatusTag signal="waiting">Handed over</StatusTag>
      )}
      {words ? <div className="tm-muted tm-breaks">{words}</div> : null}
    </>
  );
}
