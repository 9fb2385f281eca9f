import { SearchOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input, Popover } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useUrlParam } from "~/providers/router";
import { type Column, chosenColumns } from "./columns";

const TYPING_MS = 300;

/** Which columns are shown, kept in the URL as `cols`. */
export function useColumnChoice<T>(columns: Column<T>[]) {
  const [cols, setCols] = useUrlParam("cols");
  const shown = chosenColumns(columns, cols);
  const choose = (keys: string[]) => {
    const usual = columns.slice(1).filter(({ optional }) => !optional);
    const isUsual = keys.length === usual.length && usual.every(({ key }) => keys.includes(key));
    setCols(isUsual ? null : keys.join(","));
  };
  return { shown, choose };
}

/** Whether rows are 32 px high instead of 36, kept in the URL as `rows=compact`. */
export function useCompactRows(): [boolean, (compact: boolean) => void] {
  const [rows, setRows] = useUrlParam("rows");
  return [rows === "compact", (compact) => setRows(compact ? "compact" : null)];
}

/** A search field that waits for a pause in typing. `/` puts the cursor here. */
export function SearchField({
  value,
  onSearch,
  label,
}: {
  value: string;
  onSearch: (text: string) => void;
  label: string;
}) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    if (text.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = text.trim();
      onSearch(sent.current);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, onSearch]);
  return (
    <Input
      className="tm-search"
      type="search"
      data-search
      prefix={<SearchOutlined aria-hidden />}
      allowClear
      placeholder={label}
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

function ColumnChooser<T>({ columns }: { columns: Column<T>[] }) {
  const { shown, choose } = useColumnChoice(columns);
  const [compact, setCompact] = useCompactRows();
  const options = columns
    .slice(1)
    .map(({ key, title, unit }) => ({ value: key, label: unit ? `${title}, ${unit}` : title }));
  const content = (
    <div className="tm-chooser">
      <Checkbox.Group options={options} value={shown.slice(1).map(({ key }) => key)} onChange={choose} />
      <hr />
      <Checkbox checked={compact} onChange={(event) => setCompact(event.target.checked)}>
        Compact rows
      </Checkbox>
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottomRight" title="Columns">
      <Button icon={<SettingOutlined />}>Columns</Button>
    </Popover>
  );
}

export interface TableToolsProps<T> {
  columns: Column<T>[];
  search?: { value: string; onSearch: (text: string) => void; label: string } | undefined;
  filters?: ReactNode;
  /** Before the search: views. */
  views?: ReactNode;
  /** Beside the column chooser. */
  tools?: ReactNode;
}

/** The line above a table: views, search, filters, column chooser, files. */
export function TableTools<T>({ columns, search, filters, views, tools }: TableToolsProps<T>) {
  return (
    <div className="tm-tools">
      {search ? <SearchField {...search} /> : null}
      {filters}
      {views}
      <span className="tm-spring" />
      {tools}
      {columns.length > 3 ? <ColumnChooser columns={columns} /> : null}
    </div>
  );
}
