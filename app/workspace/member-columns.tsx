import { Button } from "antd";
import type { Member } from "#server/workspace/contract";
import { Link } from "~/providers/router";
import type { Column } from "~/ui/data-table";
import { StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";
import { roleWords } from "./role-words";

interface MemberActs {
  /** The viewer's own id. */
  me: string;
  mayWrite: boolean;
  onRoles: (member: Member) => void;
  suspend: (member: Member) => void;
  reactivate: (member: Member) => void;
}

export function memberColumns({ me, mayWrite, onRoles, suspend, reactivate }: MemberActs): Column<Member>[] {
  const columns: Column<Member>[] = [
    {
      key: "name",
      title: "Name",
      sort: true,
      width: 200,
      render: ({ id, name }) => (
        <>
          <Link to={`/people/${id}`}>{name}</Link> {id === me ? <span className="tm-muted">you</span> : null}
        </>
      ),
    },
    { key: "email", title: "Email", sort: true, render: ({ email }) => email },
    {
      key: "roles",
      title: "Roles",
      narrow: true,
      render: ({ roles }) => <span className="tm-wrap">{roleWords(roles) || "No role"}</span>,
    },
    {
      key: "state",
      title: "State",
      narrow: true,
      render: ({ state }) =>
        state === "active" ? (
          <StatusTag signal="ok">Active</StatusTag>
        ) : (
          <StatusTag signal="paused" why="Cannot sign in; everything they did stays.">
            Suspended
          </StatusTag>
        ),
    },
    {
      key: "lastSignedInAt",
      title: "Last signed in",
      sort: true,
      render: ({ lastSignedInAt }) => <Time at={lastSignedInAt} none="Never" past />,
    },
  ];
  if (!mayWrite) return columns;
  const acts: Column<Member> = {
    key: "acts",
    title: "Actions",
    narrow: true,
    render: (member) => (
      <span className="tm-row-acts">
        <Button size="small" aria-label={`Change roles of ${member.name}`} onClick={() => onRoles(member)}>
          Roles
        </Button>
        {member.id === me ? null : (
          <Button
            size="small"
            aria-label={`${member.state === "active" ? "Suspend" : "Reactivate"} ${member.name}`}
            onClick={() => (member.state === "active" ? suspend(member) : reactivate(member))}
          >
            {member.state === "active" ? "Suspend" : "Reactivate"}
          </Button>
        )}
      </span>
    ),
  };
  return [...columns, acts];
}
