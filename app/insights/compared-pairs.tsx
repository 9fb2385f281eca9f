import type { CampaignComparison, ComparedPair, Verdict } from "#server/insights/compare-contract";
import type { MetricInfo } from "#server/insights/contract";
import { formatNumber } from "~/ui/format";
import { ScrollRegion } from "~/ui/scroll-region";
import { type Signal, StatusTag } from "~/ui/status-tag";
import { useView } from "~/ui/view";
import { metricText } from "./metric-value";

const verdicts: Record<Verdict, { signal: Signal; word: string }> = {
  differs: { signal: "info", word: "Differs" },
  open: { signal: "waiting", word: "Chance may explain it" },
  little: { signal: "off", word: "Not enough data" },
  currencies: { signal: "off", word: "Two currencies" },
};

interface ComparedPairsProps {
  comparison: CampaignComparison;
  metric: MetricInfo;
}

/** Each pair with its difference, the interval that holds it, and what may be said of it. */
export function ComparedPairs({ comparison, metric }: ComparedPairsProps) {
  const { pairs, campaigns } = comparison;
  if (pairs === null) {
    return (
      <p>
        {metric.label} is a sum: what happened, happened, and chance has no part in it. Choose a rate or a cost, such as
        CTR or ROAS, to see whether campaigns differ.
      </p>
    );
  }
  const isSettling = campaigns.some(({ settled }) => settled[metric.settle].share < 1);
  return (
    <>
      <ScrollRegion className="tm-funnel" name="Pairs of campaigns">
        <table>
          <thead>
            <tr>
              <th scope="col">Pair</th>
              <th scope="col">Verdict</th>
              {["Difference", "95% interval", "p, corrected", "Days"].map((title) => (
                <th key={title} scope="col" className="tm-numeric">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pairs.map((pair) => (
              <PairRow key={`${pair.a} ${pair.b}`} pair={pair} {...{ comparison, metric }} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="tm-muted">
        Method: the same whole days of both campaigns are paired, the ratio of their sums is linearised over the days,
        and the difference is tested with Student's t over the equal-weighted cosine variance, so that days may vary and
        depend on each other; several pairs are corrected by Bonferroni. At least 14 days, and 30 events or 10 days with
        an amount, are needed on each side. It tells of chance, not of cause.
        {isSettling ? " Amazon may still restate some of these days, which can change the verdict." : ""}
      </p>
    </>
  );
}

/** A difference of rates in percentage points: two decimals of a percent would hide it. */
function differenceText(
  { metric, value, currency }: { metric: MetricInfo; value: number; currency: string },
  locale: string,
) {
  if (metric.unit === "percent") return `${formatNumber(value * 100, { locale, decimals: 3 })} points`;
  if (metric.unit === "money") return metricText({ metric, value: String(Math.round(value)), currency }, locale);
  return formatNumber(value, { locale, decimals: 3 });
}

function PairRow({ pair, comparison, metric }: ComparedPairsProps & { pair: ComparedPair }) {
  const { locale } = useView();
  const { a, b, verdict, days, difference, low, high, p } = pair;
  const of = (id: string) => comparison.campaigns.find((one) => one.id === id);
  const nameOf = (id: string) => {
    const { name = "" } = of(id) ?? {};
    const isOnly = comparison.campaigns.filter((one) => one.name === name).length < 2;
    return isOnly ? name : `${name} (${id.split(":")[1]})`;
  };
  const currency = of(a)?.currency ?? "";
  const text = (value: number) => differenceText({ metric, value, currency }, locale);
  const { signal, word } = verdicts[verdict];
  return (
    <tr>
      <th scope="row">
        {nameOf(a)}
        <span className="tm-cell-note">against {nameOf(b)}</span>
      </th>
      <td>
        <StatusTag signal={signal}>{word}</StatusTag>
      </td>
      <td className="tm-numeric">
        {difference === null ? "" : `${text(Math.abs(difference))} ${difference < 0 ? "lower" : "higher"}`}
      </td>
      <td className="tm-numeric">{low === null || high === null ? "" : `${text(low)} to ${text(high)}`}</td>
      <td className="tm-numeric">
        {p === null ? "" : p < 0.001 ? "< 0.001" : formatNumber(p, { locale, decimals: 3 })}
      </td>
      <td className="tm-numeric">{days}</td>
    </tr>
  );
}
