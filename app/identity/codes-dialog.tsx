import { DownloadOutlined } from "@ant-design/icons";
import { Alert, Button, Modal } from "antd";
import { CopyButton } from "~/ui/copy-button";

/** The only time they are shown. */
export function CodesDialog({ codes, onClose }: { codes: string[] | null; onClose: () => void }) {
  const text = `${codes?.join("\n") ?? ""}\n`;
  return (
    <Modal
      open={codes !== null}
      title="Keep your recovery codes"
      maskClosable={false}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          I have kept them
        </Button>
      }
    >
      <p>Each signs you in once in place of the app, should you lose it. Keep them where your phone is not.</p>
      <ul className="tm-codes" aria-label="Recovery codes">
        {codes?.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="tm-acts">
        <Button
          icon={<DownloadOutlined />}
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="tidemark-recovery-codes.txt"
        >
          Download
        </Button>
        <CopyButton text={text} what="recovery codes" />
      </div>
      <Alert type="warning" showIcon message="They are shown only now. You can make new ones at any time." />
    </Modal>
  );
}
