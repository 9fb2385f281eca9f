import { type Mode, palettes, series as seriesColours } from "~/palette";
import { formatDay } from "./format";

export interface ChartSeries {
  key: string;
  label: string;
  /** Place in the palette; default its place in the list. A brand or channel keeps its own on every page. */
  colour?: number;
  /** The compared range. */
  dashed?: boolean;
  /** Every day of the range; a day without data has null and shows as a gap. */
  points: { day: string; value: number | null; settled?: boolean }[];
}

interface ChartInput {
  kind: "line" | "area" | "column";
  series: ChartSeries[];
  format(value: number): string;
  mode: Mode;
  locale: string;
  height: number;
}

export interface Datum {
  day: string;
  value: number | null;
  label: string;
  /** Lines of one part have one style. */
  part: string;
  dashed: boolean;
  light: boolean;
}

/** Points in the order drawn. A line with unsettled days has two parts that meet at the last settled day. */
export function dataOf(kind: ChartInput["kind"], series: ChartSeries[]): Datum[] {
  return series.flatMap(({ key, label, dashed = false, points }) => {
    const toDatum = (light: boolean) => (point: ChartSeries["points"][number]) => ({
      day: point.day,
      value: point.value,
      label,
      part: light ? `${key} unsettled` : key,
      dashed,
      light,
    });
    const firstLight = points.findIndex(({ settled }) => settled === false);
    if (firstLight < 0) return points.map(toDatum(false));
    const joint = kind === "column" ? firstLight : Math.max(0, firstLight - 1);
    return [...points.slice(0, firstLight).map(toDatum(false)), ...points.slice(joint).map(toDatum(true))];
  });
}

const LIGHT = 0.45;

const markStyle = (kind: ChartInput["kind"]) => {
  const firstOf = (items: Datum | Datum[]) => (Array.isArray(items) ? items[0] : items);
  const line = { lineWidth: 2, lineDash: (items: Datum | Datum[]) => (firstOf(items)?.dashed ? [5, 4] : [0, 0]) };
  return {
    ...(kind === "column" ? { lineWidth: 0, maxWidth: 24 } : line),
    opacity: (items: Datum | Datum[]) => {
      const first = firstOf(items);
      return first?.light || (kind === "column" && first?.dashed) ? LIGHT : 1;
    },
  };
};

/** What @ant-design/charts is told. Axes, colours and gaps are the same on every page. */
export function chartConfig({ kind, series, format, mode, locale, height }: ChartInput): Record<string, unknown> {
  const p = palettes[mode];
  const colours = seriesColours[mode];
  const axis = {
    labelFill: p.muted,
    labelFillOpacity: 1,
    labelOpacity: 1,
    labelFontSize: 12,
    labelFontFamily: "Inter Variable",
  };
  const grid = { grid: true, gridStroke: p.hairline, gridStrokeOpacity: 1, gridLineDash: [0, 0], gridLineWidth: 1 };
  return {
    data: dataOf(kind, series),
    xField: "day",
    yField: "value",
    colorField: "label",
    // Columns stand side by side by label; a line is a part.
    seriesField: kind === "column" ? "label" : "part",
    height,
    autoFit: true,
    animate: false,
    legend: false,
    connectNulls: false,
    theme: { type: mode === "dark" ? "classicDark" : "classic", view: { viewFill: "transparent" } },
    scale: {
      color: {
        domain: series.map(({ label }) => label),
        range: series.map(({ colour }, index) => colours[(colour ?? index) % colours.length]),
      },
      y: { nice: true, zero: true },
    },
    axis: {
      x: {
        ...axis,
        title: false,
        tick: false,
        line: true,
        lineStroke: p.hairline,
        lineStrokeOpacity: 1,
        labelFormatter: (day: string) => formatDay(day, { locale, year: false }),
        labelAutoHide: { type: "hide", keepHeader: true, keepTail: true },
        labelAutoRotate: false,
        size: 28,
      },
      y: { ...axis, ...grid, title: false, tick: false, labelFormatter: (value: number) => format(value) },
    },
    style: markStyle(kind),
    ...(kind === "column" ? { group: true } : {}),
    tooltip: {
      title: (datum: Datum) => formatDay(datum.day, { locale, weekday: true }),
      items: [
        (datum: Datum) => ({
          name: datum.light ? `${datum.label} (settling)` : datum.label,
          value: datum.value === null ? "no data" : format(datum.value),
        }),
      ],
    },
  };
}
