// A chart with its table twin. The code that draws comes after the page; its height is kept until then.
import { BarChartOutlined, TableOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ComponentType, type KeyboardEvent, lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { series as seriesColours } from "~/palette";
import { type ChartSeries, chartConfig } from "./chart-config";
import { formatDay } from "./format";
import { useHydrated, useView } from "./view";

export type { ChartSeries } from "./chart-config";

type ChartKind = "line" | "area" | "column";
type Drawn = ComponentType<Record<string, unknown>>;

const load = (name: "Line" | "Area" | "Column") =>
  lazy(async () => ({ default: (await import("./charts-bundle.client"))[name] as unknown as Drawn }));
const drawings: Record<ChartKind, Drawn> = { line: load("Line"), area: load("Area"), column: load("Column") };

export interface DataChartProps {
  /** The finding or the question: "Is spend on pace?". */
  title: ReactNode;
  /** What the chart shows, for screen readers: "Daily spend in USD". */
  name: string;
  kind?: ChartKind;
  series: ChartSeries[];
  format(value: number): string;
  unit?: string;
  height?: number;
}

const DEFAULT_HEIGHT = 260;

/** Days down, series across; the same numbers as the chart. */
function Twin({ series, format, name }: Pick<DataChartProps, "series" | "format" | "name">) {
  const { locale } = useView();
  const days = series[0]?.points.map(({ day }) => day) ?? [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="tm-twin" tabIndex={0} aria-label={`${name}, as a table`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {series.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, index) => (
            <tr key={day}>
              <th scope="row">{formatDay(day, { locale })}</th>
              {series.map(({ key, points }) => {
                const point = points[index];
                return (
                  <td key={key}>
                    {point?.value == null ? "no data" : format(point.value)}
                    {point?.settled === false ? <span className="tm-muted"> settling</span> : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Legend({ series, colours }: { series: ChartSeries[]; colours: readonly string[] }) {
  return (
    <ul className="tm-legend">
      {series.map(({ key, label, dashed, colour }, index) => (
        <li key={key}>
          <svg width="18" height="8" aria-hidden="true">
            <line
              x1="0"
              x2="18"
              y1="4"
              y2="4"
              stroke={colours[(colour ?? index) % colours.length]}
              strokeWidth="2"
              strokeDasharray={dashed ? "4 3" : undefined}
            />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

export function DataChart(props: DataChartProps) {
  const { title, name, kind = "line", series, format, unit, height = DEFAULT_HEIGHT } = props;
  const [twin, setTwin] = useState(false);
  const hydrated = useHydrated();
  const { mode, locale } = useView();
  const Drawing = drawings[kind];
  const config = useMemo(
    () => chartConfig({ kind, series, format, mode, locale, height }),
    [kind, series, format, mode, locale, height],
  );
  const onKey = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() === "t" && !event.metaKey && !event.ctrlKey && !event.altKey) setTwin(!twin);
  };
  return (
    <figure className="tm-chart" onKeyDown={onKey}>
      <figcaption>
        <h3>
          {title}
          {unit ? <span className="tm-unit">, {unit}</span> : null}
        </h3>
        <Legend series={series} colours={seriesColours[mode]} />
        <Button
          type="text"
          size="small"
          icon={twin ? <BarChartOutlined /> : <TableOutlined />}
          onClick={() => setTwin(!twin)}
          aria-pressed={twin}
          data-tip="T shows the same as a table"
        >
          {twin ? "Chart" : "Table"}
        </Button>
      </figcaption>
      <div style={{ height }} className="tm-chart-body">
        {twin ? (
          <Twin series={series} format={format} name={name} />
        ) : (
          <div role="img" aria-label={`${name}. The same numbers are in the table.`} style={{ height }}>
            {hydrated ? (
              <Suspense fallback={<span className="tm-bone tm-chart-bone" />}>
                <Drawing {...config} />
              </Suspense>
            ) : (
              <span className="tm-bone tm-chart-bone" />
            )}
          </div>
        )}
      </div>
    </figure>
  );
}
