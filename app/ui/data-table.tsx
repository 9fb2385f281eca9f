import type { BaseRecord } from "@refinedev/core";
import { Alert, Button, Table, type TableColumnType, type TableProps } from "antd";
import { type ReactNode, useRef } from "react";
import type { BulkForm } from "~/lists/bulk-form";
import type { OtherFiles } from "~/lists/file-menu";
import { SavedViews } from "~/lists/saved-views";
import { type RowSelection, useListActs } from "~/lists/use-list-acts";
import { type Column, sortFieldOf } from "./columns";
import { Hint } from "./hint";
import { Pager } from "./pager";
import { EmptyState, ErrorState, NoMatch } from "./states";
import { TableSkeleton } from "./table-skeleton";
import { TableTools, useColumnChoice, useCompactRows } from "./table-tools";
import { TideLine } from "./tide-line";
import type { ListState } from "./use-list";
import { useReachable } from "./use-reachable";

export type { Column } from "./columns";

type Row = BaseRecord & { id?: string };

export interface DataTableProps<T extends Row> {
  table: ListState<T>;
  columns: Column<T>[];
  /** The noun of the rows, in the plural: "campaigns". */
  what: string;
  /** Shown when there is nothing yet. */
  empty?: ReactNode;
  /** Label of the search field; without it there is none. */
  searchLabel?: string;
  filters?: ReactNode;
  /** Acts on the selected rows besides those of the resource: "Compare 2 campaigns"; `clear` ends the selection. */
  moreActs?: (ids: string[], clear: () => void) => ReactNode;
  /** The resource's acts that make sense for these rows; all where left out. */
  bulkActions?: readonly string[];
  /** By action: what it asks for, where the page knows better than the description. */
  bulkForms?: Record<string, BulkForm>;
  /** Files of another shape than these rows, beside theirs. */
  otherFiles?: OtherFiles;
  /** What a row is called; its name where left out. */
  labelOf?: (row: T) => string;
  /** `page` keeps the header in view by scrolling inside; `auto` grows with its rows. */
  height?: "page" | "auto";
  /** Whether an empty list offers to be filled from a file. Default true. */
  takesFiles?: boolean;
  /** Whose views are offered; those of the resource where left out. */
  viewsOf?: string;
  /** Where the server stops counting. */
  mostCounted?: number;
}

const TOTAL = Symbol("total");
type Line<T> = T | { id: string; [TOTAL]: true };
const isTotal = <T extends Row>(line: Line<T>): line is { id: string; [TOTAL]: true } => TOTAL in line;

const headerOf = <T,>({ title, unit, hint }: Column<T>): ReactNode => (
  <>
    {title}
    {unit ? <span className="tm-unit">, {unit}</span> : null}
    {hint ? <Hint name={title} text={hint} /> : null}
  </>
);

const cellOf = <T extends Row>(column: Column<T>, line: Line<T>, isFirst: boolean): ReactNode => {
  if (isTotal(line)) {
    const total = column.total ?? (isFirst ? "Total" : null);
    return column.maturity ? <div className="tm-tide-none">{total}</div> : total;
  }
  const content = column.render(line);
  return column.maturity ? (
    <TideLine maturity={column.maturity(line)} edge="right">
      {content}
    </TideLine>
  ) : (
    content
  );
};

function antColumns<T extends Row>(columns: Column<T>[], table: ListState<T>): TableColumnType<Line<T>>[] {
  return columns.map((column, index) => {
    const isFirst = index === 0;
    const sortField = sortFieldOf(column);
    const order = table.sorters.find(({ field }) => field === sortField)?.order;
    const classes = [column.numeric ? "tm-numeric" : "", isFirst || column.narrow ? "" : "tm-wide-only"]
      .join(" ")
      .trim();
    return {
      key: column.key,
      title: headerOf(column),
      className: classes,
      render: (_, line) => cellOf(column, line, isFirst),
      onCell: () => ({ "data-label": column.unit ? `${column.title}, ${column.unit}` : column.title }) as object,
      ...(isFirst ? { fixed: "left" as const, rowScope: "row" as const } : {}),
      ...(column.width ? { width: column.width } : {}),
      ...(sortField
        ? {
            sorter: true,
            showSorterTooltip: false,
            sortIcon: () => <span className="tm-sort" aria-hidden="true" />,
            sortOrder: order ? (`${order}end` as "ascend" | "descend") : null,
            ...(column.numeric ? { sortDirections: ["descend" as const, "ascend" as const] } : {}),
          }
        : {}),
    };
  });
}

