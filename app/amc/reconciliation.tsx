// What an answer adds up to beside the DSP's reports, and why it may not be the same.

import type { ReactNode } from "react";
import type { Reconciliation as Reconciled, ReconciledMeasure } from "#server/amc/result-contract";
import type { OutputColumn } from "#server/amc/template-contract";
import { FreshnessLine } from "~/insights/freshness-line";
import { formatPercent } from "~/ui/format";
import { ScrollRegion } from "~/ui/scroll-region";
import { StatusTag } from "~/ui/status-tag";
import { useView } from "~/ui/view";
import { AnswerValue, HeaderWords } from "./answer-table";

export function Reconciliation({ reconciliation }: { reconciliation: Reconciled }) {
  const { measures, obstacles, reasons, reports } = reconciliation;
  return (
    <section className="tm-ledger" aria-label="Beside the DSP's reports">
      {measures.length > 0 ? (
        <>
          <p>
            <Outcome measures={measures} /> The same days and advertisers in the DSP's reports
            {reports ? `: ${reports.advertisers.join(", ")}${campaignWords(reports.campaigns)}` : ""}.
          </p>
          <Measures measures={measures} />
        </>
      ) : null}
      {reports ? (
        <p>
          <FreshnessLine freshness={reports.freshness} settled={reports.settled} />
        </p>
      ) : null}
      {obstacles.length > 0 ? (
        <Words title={measures.length > 0 ? "Not compared:" : <NotCompared />} words={obstacles} />
      ) : null}
      {reasons.length > 0 ? <Words title="What the rest may come from:" words={reasons} /> : null}
    </section>
  );
}

const NotCompared = () => <StatusTag signal="off">Not compared with the DSP's reports</StatusTag>;

const campaignWords = (campaigns: number | null): string => {
  if (campaigns === null) return "";
  return campaigns === 1 ? ", of the campaign chosen" : `, of the ${campaigns} campaigns chosen`;
};

function Words({ title, words }: { title: ReactNode; words: readonly string[] }) {
  return (
    <div>
      <p>{title}</p>
      <ul className="tm-ledger-why">
        {words.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  );
}

/** The share of a report that neither shows nor is known to be hidden. */
const shareOf = ({ rest, reported }: ReconciledMeasure): number =>
  rest === 0 ? 0 : reported === 0 ? 1 : Math.abs(rest / reported);

function Outcome({ measures }: { measures: readonly ReconciledMeasure[] }) {
  const { locale } = useView();
  const worst = measures.reduce((one, other) => (shareOf(other) > shareOf(one) ? other : one));
  if (shareOf(worst) === 0) {
    const words = measures.some(({ difference }) => difference !== 0)
      ? "Differs from the reports by what is hidden alone"
      : "Agrees with the reports";
    return <StatusTag signal="ok">{words}</StatusTag>;
  }
  return (
    <StatusTag signal="attention">
      {formatPercent(shareOf(worst), { locale, decimals: 1 })} of {worst.measure.toLowerCase()} is unexplained
    </StatusTag>
  );
}

const figures = [
  { key: "shown", label: "Shown here" },
  { key: "reported", label: "In the reports" },
  { key: "difference", label: "Difference" },
  { key: "hidden", label: "Hidden by thresholds" },
  { key: "rest", label: "Rest" },
] as const;

function Measures({ measures }: { measures: readonly ReconciledMeasure[] }) {
  return (
    <ScrollRegion name="The answer and the reports, as a table" className="tm-answer-table">
      <table>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            {figures.map(({ key, label }) => (
              <th key={key} scope="col" className="tm-numeric">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measures.map((one) => (
            <tr key={one.column}>
              <th scope="row">
                <HeaderWords column={columnOf(one)} currency={one.currency} />
              </th>
              {figures.map(({ key }) => (
                <td key={key} className="tm-numeric">
                  <AnswerValue value={one[key]} column={columnOf(one)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

const columnOf = ({ column, measure, currency }: ReconciledMeasure): OutputColumn => ({
  name: column,
  label: measure,
  unit: currency === null ? "count" : "money",
});
