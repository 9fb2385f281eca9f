import { DownloadOutlined, SafetyCertificateOutlined } from "@ant-design/icons";
import { useNotification } from "@refinedev/core";
import { Button, Dropdown, Form, InputNumber } from "antd";
import { useState } from "react";
import type { Verification } from "#server/audit/contract";
import { canEverywhere } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { useUrlParams } from "~/providers/router";
import { useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { FormDrawer } from "~/ui/form-drawer";
import { listParamsOf, wireQueryOf } from "~/ui/list-params";

const formats = { csv: "CSV, for spreadsheets", jsonl: "JSONL, proves itself" };

export function AuditActions() {
  const viewer = useViewer();
  const everywhere = canEverywhere(viewer, "audit.read");
  return (
    <>
      {canEverywhere(viewer, "agency.write") ? <Retention /> : null}
      <Export />
      {everywhere ? <VerifyNow /> : null}
    </>
  );
}

/** All rows that the filters leave, not only those on the page. */
function Export() {
  const [params] = useUrlParams();
  const wire = wireQueryOf(listParamsOf(`?${params}`));
  for (const name of ["_start", "_end", "_sort", "_order"]) wire.delete(name);
  const items = Object.entries(formats).map(([format, label]) => ({
    key: format,
    label: (
      <a href={`/exports/audit-events?${new URLSearchParams([["format", format], ...wire])}`} download>
        {label}
      </a>
    ),
  }));
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button icon={<DownloadOutlined />}>Export</Button>
    </Dropdown>
  );
}

function VerifyNow() {
  const { act, busy } = useAct("audit-events");
  const { open } = useNotification();
  const reread = useReread();
  const verify = async () => {
    const found = await act<Verification>({ action: "verify" });
    const message = found.ok ? `All ${found.events} events are as written` : "The log is not what was written";
    open?.({ type: found.ok ? "success" : "error", message });
    reread();
  };
  return (
    <Button
      type="primary"
      icon={<SafetyCertificateOutlined />}
      loading={busy}
      onClick={() => void verify().catch(() => {})}
    >
      Verify now
    </Button>
  );
}

function Retention() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Retention</Button>
      <FormDrawer<{ days: number }>
        open={open}
        onClose={() => setOpen(false)}
        title="How long events are kept"
        resource="audit-retention"
        id="me"
        act="Save"
        done="Retention saved"
        toForm={({ days }) => ({ days: Number(days) })}
      >
        <Form.Item
          name="days"
          label="Days"
          extra="365 at least. Older events leave the log each night, up to a signed checkpoint, so that the rest stays provable. Export them first if you need them."
          rules={[{ required: true, message: "Give a number of days." }]}
        >
          <InputNumber min={365} max={36500} precision={0} addonAfter="days" />
        </Form.Item>
      </FormDrawer>
    </>
  );
}
