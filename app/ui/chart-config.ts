import { type Mode, palettes, series as seriesColours } from "~/palette";
import { hatchOf } from "./chart-hatch";
import { formatDay } from "./format";

export interface Point {
  day: string;
  value: number | null;
  settled?: boolean;
  /** The day is not over where its numbers are made. */
  partial?: boolean;
}

export interface ChartSeries {
  key: string;
  label: string;
  /** Place in the palette; default its place in the list. A brand or channel keeps its own on every page. */
  colour?: number;
  /** The compared range. */
  dashed?: boolean;
  /** Every day of the range; a day without data has null and shows as a gap. */
  points: Point[];
}

interface ChartInput {
  kind: "line" | "area" | "column";
  series: ChartSeries[];
  format(value: number): string;
  /** Shorter, for the axis. */
  formatAxis?: ((value: number) => string) | undefined;
  mode: Mode;
  locale: string;
  height: number;
  /** Marks of days stand under it: the plot begins and ends where they do. */
  marked?: boolean;
}

/** Pixels beside the plot of a marked chart, its axis included. */
export const plotLeft = 88;
export const plotRight = 24;

type Stage = "settled" | "unsettled" | "partial";

export interface Datum {
  day: string;
  value: number | null;
  label: string;
  /** Lines of one part have one style. */
  part: string;
  dashed: boolean;
  /** How it is drawn; at a joint that of the part it begins. */
  stage: Stage;
  /** What is said of the day itself. */
  words: string;
}

const stageOf = ({ settled, partial }: Point): Stage =>
  partial ? "partial" : settled === false ? "unsettled" : "settled";

const stageWords: Record<Stage, string> = { settled: "", unsettled: " (settling)", partial: " (partial day)" };

/** Points in the order drawn. Days of another stage are a part of their own, which begins at the last day before. */
export function dataOf(kind: ChartInput["kind"], series: ChartSeries[]): Datum[] {
  return series.flatMap(({ key, label, dashed = false, points }) => {
    const toDatum = (point: Point, stage: Stage): Datum => ({
      day: point.day,
      value: point.value,
      label,
      part: `${key} ${stage}`,
      dashed,
      stage,
      words: stageWords[stageOf(point)],
    });
    return points.flatMap((point, index) => {
      const stage = stageOf(point);
      const before = points[index - 1];
      const joins = kind !== "column" && before !== undefined && stageOf(before) !== stage;
      return joins ? [toDatum(before, stage), toDatum(point, stage)] : [toDatum(point, stage)];
    });
  });
}

const LIGHT = 0.45;
const dashes = { solid: [0, 0], dashed: [5, 4], dotted: [2, 3] };

const dashOf = (datum: Datum | undefined): number[] => {
  if (datum?.stage === "partial") return dashes.dotted;
  return datum?.dashed ? dashes.dashed : dashes.solid;
};

const markStyle = (kind: ChartInput["kind"]) => {
  const firstOf = (items: Datum | Datum[]) => (Array.isArray(items) ? items[0] : items);
  const line = { lineWidth: 2, lineDash: (items: Datum | Datum[]) => dashOf(firstOf(items)) };
  return {
    ...(kind === "column" ? { lineWidth: 0, maxWidth: 24 } : line),
    opacity: (items: Datum | Datum[]) => {
      const first = firstOf(items);
      return (first && first.stage !== "settled") || (kind === "column" && first?.dashed) ? LIGHT : 1;
    },
  };
};

/** The look of axes on every chart: their labels, the lines across the plot, the line along it. */
export function axisLook(mode: Mode) {
  const p = palettes[mode];
  return {
    axis: {
      labelFill: p.muted,
      labelFillOpacity: 1,
      labelOpacity: 1,
      labelFontSize: 12,
      labelFontFamily: "Inter Variable",
    },
    grid: { grid: true, gridStroke: p.hairline, gridStrokeOpacity: 1, gridLineDash: [0, 0], gridLineWidth: 1 },
    line: { line: true, lineStroke: p.hairline, lineStrokeOpacity: 1 },
  };
}

/** What @ant-design/charts is told. Axes, colours and gaps are the same on every page. */
export function chartConfig({
  kind,
  series,
  format,
  formatAxis,
  mode,
  locale,
  height,
  marked = false,
}: ChartInput): Record<string, unknown> {
  const p = palettes[mode];
  const colours = seriesColours[mode];
  const { axis, grid, line } = axisLook(mode);
  return {
    data: dataOf(kind, series),
    xField: "day",
    yField: "value",
    colorField: "label",
    // Columns stand side by side by label; a line is a part.
    seriesField: kind === "column" ? "label" : "part",
    height,
    autoFit: true,
    ...(marked
      ? { paddingLeft: plotLeft, paddingRight: plotRight, marginLeft: 0, marginRight: 0, insetLeft: 0, insetRight: 0 }
      : {}),
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
      // A day has the same width in a line chart as in one of columns.
      ...(marked && kind !== "column" ? { x: { type: "point", padding: 0.5 } } : {}),
    },
    axis: {
      x: {
        ...axis,
        ...line,
        title: false,
        tick: false,
        labelFormatter: (day: string) => formatDay(day, { locale, year: false }),
        labelAutoHide: { type: "hide", keepHeader: true, keepTail: true },
        labelAutoRotate: false,
        size: 28,
      },
      y: { ...axis, ...grid, title: false, tick: false, labelFormatter: formatAxis ?? format },
    },
    style: markStyle(kind),
    annotations: hatchOf(series, p.muted),
    ...(kind === "column" ? { group: true } : {}),
    tooltip: {
      title: (datum: Datum) => formatDay(datum.day, { locale, weekday: true }),
      items: [
        (datum: Datum) => ({
          name: `${datum.label}${datum.words}`,
          value: datum.value === null ? "no data" : format(datum.value),
        }),
      ],
    },
  };
}
