// An answer as the chart that its question names, with the same rows as a table.
import { type ReactNode, useMemo } from "react";
import type { AmcChart } from "#server/amc/template-contract";
import { series as seriesColours } from "~/palette";
import { ChartFigure } from "~/ui/chart-figure";
import { formatDay } from "~/ui/format";
import { Drawing, lazyDrawing } from "~/ui/lazy-drawing";
import { useView } from "~/ui/view";
import { type Answer, headerOf, numberOf, placeOf, wordsOf } from "./answer";
import { AnswerBars } from "./answer-bars";
import { curveConfig, flowConfig } from "./answer-config";
import { AnswerHeat } from "./answer-heat";
import { AnswerTable, answerCsv } from "./answer-table";
import { flowsOf } from "./paths";

const height = 360;
const Sankey = lazyDrawing("Sankey");
const Line = lazyDrawing("Line");

interface AnswerFigureProps {
  answer: Answer;
  /** The question, as the chart's title. */
  title: ReactNode;
  name: string;
}

export function AnswerFigure({ answer, title, name }: AnswerFigureProps) {
  const { chart } = answer;
  if (chart.kind === "table") return <AnswerTable answer={answer} name={name} />;
  if (chart.kind === "curve") return <Curves {...{ answer, title, name, chart }} />;
  return (
    <ChartFigure
      title={title}
      name={name}
      twin={<AnswerTable answer={answer} name={name} />}
      csv={() => answerCsv(answer)}
      drawing={{
        kind: chart.kind === "sankey" ? "canvas" : "text",
        node: <Drawn answer={answer} chart={chart} />,
      }}
    />
  );
}

function Drawn({ answer, chart }: { answer: Answer; chart: Exclude<AmcChart, { kind: "table" | "curve" }> }) {
  switch (chart.kind) {
    case "sankey":
      return <Flows answer={answer} chart={chart} />;
    case "bars":
      return <AnswerBars answer={answer} of={chart.x} measures={chart.y} />;
    case "overlap":
      return <AnswerBars answer={answer} of={chart.sets} measures={[chart.value]} sets />;
    case "heatmap":
      return <AnswerHeat answer={answer} x={chart.x} y={chart.y} value={chart.value} />;
    default:
      return chart satisfies never;
  }
}

/** A format for the numbers of a column. */
function useFormat(answer: Answer, name: string): { label: string; whole: boolean; format(value: number): string } {
  const { locale } = useView();
  const column = answer.columns[placeOf(answer, name)];
  return {
    label: column ? headerOf(column, answer.currency) : name,
    whole: column?.unit === "users" || column?.unit === "count",
    format: (value) => (column && wordsOf(value, column, locale)) ?? String(value),
  };
}

function Flows({ answer, chart }: { answer: Answer; chart: Extract<AmcChart, { kind: "sankey" }> }) {
  const { mode } = useView();
  const { label, format } = useFormat(answer, chart.value);
  const flows = useMemo(() => flowsOf(answer, { ...chart, end: label }), [answer, chart, label]);
  if (flows.length === 0) return <p className="tm-muted">No path with {label.toLowerCase()} passed the thresholds.</p>;
  return (
    <div style={{ height }}>
      <Drawing of={Sankey} config={flowConfig(flows, { mode, height, format, end: label })} />
    </div>
  );
}

type CurveChart = Extract<AmcChart, { kind: "curve" }>;

/** One chart a measure: measures of other units must not share an axis. */
const Curves = ({ chart, ...props }: AnswerFigureProps & { chart: CurveChart }) => (
  <div className="tm-curves">
    {chart.y.map((y, index) => (
      <Curve key={y} {...props} x={chart.x} y={y} first={index === 0} />
    ))}
  </div>
);

interface CurveProps extends AnswerFigureProps {
  x: string;
  y: string;
  first: boolean;
}

function Curve({ answer, title, name, x, y, first }: CurveProps) {
  const { mode, locale } = useView();
  const { label, whole, format } = useFormat(answer, y);
  const { label: xLabel } = useFormat(answer, x);
  const points = useMemo(() => pointsOf(answer, { x, y, label }), [answer, x, y, label]);
  const isOfDays = answer.columns[placeOf(answer, x)]?.unit === "date";
  const day = isOfDays ? (at: number) => formatDay(new Date(at).toISOString().slice(0, 10), { locale }) : null;
  const config = curveConfig(points, { mode, height: height - 100, format, xLabel, whole, day });
  return (
    <ChartFigure
      title={first ? title : label}
      name={`${name}: ${label}`}
      legend={<CurveLegend label={label} colour={seriesColours[mode][0]} />}
      height={height - 100}
      twin={<AnswerTable answer={answer} name={name} />}
      csv={() => answerCsv(answer)}
      drawing={{ kind: "canvas", node: <Drawing of={Line} config={config} /> }}
    />
  );
}

const CurveLegend = ({ label, colour }: { label: string; colour: string | undefined }) => (
  <ul className="tm-legend">
    <li>
      <svg width="18" height="8" aria-hidden="true">
        <line x1="0" x2="18" y1="4" y2="4" stroke={colour} strokeWidth="2" />
      </svg>
      {label}
    </li>
  </ul>
);

/** Days by the moment they begin at. */
function acrossOf(answer: Answer, x: string, row: Answer["rows"][number]): number | null {
  const at = placeOf(answer, x);
  return answer.columns[at]?.unit === "date" ? numberOf(Date.parse(String(row[at]))) : numberOf(row[at]);
}

const pointsOf = (answer: Answer, { x, y, label }: { x: string; y: string; label: string }) =>
  answer.rows
    .flatMap((row) => {
      const [across, up] = [acrossOf(answer, x, row), numberOf(row[placeOf(answer, y)])];
      return across === null || up === null ? [] : [{ x: across, y: up, label }];
    })
    .sort((a, b) => a.x - b.x);
