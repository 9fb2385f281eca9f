// Why a number moved: one sentence, then its factors and its parts, each list closing on the whole change.
import { Select } from "antd";
import type { ReactNode } from "react";
import type { MetricInfo } from "#server/insights/contract";
import type { Explanation } from "#server/insights/history-contract";
import type { MetricValue } from "#server/insights/metrics";
import { Link, useUrlParam } from "~/providers/router";
import { useRangeWords } from "~/ui/date-range-picker";
import { deltaOf, formatPercent } from "~/ui/format";
import { Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { useView } from "~/ui/view";
import { metricNumber, roundText } from "./metric-value";

interface ExplanationProps {
  explanation: Explanation | null;
  metrics: MetricInfo[];
  /** What the parts are: "campaigns", "ad groups". */
  parts: string;
  /** Leads to a part; null where parts have no page. */
  partPath: ((id: string) => string) | null;
  /** The currency it is explained in, where the numbers around it are converted. */
  native?: string | null;
}

const offered = ["sales", "roas", "spend", "purchases", "cpp", "clicks", "detailPageViews"];

export function ExplanationSection({ explanation, metrics, parts, partPath, native = null }: ExplanationProps) {
  const [asked, setAsked] = useUrlParam("why");
  const chosen = explanation?.metric ?? asked ?? offered[0];
  const choice = (
    <Select
      aria-label="Number that is explained"
      value={chosen}
      onChange={(id: string) => setAsked(id)}
      options={metrics.filter(({ id }) => offered.includes(id)).map(({ id, label }) => ({ value: id, label }))}
      popupMatchSelectWidth={200}
    />
  );
  const metric = metrics.find(({ id }) => id === explanation?.metric);
  return (
    <Section title="What changed, and why" side={choice}>
      {native ? <p className="tm-muted">In {native}, as paid.</p> : null}
      {explanation && metric && explanation.before !== null && explanation.after !== null ? (
        <Explained {...{ explanation, metric, parts, partPath }} />
      ) : (
        <EmptyState title="Nothing to explain yet">
          There must be numbers in these days and in those they are compared with.
        </EmptyState>
      )}
    </Section>
  );
}

type ExplainedProps = Omit<ExplanationProps, "metrics" | "native"> & { explanation: Explanation; metric: MetricInfo };

function Explained({ explanation, metric, parts, partPath }: ExplainedProps) {
  const { currency, factors, otherParts, rest, before, after } = explanation;
  const shown = { metric, currency, whole: changeOf(metric, explanation) };
  return (
    <>
      <Sentence {...{ explanation, metric }} />
      <div className="tm-explanation">
        {factors ? (
          <Contributions
            {...shown}
            title="By its factors"
            rows={factors.map(({ label, contribution, ...side }) => ({
              key: label,
              label,
              note: <RatioChange {...side} />,
              contribution,
            }))}
          />
        ) : null}
        <Contributions
          {...shown}
          title={`By ${parts}`}
          rows={[
            ...explanation.parts.map(({ id, name, contribution, inner, mix }) => ({
              key: id,
              label: partPath ? <Link to={partPath(id)}>{name}</Link> : name,
              note: inner === null ? null : <InnerAndMix {...{ inner, mix, metric, currency }} />,
              contribution,
            })),
            ...(otherParts > 0 ? [{ key: "rest", label: `${otherParts} more`, note: null, contribution: rest }] : []),
          ]}
        />
      </div>
      {before === after ? <p className="tm-muted">The number itself did not change.</p> : null}
    </>
  );
}

const changeOf = (metric: MetricInfo, { before, after }: Explanation): number =>
  (metricNumber(metric, after) ?? 0) - (metricNumber(metric, before) ?? 0);

/** "Sales rose 16.9% to €147,129. Most of it: spend +€20,000; against it: …" */
function Sentence({ explanation, metric }: Pick<ExplainedProps, "explanation" | "metric">) {
  const { locale } = useView();
  const words = useRangeWords();
  const { before, after, currency, factors, parts, previous } = explanation;
  const delta = deltaOf(metricNumber(metric, after), metricNumber(metric, before));
  const text = (value: MetricValue) => roundText({ metric, value, currency }, locale);
  const change = delta?.ratio == null ? "" : ` ${formatPercent(Math.abs(delta.ratio), { locale, decimals: 1 })}`;
  const verb = delta?.direction === "up" ? "rose" : delta?.direction === "down" ? "fell" : "stayed";
  const drivers = factors ?? parts.map(({ name, contribution }) => ({ label: name, contribution }));
  const whole = changeOf(metric, explanation);
  const sign = (contribution: MetricValue) => Math.sign(metricNumber(metric, contribution) ?? 0);
  const bySize = [...drivers].sort((a, b) => Math.abs(Number(b.contribution)) - Math.abs(Number(a.contribution)));
  const along = bySize.filter(({ contribution }) => sign(contribution) === Math.sign(whole)).slice(0, 2);
  const against = bySize.find(({ contribution }) => sign(contribution) === -Math.sign(whole));
  return (
    <p className="tm-explanation-words">
      <strong>
        {metric.label} {verb}
        {verb === "stayed" ? " at" : `${change} to`} {text(after)}
      </strong>{" "}
      from {text(before)} in {words(previous)}.{" "}
      {along.length > 0
        ? `Most of it: ${along.map((one) => `${one.label} ${signed(text, one.contribution)}`).join(", ")}. `
        : null}
      {against ? `Against it: ${against.label} ${signed(text, against.contribution)}.` : null}
    </p>
  );
}

const signed = (text: (value: MetricValue) => string, value: MetricValue): string => {
  const number = Number(value);
  const size = typeof value === "string" ? value.replace("-", "") : Math.abs(number);
  return `${number < 0 ? "−" : "+"}${text(size)}`;
};

function RatioChange({ before, after }: { before: number; after: number }) {
  const { locale } = useView();
  const ratio = before === 0 ? null : after / before - 1;
  return <>{ratio === null ? "" : formatPercent(ratio, { locale, decimals: 1, signed: true })}</>;
}

interface InnerProps {
  inner: MetricValue;
  mix: MetricValue;
  metric: MetricInfo;
  currency: string;
}

function InnerAndMix({ inner, mix, metric, currency }: InnerProps) {
  const { locale } = useView();
  const text = (value: MetricValue) => roundText({ metric, value, currency }, locale);
  return (
    <>
      itself {signed(text, inner)}, weight {signed(text, mix)}
    </>
  );
}

interface ContributionsProps {
  title: string;
  metric: MetricInfo;
  currency: string;
  /** The whole change, in the chart's unit. */
  whole: number;
  rows: { key: string; label: ReactNode; note: ReactNode; contribution: MetricValue }[];
}

function Contributions({ title, metric, currency, whole, rows }: ContributionsProps) {
  const { locale } = useView();
  const text = (value: MetricValue) => roundText({ metric, value, currency }, locale);
  const sizes = rows.map(({ contribution }) => Math.abs(metricNumber(metric, contribution) ?? 0));
  const largest = Math.max(...sizes, Number.MIN_VALUE);
  const total = metric.unit === "money" ? BigInt(Math.round(whole * 1e6)).toString() : whole;
  return (
    <table className="tm-contributions">
      <caption>{title}</caption>
      <tbody>
        {rows.map(({ key, label, note, contribution }, index) => (
          <tr key={key}>
            <th scope="row">
              {label}
              {note ? <span className="tm-cell-note">{note}</span> : null}
            </th>
            <td>
              <span
                className="tm-part-bar"
                data-sign={Number(contribution) < 0 ? "less" : "more"}
                style={{ "--tm-share": (sizes[index] ?? 0) / largest } as React.CSSProperties}
                aria-hidden="true"
              />
            </td>
            <td className="tm-number">{signed(text, contribution)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">The whole change</th>
          <td />
          <td className="tm-number">{signed(text, total)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
