// Ad groups of one campaign: few rows, sorted in the browser.
import { Table } from "antd";
import type { ReactNode } from "react";
import type { Hidden, MetricInfo } from "#server/insights/contract";
import { isOwnMetric } from "#server/insights/metric-contract";
import type { MetricValue } from "#server/insights/metrics";
import { Link } from "~/providers/router";
import { type Maturity, TideLine } from "~/ui/tide-line";
import { tableMetrics } from "./export-query";
import { isHidden, MetricFigure, metricNumber } from "./metric-value";

export interface Part {
  id: string;
  name: string;
  values: Record<string, MetricValue>;
  hidden: Hidden;
}

export interface PartTableProps<T extends Part> {
  /** "Ad groups", for the table's name. */
  label: string;
  first: string;
  rows: T[];
  metrics: MetricInfo[];
  currency: string;
  about: { title: string; numeric?: boolean; render(row: T): ReactNode }[];
  maturityOf(metric: MetricInfo): Maturity;
  /** The name as it is shown; left out: as it is. */
  nameOf?(row: T): ReactNode;
  /** Leads to the rows behind a number. */
  rowsOf?(row: T, metric: MetricInfo): string;
  selection?: { selected: string[]; onChange(ids: string[]): void };
  /** Told of the order in which the rows stand, as the API is asked for it; null: as they came. */
  onSort?(sort: PartSort | null): void;
}

export interface PartSort {
  field: string;
  order: "asc" | "desc";
}

const narrow = ["spend", "roas"];

const Led = ({ to, children }: { to: string | undefined; children: ReactNode }) =>
  to === undefined ? (
    children
  ) : (
    <Link className="tm-drill" to={to}>
      {children}
    </Link>
  );

export function PartTable<T extends Part>(props: PartTableProps<T>) {
  const { label, first, rows, metrics, currency, about, maturityOf, nameOf, rowsOf, selection, onSort } = props;
  const columns = [
    {
      key: "name",
      title: first,
      dataIndex: "name",
      fixed: "left" as const,
      rowScope: "row" as const,
      width: 280,
      sorter: (a: T, b: T) => a.name.localeCompare(b.name),
      render: (_: unknown, row: T) => nameOf?.(row) ?? row.name,
    },
    ...about.map(({ title, numeric, render }) => ({
      key: title,
      title,
      className: numeric ? "tm-numeric tm-wide-only" : "tm-wide-only",
      render: (_: unknown, row: T) => render(row),
      onCell: () => ({ "data-label": title }) as object,
    })),
    ...tableMetrics(metrics).map((metric) => ({
      key: metric.id,
      title: metric.unit === "money" ? `${metric.label}, ${currency}` : metric.label,
      className: narrow.includes(metric.id) ? "tm-numeric" : "tm-numeric tm-wide-only",
      sortDirections: ["descend" as const, "ascend" as const],
      sorter: (a: T, b: T) =>
        (metricNumber(metric, a.values[metric.id]) ?? -1) - (metricNumber(metric, b.values[metric.id]) ?? -1),
      onCell: () => ({ "data-label": metric.label }) as object,
      render: (_: unknown, row: T) => (
        <TideLine maturity={maturityOf(metric)} edge="right">
          <Led to={isHidden(metric, row.hidden) || isOwnMetric(metric.id) ? undefined : rowsOf?.(row, metric)}>
            <MetricFigure
              metric={metric}
              value={row.values[metric.id]}
              currency={currency}
              hidden={row.hidden}
              show="none"
            />
          </Led>
        </TideLine>
      ),
    })),
  ];
  return (
    <div className="tm-table" data-height="auto">
      <Table<T>
        aria-label={label}
        size="small"
        rowKey="id"
        dataSource={rows}
        columns={columns}
        pagination={false}
        showSorterTooltip={false}
        scroll={{ x: "max-content" }}
        onChange={(_, __, sorter) => {
          const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
          onSort?.(
            columnKey && order ? { field: String(columnKey), order: order === "ascend" ? "asc" : "desc" } : null,
          );
        }}
        {...(selection
          ? {
              rowSelection: {
                selectedRowKeys: selection.selected,
                onChange: (keys) => selection.onChange(keys.map(String)),
                fixed: true,
                columnWidth: 40,
                columnTitle: (box: ReactNode) => box,
                getCheckboxProps: (row: T) => ({ "aria-label": `Select ${row.name}` }) as object,
                getTitleCheckboxProps: () => ({ "aria-label": `Select all ${label.toLowerCase()}` }) as object,
              },
            }
          : {})}
      />
    </div>
  );
}
