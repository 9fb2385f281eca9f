import { Input } from "antd";
import { Fragment, useState } from "react";
import type { AmcTableItem } from "#server/amc/template-contract";

interface SchemaTreeProps {
  tables: readonly AmcTableItem[];
  /** Those of the instance; empty: not known. */
  there: readonly string[];
  /** Puts a name into the SQL. */
  onName(name: string): void;
}

export const thresholdWords: Record<string, string> = {
  NONE: "1 user a row",
  LOW: "2 users a row",
  MEDIUM: "100 users a row",
  HIGH: "100 users a row, compared with no literal",
  VERY_HIGH: "to be counted, never shown",
  INTERNAL: "to be counted, never shown",
};

/** Tables and columns with their types and what AMC asks of a row that shows them. */
export function SchemaTree({ tables, there, onName }: SchemaTreeProps) {
  const [text, setText] = useState("");
  const word = text.trim().toLowerCase();
  const found = tables
    .map((table) => ({
      ...table,
      columns: table.id.includes(word) ? table.columns : table.columns.filter(({ name }) => name.includes(word)),
    }))
    .filter(({ id, columns }) => id.includes(word) || columns.length > 0);
  return (
    <section className="tm-schema" aria-label="Tables">
      <Input
        type="search"
        allowClear
        aria-label="Search tables and columns"
        placeholder="Search tables and columns"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {found.map(({ id, paid, columns }) => (
        <details key={id} open={word.length > 2 && found.length <= 5}>
          <summary>
            <code>
              <Breakable name={id} />
            </code>
            <span className="tm-muted">{tableNote(id, { paid, there })}</span>
          </summary>
          <ul>
            {columns.map(({ name, dataType, columnType, threshold }) => (
              <li key={name}>
                <button type="button" onClick={() => onName(name)} data-tip="Put into the SQL">
                  <code>
                    <Breakable name={name} />
                  </code>
                  <small>
                    {dataType.toLowerCase()}, {columnType.toLowerCase()}, {thresholdWords[threshold] ?? threshold}
                  </small>
                </button>
              </li>
            ))}
          </ul>
        </details>
      ))}
      {found.length === 0 ? <p className="tm-muted">No table or column has this in its name.</p> : null}
    </section>
  );
}

/** A long name goes on in the next line behind one of its underscores. */
const Breakable = ({ name }: { name: string }) =>
  name.split(/(?<=_)/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a name never change places
    <Fragment key={at}>
      {at > 0 ? <wbr /> : null}
      {part}
    </Fragment>
  ));

/** What is to be known of a table before it is chosen. */
export function tableNote(table: string, { paid, there }: { paid: boolean; there: readonly string[] }): string {
  if (there.length > 0 && !there.includes(table)) return "not there";
  return paid ? "paid" : "";
}
