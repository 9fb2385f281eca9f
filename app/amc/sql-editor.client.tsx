// CodeMirror with the tables of AMC. In the browser only; its code comes when an editor is first shown.
import { StandardSQL, sql as sqlLanguage } from "@codemirror/lang-sql";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import CodeMirror, { EditorView, Prec, type ReactCodeMirrorRef } from "@uiw/react-codemirror";
import { useEffect, useMemo, useRef, useState } from "react";
import type { AmcTableItem, SqlProblem } from "#server/amc/template-contract";
import { useView } from "~/ui/view";
import { putInto } from "./put-into";

export interface SqlEditorProps {
  value: string;
  onChange(sql: string): void;
  tables: readonly AmcTableItem[];
  problems: readonly SqlProblem[];
  /** Where the cursor goes; a new object each time. */
  place: { line: number; column: number } | null;
  /** A name that is put where the cursor is, instead of what is chosen there; a new object each time. */
  insertion: { name: string } | null;
}

const look = EditorView.theme({
  "&": { backgroundColor: "var(--tm-surface)", color: "var(--tm-text)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-content, .cm-gutters": { fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace' },
  // What is written is shown: ">=" is two characters.
  ".cm-content": { fontVariantLigatures: "none" },
  ".cm-gutters": {
    backgroundColor: "var(--tm-canvas)",
    color: "var(--tm-muted)",
    borderRight: "1px solid var(--tm-hairline)",
  },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--tm-accent) 7%, transparent)" },
});

const asTyped = { userEvent: "input", scrollIntoView: true };
const named = EditorView.contentAttributes.of({ "aria-label": "SQL of the question", tabindex: "0" });

export function SqlEditor({ value, onChange, tables, problems, place, insertion }: SqlEditorProps) {
  const { mode } = useView();
  const editor = useRef<ReactCodeMirrorRef>(null);
  const [begun] = useState(value);
  const extensions = useMemo(
    () => [
      sqlLanguage({ dialect: StandardSQL, schema: schemaOf(tables), upperCaseKeywords: true }),
      lintGutter(),
      Prec.highest(look),
      named,
      EditorView.lineWrapping,
    ],
    [tables],
  );
  useEffect(() => {
    const view = editor.current?.view;
    if (view)
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map((problem) => diagnosticOf(view, problem)),
        ),
      );
  }, [problems]);
  useEffect(() => {
    const view = editor.current?.view;
    if (!view || !place) return;
    view.dispatch({ selection: { anchor: offsetOf(view, place) }, scrollIntoView: true });
    view.focus();
  }, [place]);
  useEffect(() => {
    const view = editor.current?.view;
    if (!view || !insertion) return;
    view.dispatch({ ...putInto(view.state.doc.toString(), view.state.selection.main, insertion.name), ...asTyped });
    view.focus();
  }, [insertion]);
  return (
    <CodeMirror
      ref={editor}
      value={value}
      onChange={onChange}
      // Until it is put elsewhere the cursor is behind the SQL.
      selection={{ anchor: begun.length }}
      theme={mode}
      minHeight="360px"
      maxHeight="60vh"
      extensions={extensions}
      // Tab leaves the editor: nobody is caught in it.
      indentWithTab={false}
      basicSetup={{ foldGutter: false }}
    />
  );
}

const schemaOf = (tables: readonly AmcTableItem[]) =>
  Object.fromEntries(
    tables.map(({ id, columns }) => [
      id,
      columns.map(({ name, dataType, threshold }) => ({
        label: name,
        type: "property",
        detail: `${dataType.toLowerCase()}, ${threshold.toLowerCase()} threshold`,
      })),
    ]),
  );

/** Lines and columns count from 1; a place past the end is the end. */
function offsetOf({ state: { doc } }: EditorView, { line, column }: { line: number; column: number }): number {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(from + Math.max(column, 1) - 1, to);
}

function diagnosticOf(view: EditorView, { severity, message, fix, line, column, endColumn }: SqlProblem): Diagnostic {
  const from = offsetOf(view, { line, column });
  const to = Math.max(from, offsetOf(view, { line, column: endColumn }));
  return { from, to, severity, message: fix ? `${message} ${fix}` : message };
}
