import { Button, Input, Modal } from "antd";
import type { ApiKeySecret } from "#server/workspace/key-contract";
import { CopyButton } from "~/ui/copy-button";
import { useView } from "~/ui/view";
import { momentWords } from "./key-columns";

/** What a key can ask first: the list of the first thing it may see. */
const firstCalls = [
  ["brands.read", "brands"],
  ["campaigns.read", "campaigns"],
  ["accounts.read", "accounts"],
  ["insights.read", "metrics"],
  ["connections.read", "connections"],
  ["members.read", "members"],
] as const;

const exampleOf = ({ key, permissions }: ApiKeySecret): string => {
  const path = firstCalls.find(([permission]) => permissions.includes(permission))?.[1] ?? "openapi.json";
  return `curl -H "Authorization: Bearer ${key}" ${window.location.origin}/api/v1/${path}`;
};

/** The only time the key is shown. */
export function KeyDialog({ made, onClose }: { made: ApiKeySecret | null; onClose: () => void }) {
  const { locale } = useView();
  return (
    <Modal
      open={made !== null}
      onCancel={onClose}
      // A click beside it would lose the key.
      maskClosable={false}
      // Nor shall a closed one keep it in the page.
      destroyOnHidden
      title={made ? `The key "${made.name}"` : ""}
      footer={
        <Button type="primary" onClick={onClose}>
          I have kept it
        </Button>
      }
    >
      {made ? (
        <>
          <p>
            It is shown only now: copy it to where it is used. It works until{" "}
            <strong>{momentWords(made.expiresAt, locale)}</strong>.
          </p>
          <div className="tm-copy-line">
            <Input readOnly aria-label="API key" value={made.key} onFocus={({ target }) => target.select()} />
            <CopyButton text={made.key} what="API key" />
          </div>
          <p className="tm-key-try">Try it:</p>
          <div className="tm-copy-line">
            <pre className="tm-key-example">{exampleOf(made)}</pre>
            <CopyButton text={exampleOf(made)} what="example" />
          </div>
          <p className="tm-muted">
            Send it in that header only, never in an address. Everything it can ask is in{" "}
            <a href="/api/v1/openapi.json">the API's document</a>.
          </p>
        </>
      ) : null}
    </Modal>
  );
}
