import { Input } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef, useState } from "react";
import { lineOf, readJson } from "./json-places";
import type { Problems } from "./problems";

interface JsonFieldProps {
  value: object;
  onChange: (value: object) => void;
  problems: Problems;
}

/** A definition as text, with each problem at its line. What is no JSON yet stays in the field. */
export function JsonField({ value, onChange, problems }: JsonFieldProps) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const area = useRef<TextAreaRef>(null);
  const read = readJson(text);
  const change = (next: string) => {
    setText(next);
    const parsed = readJson(next);
    if ("value" in parsed) onChange(parsed.value);
  };
  const found =
    "value" in read
      ? Object.entries(problems).map(([path, why]) => ({ path, why, line: lineOf(read.lines, path) }))
      : [{ path: "", why: read.why, line: read.line }];
  const goTo = (line: number) => {
    const field = area.current?.resizableTextArea?.textArea;
    if (!field) return;
    const starts = text.split("\n").slice(0, line - 1);
    const start = starts.reduce((sum, one) => sum + one.length + 1, 0);
    field.focus();
    field.setSelectionRange(start, start + (text.split("\n")[line - 1]?.length ?? 0));
  };
  return (
    <>
      <Input.TextArea
        ref={area}
        className="tm-json"
        aria-label="Definition as JSON"
        aria-invalid={found.length > 0}
        spellCheck={false}
        autoSize={{ minRows: 16, maxRows: 36 }}
        value={text}
        onChange={({ target }) => change(target.value)}
      />
      <ul className="tm-plain-list tm-json-problems" aria-live="polite">
        {found
          .sort((a, b) => a.line - b.line)
          .map(({ path, why, line }) => (
            <li key={path}>
              <button type="button" className="tm-link" onClick={() => goTo(line)}>
                Line {line}
              </button>{" "}
              {path ? <code>{path}</code> : null} <span className="tm-problem">{why}</span>
            </li>
          ))}
      </ul>
    </>
  );
}
