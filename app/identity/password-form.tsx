import { useNotification } from "@refinedev/core";
import { Button, Form, Input } from "antd";
import { useMemo, useState } from "react";
import { passwordLength } from "#server/identity/contract";
import { actionUrl, createHttp } from "~/providers/data";
import { ServerForm } from "~/ui/server-form";
import { passwordHint } from "./password-hint";

interface Change {
  currentPassword: string;
  newPassword: string;
}

const empty: Change = { currentPassword: "", newPassword: "" };

const endedWords = (ended: number): string =>
  ended === 0 ? "" : `; ${ended} other ${ended === 1 ? "session was" : "sessions were"} signed out`;

/** The address goes along unseen, so that password managers know whose password it is. */
export function PasswordForm({ email, onChanged }: { email: string; onChanged: () => void }) {
  const http = useMemo(createHttp, []);
  const { open } = useNotification();
  const [busy, setBusy] = useState(false);
  const change = async (values: Change) => {
    setBusy(true);
    try {
      const { data } = await http.post<{ ended: number }>(actionUrl("profile", "me", "change-password"), values);
      open?.({ type: "success", message: `Password changed${endedWords(data.ended)}.` });
      onChanged();
    } finally {
      setBusy(false);
    }
  };
  return (
    <ServerForm<Change>
      initialValues={empty}
      onSend={async (values, form) => {
        await change(values);
        form.resetFields();
      }}
    >
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Form.Item name="currentPassword" label="Current password" rules={[{ required: true, message: "Needed." }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="newPassword"
        label="New password"
        extra={passwordHint}
        rules={[
          { required: true, message: "Needed." },
          { min: passwordLength.min, message: `Use at least ${passwordLength.min} characters.` },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button htmlType="submit" loading={busy}>
        Change password
      </Button>
      <p className="tm-field-hint">You stay signed in here; everywhere else you are signed out.</p>
    </ServerForm>
  );
}
