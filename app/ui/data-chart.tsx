// A chart with its table twin. The code that draws comes after the page; its height is kept until then.
import { BarChartOutlined, DownloadOutlined, TableOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import {
  type ComponentType,
  type KeyboardEvent,
  lazy,
  type MouseEvent,
  type ReactNode,
  Suspense,
  useMemo,
  useRef,
  useState,
} from "react";
import { palettes, series as seriesColours } from "~/palette";
import { type ChartSeries, chartConfig, plotLeft, plotRight } from "./chart-config";
import { chartCsv, pictureOf, save } from "./chart-files";
import { type DayMark, DayMarks, marksOn } from "./day-marks";
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
  /** Shorter, for the axis. */
  formatAxis?(value: number): string;
  unit?: string;
  height?: number;
  /** What happened on its days, shown under the chart; left out: nothing is known of them. */
  marks?: readonly DayMark[];
  /** A day was chosen, in the chart or under it. */
  onDay?(day: string): void;
}

const DEFAULT_HEIGHT = 260;

/** Days down, series across; the same numbers as the chart. */
function Twin({ series, format, name, marks = [] }: Pick<DataChartProps, "series" | "format" | "name" | "marks">) {
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
            {marks.length > 0 ? <th scope="col">Notes</th> : null}
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
                    {point?.partial ? <span className="tm-muted"> partial day</span> : null}
                    {point?.settled === false && !point.partial ? <span className="tm-muted"> settling</span> : null}
                  </td>
                );
              })}
              {marks.length > 0 ? (
                <td className="tm-twin-notes">
                  {marksOn(marks, day)
                    .map(({ text }) => text)
                    .join(" ")}
                </td>
              ) : null}
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
      {series.some(({ points }) => points.some(({ partial }) => partial)) ? (
        <li>
          <span className="tm-hatch" aria-hidden="true" />
          Hatched: the day is not over
        </li>
      ) : null}
    </ul>
  );
}

interface SaveMenuProps extends Pick<DataChartProps, "name" | "series" | "unit"> {
  /** Null while there is no picture. */
  picture: (() => HTMLCanvasElement | null) | null;
}

function SaveMenu({ name, series, unit, picture }: SaveMenuProps) {
  const { mode } = useView();
  const saveAs = async (kind: string) => {
    if (kind === "csv") return save(chartCsv(series, unit), `${name}.csv`);
    const canvas = picture?.();
    if (canvas) save(await pictureOf(canvas, palettes[mode].canvas), `${name}.png`);
  };
  const items = [
    { key: "csv", label: "Numbers as CSV" },
    ...(picture ? [{ key: "png", label: "Picture as PNG" }] : []),
  ];
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => void saveAs(key) }} trigger={["click"]}>
      <Button type="text" size="small" icon={<DownloadOutlined />} aria-haspopup="menu">
        Save
      </Button>
    </Dropdown>
  );
}

export function DataChart(props: DataChartProps) {
  const { title, name, kind = "line", series, format, formatAxis, unit, height = DEFAULT_HEIGHT, marks, onDay } = props;
  const [twin, setTwin] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const hydrated = useHydrated();
  const { mode, locale } = useView();
  const Drawing = drawings[kind];
  const marked = marks !== undefined;
  const config = useMemo(
    () => chartConfig({ kind, series, format, formatAxis, mode, locale, height, marked }),
    [kind, series, format, formatAxis, mode, locale, height, marked],
  );
  const days = series[0]?.points.map(({ day }) => day) ?? [];
  const onClick = ({ clientX, currentTarget }: MouseEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const day = days[Math.floor(((clientX - left - plotLeft) / (width - plotLeft - plotRight)) * days.length)];
    if (day) onDay?.(day);
  };
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
        <SaveMenu
          name={name}
          series={series}
          unit={unit}
          picture={twin ? null : () => body.current?.querySelector("canvas") ?? null}
        />
      </figcaption>
      <div ref={body} style={{ height }} className="tm-chart-body">
        {twin ? (
          <Twin series={series} format={format} name={name} {...(marks ? { marks } : {})} />
        ) : (
          <div
            role="img"
            aria-label={`${name}. The same numbers are in the table.`}
            style={{ height }}
            {...(marks && onDay ? { onClick, className: "tm-chart-days" } : {})}
          >
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
      {marks && onDay && !twin ? <DayMarks days={days} marks={marks} onDay={onDay} /> : null}
    </figure>
  );
}
