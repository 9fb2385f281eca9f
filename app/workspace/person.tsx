import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { useState } from "react";
import type { Member } from "#server/workspace/contract";
import { can, canEverywhere } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { useNews } from "~/providers/live";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { Facts, Page, Section } from "~/ui/page";
import { StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";
import { AccessExplainer } from "./access-explainer";
import { BelongingList } from "./belonging-list";
import { loadPerson } from "./person.server";
import { RoleTable } from "./role-table";
import { RolesDrawer } from "./roles-drawer";
import { SuspendDrawer } from "./suspend-drawer";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.member.name ?? "Person"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadPerson(args);

export default function Person() {
  const { member, activity } = useLoaderData<typeof loader>();
  const viewer = useViewer();
  const reread = useReread();
  useNews(["members", "roles", "connections", "brands"], reread);
  return (
    <Page
      title={member.name}
      description={member.email}
      trail={[{ label: "People", to: "/people" }]}
      state={<StateTag member={member} />}
      action={canEverywhere(viewer, "members.write") ? <Acts member={member} onDone={reread} /> : null}
    >
      <Facts
        items={[
          { label: "Joined", value: <Time at={member.createdAt} past /> },
          { label: "Last signed in", value: <Time at={member.lastSignedInAt} past /> },
          ...(activity
            ? [
                { label: "Last active", value: <Time at={activity.lastActiveAt} past /> },
                { label: "Sessions open", value: String(activity.sessions) },
              ]
            : []),
        ]}
      />
      <Section title="Roles">
        <RoleTable roles={member.roles} />
      </Section>
      {activity ? (
        <Section title="What hangs on them">
          {activity.belongings.length === 0 ? (
            <p className="tm-muted">Nothing: no connection, brand, API key or shared view.</p>
          ) : (
            <BelongingList items={activity.belongings} />
          )}
        </Section>
      ) : null}
      {can(viewer, "roles.read") ? (
        <Section title="Why may they?">
          <AccessExplainer member={member} />
        </Section>
      ) : null}
    </Page>
  );
}

const StateTag = ({ member }: { member: Member }) =>
  member.state === "active" ? (
    <StatusTag signal="ok">Active</StatusTag>
  ) : (
    <StatusTag signal="paused" why="Cannot sign in; everything they did stays.">
      Suspended
    </StatusTag>
  );

function Acts({ member, onDone }: { member: Member; onDone: () => void }) {
  const { act, busy } = useAct("members");
  const [open, setOpen] = useState<"roles" | "suspend" | null>(null);
  const isMe = useViewer().user.id === member.id;
  const close = () => setOpen(null);
  const view = () =>
    // Rights and pages are others from here on: nothing that is loaded may stay.
    act({ id: member.id, action: "view-as" }).then(
      () => window.location.assign("/"),
      () => {},
    );
  const reactivate = () =>
    act({ id: member.id, action: "reactivate", done: `${member.name} can sign in again` }).then(onDone, () => {});
  return (
    <>
      {isMe || member.state !== "active" ? null : (
        <Button disabled={busy} onClick={view}>
          View as {member.name}
        </Button>
      )}
      {isMe ? null : member.state === "active" ? (
        <Button onClick={() => setOpen("suspend")}>Suspend</Button>
      ) : (
        <Button disabled={busy} onClick={reactivate}>
          Reactivate
        </Button>
      )}
      <Button type="primary" onClick={() => setOpen("roles")}>
        Change roles
      </Button>
      <RolesDrawer member={open === "roles" ? member : null} onClose={close} onDone={onDone} />
      <SuspendDrawer member={open === "suspend" ? member : null} onClose={close} onDone={onDone} />
    </>
  );
}
