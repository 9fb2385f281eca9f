import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { Button, Form, Input, Modal, Segmented } from "antd";
import { useMemo, useState } from "react";
import { actionUrl, createHttp } from "~/providers/data";
import { ServerForm } from "~/ui/server-form";
import { askForPasskey } from "./ask-passkey";

/** What the person has besides the password. */
export interface ProofWays {
  code: boolean;
  passkey: boolean;
}

type Way = "password" | "code" | "passkey";

const labels: Record<Way, string> = { password: "Password", code: "Code", passkey: "Passkey" };

interface ProofDialogProps {
  open: boolean;
  ways: ProofWays;
  onEnd: (shown: boolean) => void;
}

/** Asks for the password, a code or a passkey, whichever is at hand. */
export function ProofDialog({ open, ways, onEnd }: ProofDialogProps) {
  const [way, setWay] = useState<Way>("password");
  const [busy, setBusy] = useState(false);
  const http = useMemo(createHttp, []);
  const offered: Way[] = [
    "password",
    ...(ways.code ? (["code"] as const) : []),
    ...(ways.passkey ? (["passkey"] as const) : []),
  ];
  const prove = async (given: object) => {
    setBusy(true);
    try {
      await http.post(actionUrl("profile", "me", "prove"), given);
      onEnd(true);
    } finally {
      setBusy(false);
    }
  };
  const withPasskey = async () => {
    const { data } = await http.post<PublicKeyCredentialRequestOptionsJSON>(actionUrl("profile", "me", "begin-proof"));
    await prove({ passkey: await askForPasskey(data) });
  };
  return (
    <Modal open={open} title="Show that it is you" footer={null} destroyOnHidden onCancel={() => onEnd(false)}>
      <p className="tm-form-lead">You have not shown it for ten minutes, and this changes how you sign in.</p>
      {offered.length > 1 ? (
        <Segmented<Way>
          aria-label="Show it with"
          value={way}
          onChange={setWay}
          options={offered.map((value) => ({ value, label: labels[value] }))}
        />
      ) : null}
      <ServerForm<{ password?: string; code?: string }>
        key={way}
        onSend={(values) => (way === "passkey" ? withPasskey() : prove(values))}
      >
        {way === "password" ? (
          <Form.Item name="password" label="Password" rules={[{ required: true, message: "Needed." }]}>
            <Input.Password autoComplete="current-password" autoFocus />
          </Form.Item>
        ) : null}
        {way === "code" ? (
          <Form.Item
            name="code"
            label="Code"
            extra="Of your authenticator app, or a recovery code."
            rules={[{ required: true, message: "Needed." }]}
          >
            <Input autoComplete="one-time-code" autoFocus maxLength={64} />
          </Form.Item>
        ) : null}
        {way === "passkey" ? <p>Your browser asks for it next.</p> : null}
        <Button type="primary" htmlType="submit" loading={busy}>
          {way === "passkey" ? "Use a passkey" : "Go on"}
        </Button>
      </ServerForm>
    </Modal>
  );
}
