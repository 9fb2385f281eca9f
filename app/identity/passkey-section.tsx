import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/browser";
import { Button, Form, Input, Modal, Table, type TableColumnsType } from "antd";
import { useMemo, useState } from "react";
import type { Passkey } from "#server/identity/contract";
import { API_URL, createHttp } from "~/providers/data";
import { useConfirm } from "~/ui/confirm";
import { Section } from "~/ui/page";
import { ServerForm } from "~/ui/server-form";
import { Time } from "~/ui/time";
import { makePasskey } from "./ask-passkey";
import type { Proven } from "./use-proof";

interface PasskeySectionProps {
  passkeys: Passkey[];
  proof: Proven;
  onChanged: () => void;
}

/** What is being named: one of those there are, or one to be made. */
type Naming = Pick<Passkey, "name"> & { id: string | null };

const pathOf = (id: string) => `${API_URL}/passkeys/${encodeURIComponent(id)}`;

export function PasskeySection({ passkeys, proof, onChanged }: PasskeySectionProps) {
  const http = useMemo(createHttp, []);
  const confirm = useConfirm();
  const [naming, setNaming] = useState<Naming | null>(null);
  const add = async (name: string) => {
    const options = await proof.act<PublicKeyCredentialCreationOptionsJSON>("begin-passkey");
    const answer = options && (await proof.run(() => makePasskey(options)));
    return Boolean(answer && (await proof.act("add-passkey", { name, answer })));
  };
  const save = async ({ name }: { name: string }) => {
    const id = naming?.id;
    const done = id ? await proof.run(() => http.patch(pathOf(id), { name })) : await add(name);
    if (!done) return;
    setNaming(null);
    onChanged();
  };
  const remove = ({ id, name }: Passkey) =>
    confirm({
      title: `Remove the passkey "${name}"?`,
      content: "It no longer signs you in. The device may keep it until you delete it there too.",
      act: "Remove",
      danger: true,
      onAct: () => void proof.run(() => http.delete(pathOf(id))).then((done) => done && onChanged()),
    });
  return (
    <Section title="Passkeys" side={<Button onClick={() => setNaming({ id: null, name: "" })}>Add a passkey</Button>}>
      {passkeys.length === 0 ? (
        <p className="tm-muted">
          None yet. A passkey signs you in with your fingerprint, face or device PIN, and counts as both password and
          second factor.
        </p>
      ) : (
        <div className="tm-table" data-height="auto">
          <Table<Passkey>
            size="small"
            rowKey="id"
            dataSource={passkeys}
            columns={columnsOf({ onRename: setNaming, onRemove: remove })}
            pagination={false}
          />
        </div>
      )}
      <Modal
        open={naming !== null}
        title={naming?.id ? "Rename the passkey" : "Add a passkey"}
        footer={null}
        destroyOnHidden
        onCancel={() => setNaming(null)}
      >
        <ServerForm<{ name: string }> initialValues={{ name: naming?.name ?? "" }} onSend={save}>
          <Form.Item
            name="name"
            label="Name"
            extra="So that you know it again, such as the device it is on."
            rules={[{ required: true, whitespace: true, message: "Give it a name." }]}
          >
            <Input autoFocus maxLength={60} autoComplete="off" />
          </Form.Item>
          <Button type="primary" htmlType="submit">
            {naming?.id ? "Rename" : "Go on"}
          </Button>
        </ServerForm>
      </Modal>
    </Section>
  );
}

interface RowActs {
  onRename: (passkey: Passkey) => void;
  onRemove: (passkey: Passkey) => void;
}

const columnsOf = ({ onRename, onRemove }: RowActs): TableColumnsType<Passkey> => [
  {
    key: "name",
    title: "Passkey",
    rowScope: "row",
    render: (_, { name, backedUp }) => (
      <>
        {name} <span className="tm-muted">{backedUp ? "synced" : "on one device"}</span>
      </>
    ),
  },
  { key: "used", title: "Last used", render: (_, { lastUsedAt }) => <Time at={lastUsedAt} none="not yet" past /> },
  {
    key: "added",
    title: "Added",
    className: "tm-wide-only",
    render: (_, { createdAt }) => <Time at={createdAt} past />,
  },
  {
    key: "acts",
    title: <span className="tm-unseen">Actions</span>,
    align: "right",
    render: (_, passkey) => (
      <span className="tm-row-acts">
        <Button size="small" aria-label={`Rename ${passkey.name}`} onClick={() => onRename(passkey)}>
          Rename
        </Button>
        <Button size="small" aria-label={`Remove ${passkey.name}`} onClick={() => onRemove(passkey)}>
          Remove
        </Button>
      </span>
    ),
  },
];
