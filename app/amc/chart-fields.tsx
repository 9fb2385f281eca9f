// How the answer of a question of one's own is drawn.
import { Form, Select } from "antd";
import type { AmcChart, OutputColumn } from "#server/amc/template-contract";
import { isMeasure } from "./answer";

/** A chart as a form holds it: `of` names the rows, `by` a second dimension. */
export interface ChartForm {
  chartKind: AmcChart["kind"];
  chartOf?: string;
  chartBy?: string;
  chartValues?: string[];
}

const kinds: { value: AmcChart["kind"]; label: string }[] = [
  { value: "table", label: "A table only" },
  { value: "bars", label: "Bars" },
  { value: "curve", label: "A curve" },
  { value: "heatmap", label: "A heat map" },
  { value: "sankey", label: "Paths, their steps joined by “ > ”" },
  { value: "overlap", label: "Overlap, its groups joined by “ + ”" },
];

export function formOfChart(chart: AmcChart): ChartForm {
  const { kind: chartKind } = chart;
  switch (chart.kind) {
    case "table":
      return { chartKind };
    case "sankey":
      return { chartKind, chartOf: chart.path, chartValues: [chart.value] };
    case "overlap":
      return { chartKind, chartOf: chart.sets, chartValues: [chart.value] };
    case "heatmap":
      return { chartKind, chartOf: chart.x, chartBy: chart.y, chartValues: [chart.value] };
    case "bars":
    case "curve":
      return { chartKind, chartOf: chart.x, chartValues: chart.y };
    default:
      return chart satisfies never;
  }
}

/** A table, where the form does not say enough. */
export function chartOf({ chartKind, chartOf: of, chartBy: by, chartValues: values = [] }: ChartForm): AmcChart {
  const [value] = values;
  if (!of || !value) return { kind: "table" };
  switch (chartKind) {
    case "table":
      return { kind: "table" };
    case "sankey":
      return { kind: "sankey", path: of, value };
    case "overlap":
      return { kind: "overlap", sets: of, value };
    case "heatmap":
      return by ? { kind: "heatmap", x: of, y: by, value } : { kind: "table" };
    case "bars":
    case "curve":
      return { kind: chartKind, x: of, y: values };
    default:
      return chartKind satisfies never;
  }
}

export function ChartFields({ columns }: { columns: readonly OutputColumn[] }) {
  const kind = Form.useWatch("chartKind") as AmcChart["kind"] | undefined;
  const options = (wanted: (column: OutputColumn) => boolean) =>
    columns.filter(wanted).map(({ name, label }) => ({ value: name, label }));
  const required = [{ required: true, message: "Choose a column." }];
  return (
    <>
      <Form.Item name="chartKind" label="Drawn as">
        <Select options={kinds} />
      </Form.Item>
      {kind && kind !== "table" ? (
        <>
          <Form.Item name="chartOf" label={kind === "curve" ? "Along" : "Of"} rules={required}>
            <Select options={options(() => true)} />
          </Form.Item>
          {kind === "heatmap" ? (
            <Form.Item name="chartBy" label="By" rules={required}>
              <Select options={options(() => true)} />
            </Form.Item>
          ) : null}
          <Form.Item name="chartValues" label="Shows" rules={required}>
            <Select mode="multiple" options={options(isMeasure)} />
          </Form.Item>
        </>
      ) : null}
    </>
  );
}
