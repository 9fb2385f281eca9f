// What can be done in any list, from the description of its resource: select and act, edit cells, files, history, keys.
import type { BaseRecord } from "@refinedev/core";
import { Button } from "antd";
import { type ReactNode, type RefObject, useEffect, useMemo, useState } from "react";
import { can } from "~/providers/access-control";
import { useViewer } from "~/shell/viewer";
import { type Column, fieldsOf } from "~/ui/columns";
import type { ListState } from "~/ui/use-list";
import type { BulkForm } from "./bulk-form";
import { ChangesBar } from "./changes-bar";
import { editableFields, editColumns } from "./edit-columns";
import { FileMenu, mayImport, type OtherFiles } from "./file-menu";
import { HistoryDrawer, SelectionBar } from "./selection-bar";
import { useChanges } from "./use-changes";
import { useRowKeys } from "./use-row-keys";

type Row = BaseRecord & { id?: string };

export interface RowSelection<T> {
  selected: string[];
  onChange(ids: string[]): void;
  /** Names a row for screen readers: "Select Summer launch". */
  labelOf(row: T): string;
}

interface ListActsOptions<T extends Row> {
  table: ListState<T>;
  shown: Column<T>[];
  list: RefObject<HTMLElement | null>;
  what: string;
  labelOf?: ((row: T) => string) | undefined;
  bulkActions?: readonly string[] | undefined;
  bulkForms?: Record<string, BulkForm> | undefined;
  moreActs?: ((ids: string[], clear: () => void) => ReactNode) | undefined;
  otherFiles?: OtherFiles | undefined;
}

const nameOfRow = (row: Row): string => String(row.name ?? row.amazonUserName ?? row.email ?? row.title ?? row.id);

export function useListActs<T extends Row>(options: ListActsOptions<T>) {
  const { table, shown, list, what, labelOf = nameOfRow, bulkActions, bulkForms, moreActs, otherFiles } = options;
  const { description } = table;
  const viewer = useViewer();
  const [selected, setSelected] = useState<string[]>([]);
  const [editing, setEditing] = useState(false);
  const [history, setHistory] = useState<{ id: string; open: boolean } | null>(null);
  const changes = useChanges(description.name);
  const names = useMemo(
    () => Object.fromEntries(table.rows.map((row) => [String(row.id), labelOf(row)])),
    [table.rows, labelOf],
  );
  const actions = description.actions.filter(
    ({ name, bulk, permission }) => bulk && can(viewer, permission) && (bulkActions?.includes(name) ?? true),
  );
  const hasHistory = description.auditType !== null && can(viewer, "audit.read");
  const mayEdit = description.updatePermission !== null && can(viewer, description.updatePermission);
  const editable = mayEdit ? editableFields(shown, description, table.rows) : [];
  const isSelectable = actions.length > 0 || hasHistory || moreActs !== undefined;
  const showHistory = hasHistory ? (id: string) => setHistory({ id, open: true }) : null;

  const current = useRowKeys(list, {
    ids: useMemo(() => Object.keys(names), [names]),
    ...(isSelectable
      ? { toggle: (id) => setSelected((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id])) }
      : {}),
    ...(editable.length > 0 ? { edit: () => setEditing(true) } : {}),
    ...(showHistory ? { history: showHistory } : {}),
  });

  const isEditing = editing && editable.length > 0;
  useEffect(() => {
    if (!isEditing) return;
    const cells = (row: string) => list.current?.querySelector<HTMLElement>(`${row} .tm-field-edit input`);
    (cells("tr.tm-current") ?? cells("tr"))?.focus();
  }, [isEditing, list]);

  const fields = fieldsOf(shown, description.fields);
  const files = (
    <FileMenu {...{ description, what, fields }} other={otherFiles} total={table.total} wire={table.wire} />
  );
  const bar = isEditing ? (
    <ChangesBar
      changes={changes}
      description={description}
      nameOf={(row) => labelOf(row as unknown as T)}
      onStop={() => setEditing(false)}
    />
  ) : selected.length > 0 ? (
    <SelectionBar
      {...{ description, what, actions, selected, names }}
      total={table.total}
      wire={table.wire}
      onChange={setSelected}
      onHistory={showHistory}
      forms={bulkForms}
      more={moreActs?.(selected, () => setSelected([]))}
    />
  ) : null;
  return {
    /** In place of the tools, while rows are selected or cells edited. */
    bar,
    tools: (
      <>
        {editable.length > 0 ? <Button onClick={() => setEditing(true)}>Edit</Button> : null}
        {files}
      </>
    ),
    /** For a list that is still empty. */
    importing: mayImport(description, viewer.permissions) ? files : null,
    columns: isEditing ? editColumns(shown, { fields: editable, changes, labelOf }) : shown,
    rows: {
      current,
      selection: isSelectable && !isEditing ? { selected, onChange: setSelected, labelOf } : null,
    },
    drawers:
      history && description.auditType ? (
        <HistoryDrawer
          key={history.id}
          open={history.open}
          onClose={() => setHistory({ ...history, open: false })}
          type={description.auditType}
          id={history.id}
          name={names[history.id] ?? history.id}
        />
      ) : null,
  };
}