const selectionOf = <T extends Row>({
  selected,
  onChange,
  labelOf,
}: RowSelection<T>): TableProps<Line<T>>["rowSelection"] => ({
  selectedRowKeys: selected,
  onChange: (keys) => onChange(keys.filter((key) => key !== "total").map(String)),
  fixed: true,
  columnWidth: 40,
  columnTitle: (box) => box,
  getCheckboxProps: (line) =>
    ({ "aria-label": isTotal(line) ? "" : `Select ${labelOf(line)}`, disabled: isTotal(line) }) as object,
  renderCell: (_, line, __, box) => (isTotal(line) ? null : box),
  getTitleCheckboxProps: () => ({ "aria-label": "Select all rows of this page" }) as object,
});

/** A list as a table: search, filters, views, columns, sorting, totals, selection, edits, files, pages. The URL holds what is shown. */
export function DataTable<T extends Row>(props: DataTableProps<T>) {
  const { table, columns, what, filters, searchLabel, takesFiles = true } = props;
  const { shown } = useColumnChoice(columns);
  const list = useRef<HTMLDivElement>(null);
  const acts = useListActs({ ...props, shown, list });
  const nothing = !table.loading && !table.error && table.total === 0;
  const isEmpty = nothing && !table.narrowed;
  return (
    <div className="tm-list" ref={list}>
      {acts.bar ??
        (isEmpty ? null : (
          <TableTools
            columns={columns}
            search={searchLabel ? { value: table.search, onSearch: table.setSearch, label: searchLabel } : undefined}
            filters={filters}
            views={<SavedViews resource={props.viewsOf ?? table.description.name} what={what} />}
            tools={acts.tools}
          />
        ))}
      {isEmpty ? (
        <>
          {props.empty ?? <EmptyState title={`No ${what} yet`} />}
          {takesFiles ? acts.importing : null}
        </>
      ) : null}
      {table.loading ? <TableSkeleton columns={shown} /> : null}
      {nothing && !isEmpty ? <NoMatch what={what} onClear={table.clear} /> : null}
      {table.error && table.rows.length === 0 ? (
        <ErrorState title={`The ${what} could not be loaded`} error={table.error} onRetry={table.refetch} />
      ) : null}
      {table.rows.length > 0 ? <Rows {...props} shown={acts.columns} {...acts.rows} /> : null}
      {acts.drawers}
    </div>
  );
}

interface RowsProps<T extends Row> extends DataTableProps<T> {
  shown: Column<T>[];
  selection: RowSelection<T> | null;
  current: string | null;
}

function Rows<T extends Row>(props: RowsProps<T>) {
  const { table, what, selection, current, height = "page", shown } = props;
  const [compact] = useCompactRows();
  const frame = useRef<HTMLDivElement>(null);
  useReachable(frame, what);
  const hasTotals = shown.some(({ total }) => total !== undefined);
  const lines: Line<T>[] = hasTotals ? [{ id: "total", [TOTAL]: true }, ...table.rows] : table.rows;
  const onChange: TableProps<Line<T>>["onChange"] = (_, __, sorter) => {
    const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
    const column = shown.find(({ key }) => key === columnKey);
    const field = column && sortFieldOf(column);
    table.setSorters(field && order ? [{ field, order: order === "ascend" ? "asc" : "desc" }] : []);
  };
  return (
    <>
      {table.error ? (
        <Alert
          type="warning"
          showIcon
          message={`These ${what} may be out of date: ${table.error.message}`}
          action={
            <Button size="small" onClick={table.refetch}>
              Try again
            </Button>
          }
        />
      ) : null}
      <div ref={frame} className="tm-table" data-height={height} data-compact={compact} aria-busy={table.refreshing}>
        <Table<Line<T>>
          size="small"
          rowKey="id"
          dataSource={lines}
          columns={antColumns(shown, table)}
          pagination={false}
          scroll={{ x: "max-content" }}
          onChange={onChange}
          rowClassName={(line) => (isTotal(line) ? "tm-total" : line.id === current ? "tm-current" : "")}
          {...(selection
            ? { rowSelection: selectionOf(selection) as NonNullable<TableProps<Line<T>>["rowSelection"]> }
            : {})}
        />
      </div>
      <Pager
        page={table.page}
        pageSize={table.pageSize}
        total={table.total}
        mostCounted={props.mostCounted}
        what={what}
        hrefOf={table.hrefOf}
        onPage={table.setPage}
      />
    </>
  );
}
