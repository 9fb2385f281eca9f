import { Modal } from "antd";
import { useState } from "react";
import type { ApiKey, ApiKeySecret } from "#server/workspace/key-contract";
import { useAct } from "~/providers/act";
import { Overlap, overlapEnd, usualOverlapHours } from "~/ui/overlap";

interface RotateDialogProps {
  rotated: ApiKey | null;
  onClose: () => void;
  onDone: (made: ApiKeySecret) => void;
}

/** A new key in place of an old one. */
export function RotateDialog({ rotated, onClose, onDone }: RotateDialogProps) {
  const { act, busy } = useAct("api-keys");
  const [hours, setHours] = useState(usualOverlapHours);
  const rotate = async () => {
    if (!rotated) return;
    const oldWorksUntil = overlapEnd(hours);
    await act<ApiKeySecret>({ id: rotated.id, action: "rotate", input: { oldWorksUntil } }).then(
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
      title={rotated ? `Rotate "${rotated.name}"?` : ""}
      okText="Rotate"
      confirmLoading={busy}
      onOk={rotate}
    >
      <p>You get a new key with the same permissions, brands and networks, for 90 days.</p>
      <p id="key-overlap">
        The old key <code>{rotated?.start}…</code> shall
      </p>
      <Overlap labelledBy="key-overlap" hours={hours} onChange={setHours} />
    </Modal>
  );
}
