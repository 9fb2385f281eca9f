import { Button, Input, Modal } from "antd";
import { useState } from "react";
import type { CustomAction, CustomActionSecret } from "#server/pages/action-contract";
import { useAct } from "~/providers/act";
import { CopyButton } from "~/ui/copy-button";
import { Overlap, overlapEnd, usualOverlapHours } from "~/ui/overlap";

/** The only time the secret is shown. */
export function SecretDialog({ made, onClose }: { made: CustomActionSecret | null; onClose: () => void }) {
  return (
    <Modal
      open={made !== null}
      onCancel={onClose}
      // A click beside it would lose the secret.
      maskClosable={false}
      // Nor shall a closed one keep it in the page.
      destroyOnHidden
      title={made ? `The signing secret of "${made.label}"` : ""}
      footer={
        <Button type="primary" onClick={onClose}>
          I have kept it
        </Button>
      }
    >
      {made ? (
        <>
          <p>It is shown only now: give it to the receiver, which verifies each call with it.</p>
          <div className="tm-copy-line">
            <Input readOnly aria-label="Signing secret" value={made.secret} onFocus={({ target }) => target.select()} />
            <CopyButton text={made.secret} what="signing secret" />
          </div>
          <p className="tm-muted tm-key-try">
            Calls are signed by the Standard Webhooks specification: any of its libraries verifies the headers
            webhook-id, webhook-timestamp and webhook-signature.
          </p>
        </>
      ) : null}
    </Modal>
  );
}

interface RotateSecretProps {
  rotated: CustomAction | null;
  onClose: () => void;
  onDone: (made: CustomActionSecret) => void;
}

/** A new secret in place of an old one; for a while both sign. */
export function RotateSecret({ rotated, onClose, onDone }: RotateSecretProps) {
  const { act, busy } = useAct("custom-actions");
  const [hours, setHours] = useState(usualOverlapHours);
  const rotate = async () => {
    if (!rotated) return;
    const input = { oldSignsUntil: overlapEnd(hours) };
    await act<CustomActionSecret>({ id: rotated.id, action: "rotate", input }).then(
      (made) => {
        onClose();
        onDone(made);
      },
      () => {},
    );
  };
  return (
    <Modal
      open={rotated !== null}
      onCancel={onClose}
      title={rotated ? `Rotate the secret of "${rotated.label}"?` : ""}
      okText="Rotate"
      confirmLoading={busy}
      onOk={rotate}
    >
      <p>You get a new secret for the receiver. While both work, each call carries both signatures.</p>
      <p id="secret-overlap">The old secret shall</p>
      <Overlap labelledBy="secret-overlap" hours={hours} onChange={setHours} />
    </Modal>
  );
}
