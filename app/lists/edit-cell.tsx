import { Input, Select } from "antd";
import { useEffect, useState } from "react";
import type { FieldDescription } from "#server/api/describe";
import { ReferenceSelect } from "./described-fields";
import { decimalOf, microsOf } from "./micros";
import type { Changes, Versioned } from "./use-changes";

interface EditCellProps {
  row: Versioned;
  /** What the row is called. */
  name: string;
  field: FieldDescription;
  /** The title of its column. */
  title: string;
  changes: Changes;
}

/** A cell while its table is being edited. */
export function EditCell({ row, name, field, title, changes }: EditCellProps) {
  const value = changes.valueOf(row, field.key);
  const set = (next: unknown) => changes.set(row, field.key, next);
  const label = `${title} of ${name}`;
  return (
    <span className="tm-field-edit" data-changed={changes.isChanged(row.id, field.key)}>
      <Editor field={field} label={label} value={value} onChange={set} />
    </span>
  );
}

interface EditorProps {
  field: FieldDescription;
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

function Editor({ field, label, value, onChange }: EditorProps) {
  const common = { size: "small" as const, "aria-label": label, className: "tm-cell-edit" };
  if (field.many) {
    return (
      <Select<string[]>
        {...common}
        mode={field.values ? "multiple" : "tags"}
        tokenSeparators={[","]}
        value={(value as string[] | null) ?? []}
        onChange={onChange}
        options={field.values ?? []}
      />
    );
  }
  if (field.reference) {
    return <ReferenceSelect resource={field.reference} value={value ?? null} onChange={onChange} label={label} small />;
  }
  if (field.kind === "boolean" || field.values) {
    const yesNo = [
      { value: "true", label: "Yes" },
      { value: "false", label: "No" },
    ];
    const isBoolean = field.kind === "boolean";
    return (
      <Select<string>
        {...common}
        allowClear={field.nullable}
        value={value === null || value === undefined ? null : String(value)}
        onChange={(next?: string) => onChange(isBoolean ? next === "true" : (next ?? null))}
        options={isBoolean ? yesNo : (field.values ?? [])}
      />
    );
  }
  return <TextEditor field={field} label={label} value={value} onChange={onChange} />;
}

const textOf = (value: unknown, { kind }: FieldDescription): string =>
  value === null || value === undefined ? "" : kind === "money" ? decimalOf(String(value)) : String(value);

function typed(text: string, { kind, nullable }: FieldDescription): unknown {
  if (text.trim() === "" && nullable) return null;
  // What is no amount goes as it is, so that the server says why not.
  if (kind === "money") return microsOf(text) ?? text;
  if (kind === "number" || kind === "percent") return Number.isFinite(Number(text)) ? Number(text) : text;
  return text;
}

/** Amounts are typed as decimals and kept as micros: the text is the typist's until it is left. */
function TextEditor({ field, label, value, onChange }: EditorProps) {
  const [text, setText] = useState(textOf(value, field));
  const [typing, setTyping] = useState(false);
  useEffect(() => {
    if (!typing) setText(textOf(value, field));
  }, [value, field, typing]);
  const numeric = field.kind === "money" || field.kind === "number" || field.kind === "percent";
  return (
    <Input
      size="small"
      className="tm-cell-edit"
      aria-label={label}
      {...(numeric ? { inputMode: "decimal" as const } : {})}
      value={text}
      onFocus={() => setTyping(true)}
      onBlur={() => setTyping(false)}
      onChange={(event) => {
        setText(event.target.value);
        onChange(typed(event.target.value, field));
      }}
    />
  );
}
