import { Button, Form, Input, Modal, QRCode } from "antd";
import { useMemo, useState } from "react";
import type { NewRecoveryCodes, NewTotp } from "#server/identity/contract";
import { actionUrl, createHttp } from "~/providers/data";
import { CopyButton } from "~/ui/copy-button";
import { ServerForm } from "~/ui/server-form";

interface TotpDialogProps {
  totp: NewTotp | null;
  /** With the recovery codes where a code was confirmed, else null. */
  onEnd: (recoveryCodes: string[] | null) => void;
}

/** The picture to scan, the same as text, and a code to show that the app has it. */
export function TotpDialog({ totp, onEnd }: TotpDialogProps) {
  const http = useMemo(createHttp, []);
  const [busy, setBusy] = useState(false);
  const confirm = async (values: { code: string }) => {
    setBusy(true);
    try {
      const { data } = await http.post<NewRecoveryCodes>(actionUrl("profile", "me", "confirm-totp"), values);
      onEnd(data.recoveryCodes);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={totp !== null}
      title="Set up an authenticator app"
      footer={null}
      destroyOnHidden
      onCancel={() => onEnd(null)}
    >
      <ol className="tm-steps">
        <li>
          <p>Scan this with an app such as Google Authenticator, 1Password or Aegis.</p>
          {totp ? (
            <QRCode value={totp.uri} type="svg" size={184} color="#16191f" bgColor="#ffffff" aria-label="QR code" />
          ) : null}
          <p className="tm-field-hint">Or type this in, as a time-based code:</p>
          <p className="tm-secret">
            <code>{totp?.secret.match(/.{1,4}/g)?.join(" ")}</code>{" "}
            <CopyButton text={totp?.secret ?? ""} what="secret" />
          </p>
        </li>
        <li>
          <p>Give the code that the app shows now.</p>
          <ServerForm<{ code: string }> onSend={confirm}>
            <Form.Item name="code" label="Code" rules={[{ required: true, message: "Needed." }]}>
              <Input autoComplete="one-time-code" inputMode="numeric" maxLength={7} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={busy}>
              Turn on
            </Button>
          </ServerForm>
        </li>
      </ol>
    </Modal>
  );
}
