import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button, Select } from "antd";
import { useMemo, useState } from "react";
import type { InvitationLink, Member } from "#server/workspace/contract";
import { useAct } from "~/providers/act";
import { useNews } from "~/providers/live";
import { keepsLoader, useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { DataTable } from "~/ui/data-table";
import { Page } from "~/ui/page";
import { useSeededTable } from "~/ui/use-list";
import { GiveDrawer } from "./give-drawer";
import { InvitationTable } from "./invitation-table";
import { InviteDrawer } from "./invite-drawer";
import { LinkDialog } from "./link-dialog";
import { memberColumns } from "./member-columns";
import { loadPeople } from "./people.server";
import { RolesDrawer } from "./roles-drawer";
import { SuspendDrawer } from "./suspend-drawer";

export const meta: MetaFunction = () => [{ title: "People · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadPeople(args);
export const shouldRevalidate = keepsLoader();

const states = [
  { value: "active", label: "Active" },
  { value: "suspended", label: "Suspended" },
];

export default function People() {
  const { seed, invitations, roleFile } = useLoaderData<typeof loader>();
  const table = useSeededTable<Member>("members", seed);
  const { user } = useViewer();
  const revalidate = useReread();
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<InvitationLink | null>(null);
  const [editing, setEditing] = useState<Member | null>(null);
  const [suspending, setSuspending] = useState<Member | null>(null);
  const [giving, setGiving] = useState({ memberIds: [] as string[], open: false });
  const { act } = useAct("members");
  useNews(["invitations"], revalidate);
  const mayWrite = invitations !== null;
  const columns = useMemo(() => {
    const reactivate = ({ id, name }: Member) => {
      act({ id, action: "reactivate", done: `${name} can sign in again` }).catch(() => {});
    };
    return memberColumns({ me: user.id, mayWrite, onRoles: setEditing, suspend: setSuspending, reactivate });
  }, [user.id, mayWrite, act]);
  return (
    <Page
      title="People"
      description="Who works here, and what each may do, for all brands or brand by brand."
      width="full"
      action={
        mayWrite ? (
          <Button type="primary" onClick={() => setInviting(true)}>
            Invite
          </Button>
        ) : null
      }
    >
      <DataTable
        table={table}
        columns={columns}
        what="people"
        searchLabel="Search people"
        height="auto"
        bulkActions={[]}
        otherFiles={{ description: roleFile, what: "roles" }}
        {...(mayWrite
          ? {
              moreActs: (memberIds: string[]) => (
                <Button onClick={() => setGiving({ memberIds, open: true })}>Give a role to {memberIds.length}</Button>
              ),
            }
          : {})}
        filters={
          <Select
            aria-label="State"
            allowClear
            placeholder="Any state"
            options={states}
            value={table.filterValue("state")}
            onChange={(value) => table.setFilter("state", value)}
          />
        }
      />
      {invitations ? <InvitationTable invitations={invitations} onLink={setLink} onChanged={revalidate} /> : null}
      <InviteDrawer
        open={inviting}
        onClose={() => setInviting(false)}
        onDone={(made) => {
          setLink(made);
          revalidate();
        }}
      />
      <RolesDrawer member={editing} onClose={() => setEditing(null)} onDone={table.refetch} />
      <SuspendDrawer member={suspending} onClose={() => setSuspending(null)} onDone={table.refetch} />
      <GiveDrawer
        {...giving}
        onClose={() => setGiving(({ memberIds }) => ({ memberIds, open: false }))}
        onDone={table.refetch}
      />
      <LinkDialog invitation={link} onClose={() => setLink(null)} />
    </Page>
  );
}
