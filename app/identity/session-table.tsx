import { useDelete } from "@refinedev/core";
import { Button, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import type { OwnSession } from "#server/identity/contract";
import { useAct } from "~/providers/act";
import { Section } from "~/ui/page";
import { StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";

/** Where one is signed in, with a way to end each. */
export function SessionTable({ sessions, onEnded }: { sessions: OwnSession[]; onEnded: () => void }) {
  const { act, busy } = useAct("sessions");
  const { mutateAsync } = useDelete();
  const [ending, setEnding] = useState<string | null>(null);
  const others = sessions.filter(({ current }) => !current).length;

  const end = async ({ id, device }: OwnSession) => {
    setEnding(id);
    try {
      await mutateAsync({
        resource: "sessions",
        id,
        successNotification: { message: `${device} is signed out`, type: "success" },
      });
      onEnded();
    } finally {
      setEnding(null);
    }
  };
  const endOthers = async () => {
    await act({ action: "revoke-others", done: "You are signed out everywhere else" });
    onEnded();
  };

  const columns: TableColumnsType<OwnSession> = [
    {
      key: "device",
      title: "Device",
      rowScope: "row",
      render: (_, { device, current }) => (
        <>
          {device} {current ? <StatusTag signal="info">This device</StatusTag> : null}
        </>
      ),
    },
    { key: "seen", title: "Last used", render: (_, { seenAt }) => <Time at={seenAt} past /> },
    {
      key: "since",
      title: "Signed in",
      className: "tm-wide-only",
      render: (_, one) => <Time at={one.createdAt} past />,
    },
    { key: "ip", title: "Address", className: "tm-wide-only", render: (_, { ip }) => <code>{ip ?? "unknown"}</code> },
    {
      key: "end",
      title: <span className="tm-unseen">Sign out</span>,
      align: "right",
      render: (_, session) =>
        session.current ? null : (
          <Button
            size="small"
            loading={ending === session.id}
            aria-label={`Sign out ${session.device}`}
            onClick={() => end(session).catch(() => {})}
          >
            Sign out
          </Button>
        ),
    },
  ];

  return (
    <Section
      title="Where you are signed in"
      side={
        others > 0 ? (
          <Button loading={busy} onClick={() => endOthers().catch(() => {})}>
            Sign out everywhere else
          </Button>
        ) : null
      }
    >
      <div className="tm-table" data-height="auto">
        <Table<OwnSession> size="small" rowKey="id" dataSource={sessions} columns={columns} pagination={false} />
      </div>
      <p className="tm-field-hint">
        A session ends by itself some time after its last use, and after sign-in: your agency says when.
      </p>
    </Section>
  );
}
