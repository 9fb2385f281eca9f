// The values of one dimension: the total on top, the rest that is not listed at the end, whatever they are sorted by.
import { Table, type TableProps } from "antd";
import { useMemo, useState } from "react";
import type { Hidden, MetricInfo } from "#server/insights/contract";
import type { Breakdown } from "#server/insights/report-contract";
import { ExportMenu } from "~/lists/export-menu";
import type { ResolvedRange } from "~/ui/date-range";
import { formatPercent } from "~/ui/format";
import { TideLine } from "~/ui/tide-line";
import { Percent } from "~/ui/values";
import { useView } from "~/ui/view";
import { exportQuery, tableMetrics } from "./export-query";
import { maturityOf } from "./kpi-section";
import { MetricFigure, metricNumber } from "./metric-value";

interface Line {
  id: string;
  kind: "total" | "value" | "rest";
  label: string;
  where: string[];
  code: string | null;
  values: Breakdown["total"];
  share: number | null;
  hidden: Hidden;
}

interface Order {
  key: string;
  direction: "ascend" | "descend";
}

/** What a skeleton of the table needs to know. */
export const columnsOf = (first: string, metrics: MetricInfo[]) => [
  { key: "label", title: first },
  { key: "share", title: "Share", numeric: true },
  ...tableMetrics(metrics).map(({ id, label }) => ({ key: id, title: label, numeric: true })),
];

interface BreakdownTableProps {
  breakdown: Breakdown;
  metrics: MetricInfo[];
  /** Whose numbers: the API's filter. */
  of: Record<string, string>;
  range: ResolvedRange;
}

export function BreakdownTable({ breakdown, metrics, of, range }: BreakdownTableProps) {
  const { label, currency, by } = breakdown;
  const [order, setOrder] = useState<Order | null>(null);
  const offered = tableMetrics(metrics).filter(({ id }) => breakdown.metrics.includes(id));
  const measured = metrics.find(({ id }) => id === by);
  const lines = useMemo(() => linesOf(breakdown, metrics, order), [breakdown, metrics, order]);
  const columns: TableProps<Line>["columns"] = [
    {
      key: "label",
      title: label,
      fixed: "left",
      rowScope: "row",
      width: 340,
      sorter: true,
      sortOrder: orderOf(order, "label"),
      render: (_, line) => <Name line={line} />,
    },
    {
      key: "share",
      title: measured ? `Share of ${measured.label.toLowerCase()}` : "Share",
      className: "tm-numeric",
      onCell: () => ({ "data-label": "" }) as object,
      render: (_, line) => <Share share={line.share} />,
    },
    ...offered.map((metric) => ({
      key: metric.id,
      title: metric.unit === "money" ? `${metric.label}, ${currency}` : metric.label,
      className: metric.id === by ? "tm-numeric" : "tm-numeric tm-wide-only",
      sorter: true,
      sortDirections: ["descend" as const, "ascend" as const],
      sortOrder: orderOf(order, metric.id),
      onCell: () => ({ "data-label": metric.label }) as object,
      render: (_: unknown, line: Line) => (
        <TideLine maturity={maturityOf(metric, breakdown.settled, breakdown.freshness)} edge="right">
          <MetricFigure
            metric={metric}
            value={line.values[metric.id]}
            currency={currency}
            hidden={line.hidden}
            show="none"
          />
        </TideLine>
      ),
    })),
  ];
  const onChange: TableProps<Line>["onChange"] = (_, __, sorter) => {
    const { columnKey, order: direction } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
    setOrder(columnKey && direction ? { key: String(columnKey), direction } : null);
  };
  const { rows, rest } = breakdown;
  return (
    <>
      <div className="tm-table-file">
        <ExportMenu
          name="breakdown-rows"
          what={`rows by ${label.toLowerCase()}`}
          total={rows.length + (rest?.rows ?? 0)}
          query={exportQuery({ ...of, dimension: breakdown.dimension, currency }, range, {
            columns: ["label", "where", "code", "share", ...offered.map(({ id }) => id)],
            sort: order && { field: order.key, order: order.direction === "ascend" ? "asc" : "desc" },
          })}
        />
      </div>
      <div className="tm-table" data-height="auto">
        <Table<Line>
          aria-label={`By ${label.toLowerCase()}`}
          size="small"
          rowKey="id"
          dataSource={lines}
          columns={columns}
          pagination={lines.length > 60 ? { pageSize: 50, showSizeChanger: false } : false}
          showSorterTooltip={false}
          scroll={{ x: "max-content" }}
          onChange={onChange}
          rowClassName={({ kind }) => (kind === "value" ? "" : `tm-${kind}`)}
        />
      </div>
    </>
  );
}

const orderOf = (order: Order | null, key: string) => (order?.key === key ? order.direction : null);

function linesOf(breakdown: Breakdown, metrics: MetricInfo[], order: Order | null): Line[] {
  const { rows, rest, total, hidden } = breakdown;
  const plain = { where: [], code: null, hidden };
  const values = rows.map((row): Line => ({ ...row, kind: "value", label: row.label || "Not reported" }));
  if (order) values.sort(comparedBy(order, metrics));
  return [
    { ...plain, id: "total", kind: "total", label: "Total", values: total, share: rows.length > 0 ? 1 : null },
    ...values,
    ...(rest ? [{ ...plain, id: "rest", kind: "rest" as const, label: restWords(rest.rows), ...rest }] : []),
  ];
}

const restWords = (count: number) => (count === 1 ? "1 more" : `${count} more together`);

function comparedBy({ key, direction }: Order, metrics: MetricInfo[]): (a: Line, b: Line) => number {
  const sign = direction === "ascend" ? 1 : -1;
  const metric = metrics.find(({ id }) => id === key);
  if (!metric) return (a, b) => sign * a.label.localeCompare(b.label);
  const of = ({ values }: Line) => metricNumber(metric, values[metric.id]) ?? -1;
  return (a, b) => sign * (of(a) - of(b));
}

function Name({ line }: { line: Line }) {
  return (
    <>
      {line.label}
      {line.where.length > 0 ? <span className="tm-split-where">{[...line.where].reverse().join(", ")}</span> : null}
      {line.code ? (
        <span className="tm-split-where">
          <code>{line.code}</code>
        </span>
      ) : null}
    </>
  );
}

function Share({ share }: { share: number | null }) {
  const { locale } = useView();
  if (share === null) return <Percent ratio={null} />;
  return (
    <span className="tm-share">
      <span className="tm-share-bar" aria-hidden="true">
        <span style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
      </span>
      <span className="tm-figure">{formatPercent(share, { locale, decimals: 1 })}</span>
    </span>
  );
}
