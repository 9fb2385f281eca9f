// A value in a table that can be changed where it stands: Enter edits, Enter or Tab keeps, Esc leaves it as it was.
import { EditOutlined } from "@ant-design/icons";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";

export interface EditableCellProps {
  /** What is edited, of what: "Budget of Summer launch". */
  label: string;
  /** The value as it is shown. */
  children: ReactNode;
  /** The value as it is typed. */
  text: string;
  type?: "text" | "date";
  /** What it was, where a change waits; on hover and focus. */
  was?: string | null;
  /** Only a pen, for a value that is a link besides. */
  pen?: boolean;
  /** Why a text cannot be kept; null where it can. */
  check(text: string): string | null;
  onKeep(text: string): void;
}

export function EditableCell(props: EditableCellProps) {
  const { label, children, text, was, pen = false } = props;
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  const backToButton = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing && backToButton.current) button.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  if (editing) {
    const leave = (back: boolean) => {
      backToButton.current = back;
      setEditing(false);
    };
    return <Editor {...props} onLeave={leave} key={text} />;
  }
  return (
    <button
      ref={button}
      type="button"
      className={pen ? "tm-edit tm-edit-pen" : "tm-edit"}
      aria-label={pen ? `Edit ${label.toLowerCase()}` : undefined}
      data-changed={was ? true : undefined}
      data-tip={was ? `Was ${was}` : undefined}
      onClick={() => setEditing(true)}
    >
      {pen ? <EditOutlined aria-hidden /> : children}
      {pen ? null : <span className="tm-unseen">. Edit {label.toLowerCase()}</span>}
      {was ? <span className="tm-unseen">, was {was}, waits for review</span> : null}
    </button>
  );
}

function Editor(props: EditableCellProps & { onLeave(back: boolean): void }) {
  const { label, text, type = "text", check, onKeep, onLeave } = props;
  const [typed, setTyped] = useState(text);
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const keep = (back: boolean) => {
    if (typed.trim() === text) return onLeave(back);
    const found = check(typed);
    setProblem(found);
    if (found) return;
    onLeave(back);
    onKeep(typed.trim());
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") {
      event.preventDefault();
      keep(true);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      onLeave(true);
    }
  };
  return (
    <span className="tm-editor">
      <input
        ref={input}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit here
        autoFocus
        type={type}
        aria-label={label}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? problemId : undefined}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={press}
        onBlur={() => keep(false)}
      />
      {problem ? (
        <span role="alert" id={problemId} className="tm-editor-problem">
          {problem}
        </span>
      ) : null}
    </span>
  );
}

/** A value with two sides: one press turns it over. */
export function ToggleCell(props: { act: string; was: string | null; children: ReactNode; onToggle(): void }) {
  const { act, was, children, onToggle } = props;
  return (
    <button
      type="button"
      className="tm-edit"
      data-changed={was ? true : undefined}
      data-tip={was ? `${act}. Was ${was.toLowerCase()}` : act}
      onClick={onToggle}
    >
      {children}
      <span className="tm-unseen">
        . {act}
        {was ? `, was ${was}, waits for review` : ""}
      </span>
    </button>
  );
}
