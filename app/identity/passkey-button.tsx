import { KeyOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useState } from "react";
import { type ApiError, createHttp } from "~/providers/data";
import { useHydrated } from "~/ui/view";
import { askForPasskey } from "./ask-passkey";

const address = "/sign-in/passkey";

/** Signs in without a password. Loads the document anew, as the form does. */
export function PasskeyButton({ to }: { to: string }) {
  const ready = useHydrated();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Pick<ApiError, "message" | "remedy"> | null>(null);
  const signIn = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const http = createHttp();
      const { data } = await http.post(address);
      await http.post(address, await askForPasskey(data));
      window.location.assign(to);
    } catch (thrown) {
      setFailure(thrown as ApiError);
      setBusy(false);
    }
  };
  return (
    <div className="tm-passkey-sign-in">
      <Button block size="large" icon={<KeyOutlined />} loading={busy} disabled={!ready} onClick={() => void signIn()}>
        Sign in with a passkey
      </Button>
      {failure ? (
        <Alert type="error" showIcon role="alert" message={failure.message} description={failure.remedy} />
      ) : null}
    </div>
  );
}
