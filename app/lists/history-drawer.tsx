import { Drawer } from "antd";
import { History } from "~/audit/history";

export interface HistoryDrawerProps {
  open: boolean;
  onClose: () => void;
  /** As the audit log calls it. */
  type: string;
  id: string;
  name: string;
}

/** What was done to one record, newest first. */
export default function HistoryDrawer({ open, onClose, type, id, name }: HistoryDrawerProps) {
  return (
    <Drawer open={open} onClose={onClose} title={`History of ${name}`} width="min(480px, 100vw)">
      {open ? <History resource={type} id={id} /> : null}
    </Drawer>
  );
}
