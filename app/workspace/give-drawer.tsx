import { Alert, Button, Drawer, Form } from "antd";
import { useState } from "react";
import type { GivingResult } from "#server/workspace/role-contract";
import { useAct } from "~/providers/act";
import type { ApiError } from "~/providers/data";
import { StatusTag } from "~/ui/status-tag";
import { BrandsField, isForAll } from "./invite-drawer";
import { RoleSelect, UntilField } from "./role-fields";

interface GiveDrawerProps {
  memberIds: string[];
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

interface GiveForm {
  role: string;
  brandIds: string[] | null;
  until: string | null;
}

const people = (count: number) => `${count} ${count === 1 ? "person" : "people"}`;

/** One role for several people: first what would happen to each, then what did. */
export function GiveDrawer({ memberIds, open, onClose, onDone }: GiveDrawerProps) {
  const [form] = Form.useForm<GiveForm>();
  const { act, busy } = useAct("members");
  const [result, setResult] = useState<GivingResult | null>(null);
  const [failure, setFailure] = useState<ApiError | null>(null);
  const close = () => {
    onClose();
    if (result && !result.preview) onDone();
    setResult(null);
    setFailure(null);
    form.resetFields();
  };
  const run = async (preview: boolean) => {
    const values = await form.validateFields();
    setFailure(null);
    try {
      const input = { ...values, brandIds: values.brandIds ?? null, until: values.until ?? null, memberIds, preview };
      setResult(await act<GivingResult>({ action: "give-role", input }));
    } catch (thrown) {
      setFailure(thrown as ApiError);
    }
  };
  const able = result?.people.filter(({ ok }) => ok).length ?? 0;
  const done = result !== null && !result.preview;
  return (
    <Drawer
      open={open}
      onClose={close}
      title={`Give a role to ${people(memberIds.length)}`}
      width="min(560px, 100vw)"
      footer={
        <div className="tm-drawer-foot">
          <Button onClick={close}>{done ? "Close" : "Cancel"}</Button>
          {done ? null : (
            <Button type={result ? "default" : "primary"} loading={busy && !result} onClick={() => run(true)}>
              Preview
            </Button>
          )}
          {result?.preview ? (
            <Button type="primary" loading={busy} disabled={able === 0} onClick={() => run(false)}>
              Give to {people(able)}
            </Button>
          ) : null}
        </div>
      }
    >
      {failure ? (
        <Alert
          type="error"
          showIcon
          message={failure.message}
          description={failure.remedy}
          className="tm-form-failure"
        />
      ) : null}
      <Form<GiveForm>
        form={form}
        layout="vertical"
        requiredMark="optional"
        disabled={done}
        initialValues={{ brandIds: null, until: null }}
        onValuesChange={() => setResult(null)}
      >
        <GiveFields forget={() => form.setFieldValue("brandIds", null)} />
      </Form>
      {result ? <Outcome result={result} /> : null}
    </Drawer>
  );
}

function GiveFields({ forget }: { forget: () => void }) {
  const role: string = Form.useWatch("role") ?? "";
  return (
    <>
      <Form.Item name="role" label="Role" rules={[{ required: true, message: "Choose a role." }]}>
        <RoleSelect placeholder="Choose a role" onChange={(next) => (isForAll(next) ? forget() : undefined)} />
      </Form.Item>
      <Form.Item
        name="brandIds"
        label="For"
        required
        rules={[
          {
            validator: (_, value: string[] | null) =>
              value?.length === 0 ? Promise.reject(new Error("Choose at least one brand.")) : Promise.resolve(),
          },
        ]}
      >
        <BrandsField fixed={isForAll(role)} />
      </Form.Item>
      <Form.Item name="until" label="Until" extra="Ends by itself after this day, UTC. Empty: it does not end.">
        <UntilField />
      </Form.Item>
    </>
  );
}

function Outcome({ result: { preview, people: each } }: { result: GivingResult }) {
  return (
    <section aria-live="polite">
      <h3>{preview ? "What will happen" : "What happened"}</h3>
      <ul className="tm-plain-list">
        {each.map(({ memberId, name, ok, words }) => (
          <li key={memberId}>
            <StatusTag signal={ok ? "ok" : "problem"}>{ok ? (preview ? "Can" : "Done") : "Refused"}</StatusTag>{" "}
            <strong>{name}</strong> <span className="tm-muted">{words}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
