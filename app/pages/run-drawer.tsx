import { useOne } from "@refinedev/core";
import { Drawer, Skeleton } from "antd";
import type { ActionRun } from "#server/pages/run-contract";
import type { ApiError } from "~/providers/data";
import { CopyButton } from "~/ui/copy-button";
import { Facts } from "~/ui/page";
import { ErrorState } from "~/ui/states";
import { Time } from "~/ui/time";
import { RunTag } from "./run-tag";
import { listWords } from "./use-descriptions";

export interface RunDrawerProps {
  open: boolean;
  id: string | null;
  onClose: () => void;
}

/** One run, whole: what was sent, each attempt, the answer. */
export default function RunDrawer({ open, id, onClose }: RunDrawerProps) {
  const { result, query } = useOne<ActionRun>({
    resource: "custom-action-runs",
    id: id ?? "",
    queryOptions: { enabled: open && id !== null },
    liveMode: "auto",
    errorNotification: false,
  });
  const run = result?.id === id ? result : null;
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={run ? `${run.actionLabel}: ${run.recordLabel || "test"}` : "Run"}
      width="min(560px, 100vw)"
    >
      {query.isError ? (
        <ErrorState error={query.error as ApiError} onRetry={() => void query.refetch()} />
      ) : run ? (
        <Whole run={run} />
      ) : (
        <Skeleton active />
      )}
    </Drawer>
  );
}

function Whole({ run }: { run: ActionRun }) {
  return (
    <div className="tm-stack">
      <Facts
        items={[
          { label: "State", value: <RunTag run={run} /> },
          ...(run.note ? [{ label: "Why", value: run.note }] : []),
          { label: "For", value: `${run.recordLabel || "no record"}, ${listWords(run.recordType).toLowerCase()}` },
          { label: "Brand", value: run.brandName ?? "–" },
          { label: "By", value: `${run.startedBy}${run.test ? ", as a test" : ""}` },
          { label: "Begun", value: <Time at={run.createdAt} past /> },
          { label: "Ended", value: <Time at={run.endedAt} none="not yet" past /> },
          ...(run.nextAt && run.attempts > 0 ? [{ label: "Tried again", value: <Time at={run.nextAt} /> }] : []),
          {
            label: "webhook-id",
            value: (
              <>
                <code className="tm-breaks">msg_{run.id}</code> <CopyButton text={`msg_${run.id}`} what="webhook-id" />
              </>
            ),
          },
        ]}
      />
      {run.withheld ? (
        <p className="tm-muted">
          What was sent and answered may hold this brand's money, which you may not see. Ask an owner or admin.
        </p>
      ) : (
        <>
          <h3>Sent</h3>
          <pre className="tm-sent">{pretty(run.sent)}</pre>
          <h3>Answer{run.status === null ? "" : `, ${run.status}`}</h3>
          {run.answer ? <pre className="tm-sent">{run.answer}</pre> : <p className="tm-muted">Nothing was said.</p>}
        </>
      )}
      <h3>Attempts</h3>
      <Tries run={run} />
    </div>
  );
}

function Tries({ run }: { run: ActionRun }) {
  if (run.tries.length === 0) return <p className="tm-muted">None has come to an end yet.</p>;
  return (
    <ol className="tm-plain-list">
      {run.tries.map(({ at, status, note }) => (
        <li key={at}>
          <Time at={at} past />: {status ?? "no answer"}
          {note ? <div className="tm-muted">{note}</div> : null}
        </li>
      ))}
    </ol>
  );
}

function pretty(text: string | null): string {
  try {
    return JSON.stringify(JSON.parse(text ?? ""), null, 2);
  } catch {
    return text ?? "";
  }
}
