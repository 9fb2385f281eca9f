import { Modal, Switch } from "antd";
import type { Viewer } from "#server/workspace/contract";
import { destinationsFor } from "~/resources";
import type { SingleKeys } from "./use-keys";

const fixed = [
  { keys: ["Ctrl", "K"], act: "Go to a page, brand or campaign" },
  { keys: ["/"], act: "Search this list" },
  { keys: ["j"], act: "Next row; k: the row before" },
  { keys: ["x"], act: "Select the row" },
  { keys: ["e"], act: "Edit in the table" },
  { keys: ["c"], act: "Create" },
  { keys: ["h"], act: "History of the row" },
  { keys: ["b"], act: "Choose a brand" },
  { keys: ["T"], act: "Show the focused chart as a table" },
  { keys: ["Esc"], act: "Close" },
  { keys: ["?"], act: "Show these keys" },
];

export function KeysDialog(props: { viewer: Viewer; open: boolean; onClose: () => void; single: SingleKeys }) {
  const { viewer, open, onClose, single } = props;
  const goes = destinationsFor(viewer)
    .filter(({ goKey }) => goKey)
    .map(({ goKey = "", label }) => ({ keys: ["g", goKey], act: `Go to ${label}` }));
  return (
    <Modal open={open} onCancel={onClose} footer={null} title="Keyboard shortcuts" width={480}>
      <dl className="tm-keys">
        {[...fixed, ...goes].map(({ keys, act }) => (
          <div key={act}>
            <dt>{act}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <div className="tm-keys-switch">
        <Switch checked={single.on} onChange={single.set} aria-label="Keys without Ctrl" /> Keys without Ctrl
      </div>
    </Modal>
  );
}
