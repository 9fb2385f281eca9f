import { Button, Input, Modal } from "antd";
import type { InvitationLink } from "#server/workspace/contract";
import { CopyButton } from "~/ui/copy-button";

/** The only time the link is shown. */
export function LinkDialog({ invitation, onClose }: { invitation: InvitationLink | null; onClose: () => void }) {
  return (
    <Modal
      open={invitation !== null}
      onCancel={onClose}
      title={invitation ? `${invitation.mailed ? "The" : "Send this"} link for ${invitation.name}` : ""}
      footer={
        <Button type="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <p>
        {invitation?.mailed ? `A mail with this link was sent to ${invitation.email}. ` : null}
        It lets {invitation?.email} join, once, within 7 days. It is shown only now; you can make a new one at any time.
      </p>
      <div className="tm-copy-line">
        <Input
          readOnly
          aria-label="Invitation link"
          value={invitation?.link}
          onFocus={({ target }) => target.select()}
        />
        <CopyButton text={invitation?.link ?? ""} what="invitation link" />
      </div>
    </Modal>
  );
}
