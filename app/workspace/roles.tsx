import { useDelete } from "@refinedev/core";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { useMemo, useState } from "react";
import type { RoleItem } from "#server/workspace/role-contract";
import { canEverywhere } from "~/providers/access-control";
import type { ApiError } from "~/providers/data";
import { Link } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { useConfirm } from "~/ui/confirm";
import { type Column, DataTable } from "~/ui/data-table";
import { Page } from "~/ui/page";
import { useSeededTable } from "~/ui/use-list";
import { RoleDrawer, type RoleOpen } from "./role-drawer";
import { loadRoles } from "./roles.server";

export const meta: MetaFunction = () => [{ title: "Roles · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadRoles(args);
export const shouldRevalidate = keepsLoader();

export default function Roles() {
  const { seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<RoleItem>("roles", seed);
  const mayWrite = canEverywhere(useViewer(), "roles.write");
  const [open, setOpen] = useState<RoleOpen>(null);
  const remove = useRemoving(table.refetch);
  const columns = useMemo(() => roleColumns({ mayWrite, onOpen: setOpen, remove }), [mayWrite, remove]);
  return (
    <Page
      title="Roles"
      description="What each role may do, and who has it. Roles are given to people for all brands, or brand by brand."
      width="full"
      action={
        mayWrite ? (
          <Button type="primary" onClick={() => setOpen({ how: "new" })}>
            New role
          </Button>
        ) : null
      }
    >
      <DataTable table={table} columns={columns} what="roles" searchLabel="Search roles" height="auto" />
      <RoleDrawer open={open} onClose={() => setOpen(null)} onDone={table.refetch} />
    </Page>
  );
}

function useRemoving(onDone: () => void) {
  const { mutateAsync } = useDelete();
  const confirm = useConfirm();
  return useMemo(
    () => (role: RoleItem) =>
      confirm({
        title: `Remove the role ${role.name}?`,
        content: "It can no longer be given. Nobody has it now.",
        act: "Remove",
        danger: true,
        onAct: () =>
          mutateAsync({
            resource: "roles",
            id: role.id,
            successNotification: { message: `${role.name} is removed`, type: "success" },
            errorNotification: (error) => ({
              message: (error as ApiError).message,
              description: (error as ApiError).remedy ?? "",
              type: "error",
            }),
          }).then(onDone, () => {}),
      }),
    [confirm, mutateAsync, onDone],
  );
}

interface RowActs {
  mayWrite: boolean;
  onOpen: (open: RoleOpen) => void;
  remove: (role: RoleItem) => void;
}

function roleColumns({ mayWrite, onOpen, remove }: RowActs): Column<RoleItem>[] {
  return [
    {
      key: "name",
      title: "Role",
      width: 220,
      render: (role) => (
        <>
          <button type="button" className="tm-link" onClick={() => onOpen({ how: "see", role })}>
            {role.name}
          </button>{" "}
          {role.builtIn ? <span className="tm-muted">built-in</span> : null}
        </>
      ),
    },
    {
      key: "description",
      title: "What it is for",
      render: ({ description }) => <span className="tm-wrap">{description || "–"}</span>,
    },
    {
      key: "money",
      title: "Money",
      render: ({ permissions }) => (permissions.includes("money.read") ? "shown" : "hidden"),
    },
    { key: "holders", title: "Who has it", narrow: true, render: (role) => <Holders role={role} /> },
    {
      key: "acts",
      title: "Actions",
      narrow: true,
      render: (role) => (mayWrite ? <Acts {...{ role, onOpen, remove }} /> : null),
    },
  ];
}

const NAMED = 3;

function Holders({ role: { holders } }: { role: RoleItem }) {
  if (holders.length === 0) return <span className="tm-muted">nobody</span>;
  return (
    <span className="tm-wrap tm-holder">
      {holders.slice(0, NAMED).map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 ? ", " : ""}
          <Link to={`/people/${id}`}>{name}</Link>
        </span>
      ))}
      {holders.length > NAMED ? ` and ${holders.length - NAMED} more` : ""}
    </span>
  );
}

function Acts({ role, onOpen, remove }: Omit<RowActs, "mayWrite"> & { role: RoleItem }) {
  return (
    <span className="tm-row-acts">
      <Button size="small" aria-label={`Copy ${role.name}`} onClick={() => onOpen({ how: "new", from: role })}>
        Copy
      </Button>
      {role.builtIn ? null : (
        <>
          <Button size="small" aria-label={`Change ${role.name}`} onClick={() => onOpen({ how: "edit", role })}>
            Change
          </Button>
          <Button size="small" aria-label={`Remove ${role.name}`} onClick={() => remove(role)}>
            Remove
          </Button>
        </>
      )}
    </span>
  );
}
