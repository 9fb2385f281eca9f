import { Button, Table, type TableColumnsType } from "antd";
import type { Invitation, InvitationLink } from "#server/workspace/contract";
import { useAct } from "~/providers/act";
import { useViewer } from "~/shell/viewer";
import { useConfirm } from "~/ui/confirm";
import { Section } from "~/ui/page";
import { StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";
import { Until } from "./role-words";

interface InvitationTableProps {
  invitations: Invitation[];
  onLink: (made: InvitationLink) => void;
  onChanged: () => void;
}

/** Invitations nobody has accepted yet. */
export function InvitationTable({ invitations, onLink, onChanged }: InvitationTableProps) {
  const { act, busy } = useAct("invitations");
  const { brands } = useViewer();
  const confirm = useConfirm();
  const renew = (one: Invitation) =>
    act<InvitationLink>({ id: one.id, action: "renew" }).then(
      (made) => {
        onLink(made);
        onChanged();
      },
      () => {},
    );
  const revoke = (one: Invitation) =>
    confirm({
      title: `Revoke the invitation of ${one.name}?`,
      content: "Its link stops working at once.",
      act: "Revoke",
      danger: true,
      onAct: () => act({ id: one.id, action: "revoke", done: "Invitation revoked" }).then(onChanged, () => {}),
    });
  const brandWords = (ids: string[] | null) =>
    ids === null
      ? "all brands"
      : ids.map((id) => brands.find((brand) => brand.id === id)?.name ?? "an archived brand").join(", ");

  const columns: TableColumnsType<Invitation> = [
    {
      key: "who",
      title: "Invited",
      rowScope: "row",
      render: (_, { name, email }) => (
        <>
          <strong>{name}</strong> <span className="tm-muted">{email}</span>
        </>
      ),
    },
    {
      key: "role",
      title: "Role",
      render: (_, { roleName, brandIds, until }) => (
        <>
          {roleName}: {brandWords(brandIds)} {until ? <Until day={until} /> : null}
        </>
      ),
    },
    {
      key: "purpose",
      title: "Asked to",
      className: "tm-wide-only",
      render: (_, { purpose }) => (purpose === "connect" ? "connect Amazon" : <span className="tm-muted">join</span>),
    },
    { key: "by", title: "By", className: "tm-wide-only", render: (_, { invitedBy }) => invitedBy },
    {
      key: "state",
      title: "Link",
      render: (_, { state, expiresAt }) =>
        state === "pending" ? (
          <>
            <StatusTag signal="waiting">Open</StatusTag> <span className="tm-muted">· ends </span>
            <Time at={expiresAt} />
          </>
        ) : (
          <StatusTag signal="attention" why="The 7 days are over; make a new link.">
            Over
          </StatusTag>
        ),
    },
    {
      key: "acts",
      title: <span className="tm-unseen">Actions</span>,
      align: "right",
      render: (_, one) => (
        <span className="tm-row-acts">
          <Button size="small" disabled={busy} aria-label={`New link for ${one.name}`} onClick={() => renew(one)}>
            New link
          </Button>
          <Button
            size="small"
            disabled={busy}
            aria-label={`Revoke the invitation of ${one.name}`}
            onClick={() => revoke(one)}
          >
            Revoke
          </Button>
        </span>
      ),
    },
  ];
  return (
    <Section title="Open invitations">
      {invitations.length === 0 ? (
        <p className="tm-muted">Nobody is invited at the moment.</p>
      ) : (
        <div className="tm-table" data-height="auto">
          <Table<Invitation> size="small" rowKey="id" dataSource={invitations} columns={columns} pagination={false} />
        </div>
      )}
    </Section>
  );
}
