import { expect, test } from "vitest";
import type { AmcChart } from "#server/amc/template-contract";
import { chartOf, formOfChart } from "./chart-fields";

const charts: AmcChart[] = [
  { kind: "table" },
  { kind: "sankey", path: "path", value: "buyers" },
  { kind: "bars", x: "campaign", y: ["users", "sales"] },
  { kind: "curve", x: "frequency", y: ["users"] },
  { kind: "heatmap", x: "hour", y: "day", value: "purchases" },
  { kind: "overlap", sets: "groups", value: "users" },
];

test("every chart comes back from the form as it went in", () => {
  for (const chart of charts) expect(chartOf(formOfChart(chart))).toEqual(chart);
});

test("a chart that lacks a column is a table", () => {
  expect(chartOf({ chartKind: "heatmap", chartOf: "hour", chartValues: ["users"] })).toEqual({ kind: "table" });
  expect(chartOf({ chartKind: "bars", chartOf: "campaign", chartValues: [] })).toEqual({ kind: "table" });
});
