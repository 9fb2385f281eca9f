import { useDelete } from "@refinedev/core";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { useState } from "react";
import type { CustomAction, CustomActionSecret } from "#server/pages/action-contract";
import { lazyDrawer } from "~/lists/lazy";
import { canEverywhere } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import type { ApiError } from "~/providers/data";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { useConfirm } from "~/ui/confirm";
import { DataTable } from "~/ui/data-table";
import { LinkButton } from "~/ui/link-button";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { useSeededTable } from "~/ui/use-list";
import { actionColumns } from "./action-columns";
import type { ActionEditorProps, ActionOpen } from "./action-editor";
import { loadCustomActions } from "./custom-actions.server";
import type { RunDrawerProps } from "./run-drawer";
import { RotateSecret, SecretDialog } from "./secret-dialogs";

export const meta: MetaFunction = () => [{ title: "Custom actions · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadCustomActions(args);
export const shouldRevalidate = keepsLoader();

const ActionEditor = lazyDrawer<ActionEditorProps>(() => import("./action-editor"));
const RunDrawer = lazyDrawer<RunDrawerProps>(() => import("./run-drawer"));

export default function CustomActions() {
  const { seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<CustomAction>("custom-actions", seed);
  const mayWrite = canEverywhere(useViewer(), "pages.write");
  const [editing, setEditing] = useState<{ what: ActionOpen; open: boolean; turn: number } | null>(null);
  const [made, setMade] = useState<CustomActionSecret | null>(null);
  const [rotating, setRotating] = useState<CustomAction | null>(null);
  const [run, setRun] = useState<{ id: string; open: boolean } | null>(null);
  const test = useTesting((id) => setRun({ id, open: true }));
  const edit = (what: ActionOpen) => setEditing({ what, open: true, turn: (editing?.turn ?? 0) + 1 });
  const remove = useRemoving(table.refetch);
  const columns = actionColumns({ mayWrite, onOpen: edit, remove, test, rotate: setRotating });
  const create = mayWrite ? (
    <Button type="primary" onClick={() => edit({ how: "new" })}>
      New action
    </Button>
  ) : null;
  return (
    <Page
      title="Custom actions"
      description="Signed calls to systems of your own, for records chosen on a custom page: open a ticket, tell a buyer, start a job."
      width="full"
      action={
        <>
          <LinkButton to="/custom-actions/runs">Runs</LinkButton>
          {create}
        </>
      }
    >
      <DataTable
        table={table}
        columns={columns}
        what="actions"
        searchLabel="Search actions"
        height="auto"
        labelOf={({ label }) => label}
        empty={
          <EmptyState title="Your actions will be listed here" action={create}>
            An action asks for what you need, has it confirmed, and calls an address of yours. Nobody has made one yet.
          </EmptyState>
        }
      />
      {editing ? (
        <ActionEditor
          key={editing.turn}
          open={editing.open}
          what={editing.what}
          onClose={() => setEditing({ ...editing, open: false })}
          onTest={test}
          onDone={(record) => {
            table.refetch();
            if ("secret" in record) setMade(record);
          }}
        />
      ) : null}
      <SecretDialog made={made} onClose={() => setMade(null)} />
      <RotateSecret rotated={rotating} onClose={() => setRotating(null)} onDone={setMade} />
      {run ? <RunDrawer open={run.open} id={run.id} onClose={() => setRun({ ...run, open: false })} /> : null}
    </Page>
  );
}

/** Sends a test and shows what comes of it. */
function useTesting(onRun: (id: string) => void) {
  const { act } = useAct("custom-actions");
  return (action: CustomAction) =>
    act<{ runId: string }>({ id: action.id, action: "test" }).then(
      ({ runId }) => onRun(runId),
      () => {},
    );
}

function useRemoving(onDone: () => void) {
  const { mutateAsync } = useDelete();
  const confirm = useConfirm();
  return (action: CustomAction) =>
    confirm({
      title: `Delete the action ${action.label}?`,
      content: "What still waits is not sent any more. What was sent stays in the runs and in the audit log.",
      act: "Delete",
      danger: true,
      onAct: () =>
        mutateAsync({
          resource: "custom-actions",
          id: action.id,
          successNotification: { message: `${action.label} is deleted`, type: "success" },
          errorNotification: (error) => ({
            message: (error as ApiError).message,
            description: (error as ApiError).remedy ?? "",
            type: "error",
          }),
        }).then(onDone, () => {}),
    });
}
