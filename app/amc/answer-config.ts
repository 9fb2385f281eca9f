// What @ant-design/charts is told of flows and curves.
import { type Mode, palettes, series as seriesColours } from "~/palette";
import { axisLook } from "~/ui/chart-config";
import type { Flow } from "./paths";
import { columnsOf, nameOfNode, shortNames } from "./paths";

interface Look {
  mode: Mode;
  height: number;
  format(value: number): string;
}

const themeOf = (mode: Mode) => ({
  type: mode === "dark" ? "classicDark" : "classic",
  view: { viewFill: "transparent" },
});

const lineOfText = 16;

export function flowConfig(
  flows: Flow[],
  { mode, height, format, end }: Look & { end: string },
): Record<string, unknown> {
  const p = palettes[mode];
  const colours = seriesColours[mode];
  // The names in the order of their weight: the same campaign has the same colour at each step.
  const names = [...new Set(flows.flatMap(({ source, target }) => [nameOfNode(source), nameOfNode(target)]))];
  const short = shortNames(
    names.filter((name) => name !== end),
    columnsOf(flows),
  ).set(end, end);
  const colourOf = (node: string) => colours[names.indexOf(nameOfNode(node)) % colours.length];
  return {
    data: flows,
    height,
    autoFit: true,
    animate: false,
    theme: themeOf(mode),
    // A line of text from node to node at least: the names of thin ones do not meet.
    layout: { nodeAlign: "left", nodePadding: lineOfText / height, nodeWidth: 0.012 },
    legend: false,
    style: {
      labelText: ({ key }: { key: string }) => short.get(nameOfNode(key)) ?? nameOfNode(key),
      labelFill: p.text,
      labelFillOpacity: 1,
      labelFontSize: 12,
      labelFontFamily: "Inter Variable",
      labelSpacing: 6,
      nodeStroke: "transparent",
      nodeFill: ({ key }: { key: string }) => colourOf(key),
      linkFill: ({ source }: { source: { key: string } }) => colourOf(source.key),
      linkFillOpacity: mode === "dark" ? 0.35 : 0.25,
    },
    tooltip: {
      nodeTitle: ({ key }: { key: string }) => nameOfNode(key),
      nodeItems: [({ value }: { value: number }) => ({ name: "through here", value: format(value) })],
      linkTitle: "",
      linkItems: [
        ({ source, target, value }: { source: { key: string }; target: { key: string }; value: number }) => ({
          name: `${nameOfNode(source.key)} to ${nameOfNode(target.key)}`,
          value: format(value),
        }),
      ],
    },
  };
}

/** A moment of a day, in milliseconds, as that day. */
type DayWords = (moment: number) => string;

export interface CurvePoint {
  /** Of days: the moment they begin at, in milliseconds. */
  x: number;
  y: number;
  label: string;
}

export function curveConfig(
  points: CurvePoint[],
  { mode, height, format, xLabel, whole, day }: Look & { xLabel: string; whole: boolean; day: DayWords | null },
): Record<string, unknown> {
  const p = palettes[mode];
  const { axis, grid, line } = axisLook(mode);
  const labels = [...new Set(points.map(({ label }) => label))];
  return {
    data: points,
    xField: "x",
    yField: "y",
    colorField: "label",
    height,
    autoFit: true,
    animate: false,
    legend: false,
    theme: themeOf(mode),
    scale: {
      color: { domain: labels, range: labels.map((_, index) => seriesColours[mode][index % 8]) },
      x: { type: day ? "time" : "linear", nice: false },
      y: { nice: true, zero: true },
    },
    axis: {
      x: {
        ...axis,
        ...line,
        title: xLabel,
        titleFill: p.muted,
        titleFontSize: 12,
        titleFillOpacity: 1,
        tick: false,
        grid: false,
        ...(day ? { labelFormatter: (value: Date | number) => day(Number(value)) } : {}),
      },
      y: {
        ...axis,
        ...grid,
        title: false,
        tick: false,
        labelFormatter: (value: number) => (whole && !Number.isInteger(value) ? "" : format(value)),
      },
    },
    style: { lineWidth: 2 },
    point: { size: 3 },
    tooltip: {
      title: ({ x }: CurvePoint) => (day ? day(x) : `${xLabel} ${x}`),
      items: [({ label, y }: CurvePoint) => ({ name: label, value: format(y) })],
    },
  };
}
