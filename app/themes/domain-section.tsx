import { Button, Form, Input } from "antd";
import { useState } from "react";
import type { Domain } from "#server/workspace/domain-contract";
import { useAct } from "~/providers/act";
import { API_URL, type ApiError, createHttp } from "~/providers/data";
import { useReread } from "~/revalidate";
import { useConfirm } from "~/ui/confirm";
import { CopyButton } from "~/ui/copy-button";
import { type Signal, StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";

interface DomainSectionProps {
  brandId: string;
  brandName: string;
  domains: Domain[];
  mayWrite: boolean;
}

/** The client's own addresses: claimed, proved by a TXT record, in force. */
export function DomainSection({ brandId, brandName, domains, mayWrite }: DomainSectionProps) {
  return (
    <>
      <p className="tm-form-lead">
        People who open Tidemark at such an address see this theme from the sign-in page on. Point the host at this
        installation, and prove with a TXT record that the client agrees.
      </p>
      {domains.length === 0 ? <p className="tm-muted">{brandName} has no address of its own yet.</p> : null}
      <ul className="tm-domains">
        {domains.map((domain) => (
          <DomainLine key={domain.id} domain={domain} mayWrite={mayWrite} />
        ))}
      </ul>
      {mayWrite ? <AddDomain brandId={brandId} /> : null}
    </>
  );
}

const states: Record<Domain["state"], [Signal, string]> = {
  waiting: ["waiting", "Waits for its record"],
  in_force: ["ok", "In force"],
  failing: ["attention", "In force, record not found lately"],
};

function DomainLine({ domain, mayWrite }: { domain: Domain; mayWrite: boolean }) {
  const { id, record, state, checkedAt, problem } = domain;
  const { act, busy } = useAct("domains");
  const reread = useReread();
  const confirm = useConfirm();
  const [signal, word] = states[state];
  const check = () => act({ id, action: "verify" }).then(reread, () => {});
  const remove = async () => {
    await createHttp().delete(`${API_URL}/domains/${encodeURIComponent(id)}`);
    reread();
  };
  const ask = () =>
    confirm({
      title: `Remove ${id}?`,
      content: "People who open it no longer see this brand's theme there. Nothing else changes.",
      act: "Remove address",
      danger: true,
      onAct: remove,
    });
  return (
    <li>
      <div className="tm-domain-head">
        <strong>{id}</strong>
        <StatusTag signal={signal}>{word}</StatusTag>
        {mayWrite ? (
          <span className="tm-row-acts">
            <Button size="small" loading={busy} aria-label={`Check ${id} now`} onClick={check}>
              Check now
            </Button>
            <Button size="small" aria-label={`Remove ${id}`} onClick={ask}>
              Remove
            </Button>
          </span>
        ) : null}
      </div>
      <dl className="tm-record">
        <dt>TXT record</dt>
        <dd>
          <code>{record.name}</code>
          <CopyButton text={record.name} what="name of the record" />
        </dd>
        <dt>Value</dt>
        <dd>
          <code>{record.value}</code>
          <CopyButton text={record.value} what="value of the record" />
        </dd>
        <dt>Last checked</dt>
        <dd>
          <Time at={checkedAt} past none="not yet" />
          {problem ? <span className="tm-domain-problem">{problem}</span> : null}
        </dd>
      </dl>
    </li>
  );
}

function AddDomain({ brandId }: { brandId: string }) {
  const [form] = Form.useForm<{ host: string }>();
  const [busy, setBusy] = useState(false);
  const reread = useReread();
  const add = async ({ host = "" }: { host: string }) => {
    setBusy(true);
    try {
      await createHttp().post(`${API_URL}/domains`, { host, brandId });
      form.resetFields();
      reread();
    } catch (thrown) {
      const { errors, message } = thrown as ApiError;
      form.setFields([{ name: "host", errors: [String(errors?.host ?? message)] }]);
    }
    setBusy(false);
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} className="tm-server-form" onFinish={add}>
      <Form.Item name="host" label="New address" extra="Such as reports.client.com">
        <Input autoComplete="off" inputMode="url" maxLength={190} />
      </Form.Item>
      <Button htmlType="submit" loading={busy}>
        Add address
      </Button>
    </Form>
  );
}
