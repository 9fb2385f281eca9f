// From seeing an ad to buying for the first time: how many take each step, and what share of the step before.
import type { Freshness, MetricInfo, Reached, SettledByRule, Section as Sums } from "#server/insights/contract";
import type { ResolvedRange } from "~/ui/date-range";
import { useRangeWords } from "~/ui/date-range-picker";
import { formatPercent } from "~/ui/format";
import { Section } from "~/ui/page";
import { ScrollRegion } from "~/ui/scroll-region";
import { TideLine } from "~/ui/tide-line";
import { Count, Percent } from "~/ui/values";
import { useView } from "~/ui/view";
import { maturityOf } from "./kpi-section";

interface FunnelProps {
  section: Sums;
  reach: Reached;
  metrics: MetricInfo[];
  range: ResolvedRange;
  freshness: Freshness;
  settled: SettledByRule;
}

const stages: Record<string, string> = {
  impressions: "Awareness",
  clicks: "Consideration",
  detailPageViews: "Consideration",
  addToCart: "Consideration",
  purchases: "Purchase",
  newToBrandPurchases: "New to brand",
};

const whyNot: Record<NonNullable<Reached["why"]>, string> = {
  part: "not measured: Amazon counts people for a whole advertiser",
  advertisers: "not measured: people of several advertisers may be counted twice",
  days: "not measured for these days: Amazon counts people by calendar month",
  unreported: "Amazon has not reported it for this month",
};

interface Step {
  metric: MetricInfo;
  value: number | null;
  previous: number | null;
  rate: number | null;
  previousRate: number | null;
}

const share = (value: number | null, before: number | null | undefined): number | null =>
  value === null || !before ? null : value / before;

function stepsOf(section: Sums, metrics: MetricInfo[]): Step[] {
  const numbers = section.funnel.map(({ id, value, previous }) => ({
    metric: metrics.find((one) => one.id === id),
    value: value === null ? null : Number(value),
    previous: previous === null ? null : Number(previous),
  }));
  return numbers.flatMap(({ metric, value, previous }, index) => {
    const before = numbers[index - 1];
    const rates = { rate: share(value, before?.value), previousRate: share(previous, before?.previous) };
    return metric ? [{ metric, value, previous, ...rates }] : [];
  });
}

export function Funnel({ section, reach, metrics, range, freshness, settled }: FunnelProps) {
  const words = useRangeWords();
  const steps = stepsOf(section, metrics);
  const most = Math.max(...steps.map(({ value }) => value ?? 0), reach.value ?? 0);
  return (
    <Section title="From awareness to new customers">
      <ScrollRegion className="tm-funnel" name="Funnel">
        <table>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col" className="tm-funnel-bars">
                Volume, log scale
              </th>
              <th scope="col" className="tm-numeric">
                Number
              </th>
              <th scope="col" className="tm-numeric">
                Of the step before
              </th>
              {range.compared ? (
                <th scope="col" className="tm-numeric">
                  {words(range.previous)}
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            <tr>
              <Name stage="Awareness" label="Reach" />
              <Bar value={reach.value} most={most} />
              <td className="tm-numeric" colSpan={reach.value === null ? (range.compared ? 3 : 2) : 1}>
                {reach.value === null ? (
                  <span className="tm-muted">{whyNot[reach.why ?? "unreported"]}</span>
                ) : (
                  <Count value={reach.value} />
                )}
              </td>
              {reach.value === null ? null : <td colSpan={range.compared ? 2 : 1} />}
            </tr>
            {steps.map((step) => (
              <tr key={step.metric.id}>
                <Name stage={stages[step.metric.id] ?? ""} label={step.metric.label} />
                <Bar value={step.value} most={most} />
                <td className="tm-numeric">
                  <TideLine maturity={maturityOf(step.metric, settled, freshness)} edge="right">
                    <Count value={step.value} />
                  </TideLine>
                </td>
                <td className="tm-numeric">{step.rate === null ? null : <Percent ratio={step.rate} />}</td>
                {range.compared ? (
                  <td className="tm-numeric">
                    <Before step={step} />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="tm-muted">
        A step counts events within 14 days of an ad that was seen or clicked, so a page may be viewed more often than
        ads were clicked.
      </p>
    </Section>
  );
}

function Name({ stage, label }: { stage: string; label: string }) {
  return (
    <th scope="row">
      {label} <span className="tm-cell-note">{stage}</span>
    </th>
  );
}

function Bar({ value, most }: { value: number | null; most: number }) {
  const width = value && most > 0 ? (Math.log10(value + 1) / Math.log10(most + 1)) * 100 : 0;
  return (
    <td className="tm-funnel-bars" aria-hidden="true">
      <span className="tm-funnel-bar" style={{ width: `${width}%` }} />
    </td>
  );
}

/** The number then, and how the step's rate has moved since, in points. */
function Before({ step: { previous, rate, previousRate } }: { step: Step }) {
  const { locale } = useView();
  if (previous === null) return <span className="tm-muted">not all known</span>;
  const moved = rate !== null && previousRate !== null && previousRate > 0 ? rate / previousRate - 1 : null;
  return (
    <>
      <Count value={previous} />
      {moved === null ? null : (
        <span className="tm-cell-note">rate {formatPercent(moved, { locale, decimals: 1, signed: true })} since</span>
      )}
    </>
  );
}
