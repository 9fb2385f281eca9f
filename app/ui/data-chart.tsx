// A chart with its table twin. The code that draws comes after the page; its height is kept until then.
import { type MouseEvent, type ReactNode, useMemo } from "react";
import { series as seriesColours } from "~/palette";
import { type ChartSeries, chartConfig, plotLeft, plotRight } from "./chart-config";
import { ChartFigure } from "./chart-figure";
import { chartCsv } from "./chart-files";
import { type DayMark, DayMarks, marksOn } from "./day-marks";
import { formatDay } from "./format";
import { Drawing, lazyDrawing } from "./lazy-drawing";
import { ScrollRegion } from "./scroll-region";
import { useView } from "./view";

export type { ChartSeries } from "./chart-config";

type ChartKind = "line" | "area" | "column";

const drawings = { line: lazyDrawing("Line"), area: lazyDrawing("Area"), column: lazyDrawing("Column") };

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
    <ScrollRegion className="tm-twin" name={`${name}, as a table`}>
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
    </ScrollRegion>
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

export function DataChart(props: DataChartProps) {
  const { title, name, kind = "line", series, format, formatAxis, unit, height = DEFAULT_HEIGHT, marks, onDay } = props;
  const { mode, locale } = useView();
  const marked = marks !== undefined;
  const config = useMemo(
    () => chartConfig({ kind, series, format, formatAxis, mode, locale, height, marked }),
    [kind, series, format, formatAxis, mode, locale, height, marked],
  );
  const days = series[0]?.points.map(({ day }) => day) ?? [];
  const onPress = ({ clientX, currentTarget }: MouseEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const day = days[Math.floor(((clientX - left - plotLeft) / (width - plotLeft - plotRight)) * days.length)];
    if (day) onDay?.(day);
  };
  return (
    <ChartFigure
      {...{ title, name, unit, height }}
      legend={<Legend series={series} colours={seriesColours[mode]} />}
      twin={<Twin series={series} format={format} name={name} {...(marks ? { marks } : {})} />}
      csv={() => chartCsv(series, unit)}
      drawing={{ kind: "canvas", node: <Drawing of={drawings[kind]} config={config} /> }}
      onPress={marks && onDay ? onPress : undefined}
      below={marks && onDay ? <DayMarks days={days} marks={marks} onDay={onDay} /> : null}
    />
  );
}
