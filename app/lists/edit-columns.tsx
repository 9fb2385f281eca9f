import type { BaseRecord } from "@refinedev/core";
import type { FieldDescription, ResourceDescription } from "#server/api/describe";
import type { Column } from "~/ui/columns";
import { EditCell } from "./edit-cell";
import type { Changes, Versioned } from "./use-changes";

type Row = BaseRecord & { id?: string };

/** Fields that a shown column is of and that may be changed in place. Rows without a version could lose somebody's change. */
export function editableFields<T extends Row>(
  shown: readonly Column<T>[],
  { fields }: Pick<ResourceDescription, "fields">,
  rows: readonly T[],
): FieldDescription[] {
  if (rows.length > 0 && !rows.every(({ version }) => typeof version === "number")) return [];
  return fields.filter(({ key, editable }) => editable && shown.some((column) => (column.field ?? column.key) === key));
}

interface Editing<T> {
  fields: FieldDescription[];
  changes: Changes;
  labelOf: (row: T) => string;
}

/** The columns with editors in their cells. */
export const editColumns = <T extends Row>(
  columns: readonly Column<T>[],
  { fields, changes, labelOf }: Editing<T>,
): Column<T>[] =>
  columns.map((column) => {
    const field = fields.find(({ key }) => key === (column.field ?? column.key));
    if (!field) return column;
    const { maturity: _, ...rest } = column;
    return {
      ...rest,
      render: (row) => (
        <EditCell
          row={row as unknown as Versioned}
          name={labelOf(row)}
          field={field}
          title={column.title}
          changes={changes}
        />
      ),
    };
  });
