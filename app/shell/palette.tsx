import { SearchOutlined } from "@ant-design/icons";
import { useNavigate } from "@remix-run/react";
import { Input, type InputRef, Modal } from "antd";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import type { Viewer } from "#server/workspace/contract";
import { usePaletteItems } from "./palette-items";

interface PaletteProps {
  viewer: Viewer;
  onClose: () => void;
}

/** Ctrl/Cmd+K: pages, brands and campaigns by name. */
export function Palette({ viewer, open, onClose }: PaletteProps & { open: boolean }) {
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      title={<span className="tm-unseen">Go to a page, brand or campaign</span>}
      width={560}
      className="tm-palette"
      destroyOnHidden
    >
      {open ? <Finder viewer={viewer} onClose={onClose} /> : null}
    </Modal>
  );
}

function Finder({ viewer, onClose }: PaletteProps) {
  const input = useRef<InputRef>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const navigate = useNavigate();
  const { items, searching } = usePaletteItems(viewer, text);
  const current = items[Math.min(at, items.length - 1)];
  const optionId = (key: string) => `${listId}-${key}`;

  // As soon as the dialog can be seen, not when it has faded in: what a person types meanwhile belongs here.
  useEffect(() => {
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  useEffect(() => {
    if (current) document.getElementById(`${listId}-${current.key}`)?.scrollIntoView({ block: "nearest" });
  }, [current, listId]);

  const go = (to: string) => {
    onClose();
    navigate(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((before) => (before + step + items.length) % Math.max(1, items.length));
    } else if (event.key === "Enter" && current) {
      event.preventDefault();
      go(current.to);
    }
  };
  const groups = useMemo(() => [...new Set(items.map(({ group }) => group))], [items]);

  return (
    <>
      <Input
        ref={input}
        size="large"
        variant="borderless"
        prefix={<SearchOutlined aria-hidden />}
        placeholder="Page, brand or campaign"
        aria-label="Page, brand or campaign"
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={current ? optionId(current.key) : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label="Results" className="tm-results">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox is no fieldset
          <div key={group} role="group" aria-label={group}>
            <div className="tm-results-group" aria-hidden="true">
              {group}
            </div>
            {items
              .filter((item) => item.group === group)
              .map((item) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above takes the keys
                <div
                  key={item.key}
                  id={optionId(item.key)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={item === current}
                  onClick={() => go(item.to)}
                  onPointerMove={() => setAt(items.indexOf(item))}
                >
                  {item.label}
                  {item.detail ? <small>{item.detail}</small> : null}
                </div>
              ))}
          </div>
        ))}
      </div>
      <p className="tm-results-none" aria-live="polite">
        {items.length > 0 ? "" : searching ? "Searching…" : "Nothing has that name."}
      </p>
    </>
  );
}
