import { Button } from "antd";
import { type AmcExecution, openStates } from "#server/amc/execution-contract";
import { can } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { useConfirm } from "~/ui/confirm";
import { LinkButton } from "~/ui/link-button";

/** What can be done with a run as it is now. */
export function RunActs({ run: { id, title, state, templateId, instanceId } }: { run: AmcExecution }) {
  const mayRun = can(useViewer(), "amc.write");
  const { act, busy } = useAct("amc-executions");
  const reread = useReread();
  const confirm = useConfirm();
  if (!mayRun) return null;
  const isOpen = openStates.some((open) => open === state);
  const send = (action: "cancel" | "retry", done: string) => act({ id, action, done }).then(reread, () => {});
  const cancel = () =>
    confirm({
      title: `Cancel the run ${title}?`,
      content: "Amazon is told to stop. It counts among the runs over these tables and days all the same.",
      act: "Cancel run",
      danger: true,
      onAct: () => send("cancel", `Cancelled: ${title}`),
    });
  return (
    <>
      {isOpen ? (
        <Button onClick={cancel} disabled={busy}>
          Cancel run
        </Button>
      ) : null}
      {state === "failed" || state === "cancelled" ? (
        <Button type="primary" disabled={busy} onClick={() => void send("retry", `Taken up again: ${title}`)}>
          Try again
        </Button>
      ) : null}
      {templateId ? (
        <LinkButton to={`/amc/templates/${templateId}?instances=${instanceId}&from=${id}`}>Change and ask</LinkButton>
      ) : (
        <LinkButton to={`/amc/sql?run=${id}`}>Change and ask</LinkButton>
      )}
      {templateId ? (
        <LinkButton type={state === "done" ? "primary" : "default"} to={`/amc/schedules/new?from=${id}`}>
          Schedule this
        </LinkButton>
      ) : null}
    </>
  );
}
