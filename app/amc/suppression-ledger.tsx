// What AMC's thresholds hid of an answer, where the answer is read.
import type { ResultColumn, Suppression } from "#server/amc/result-contract";
import { ScrollRegion } from "~/ui/scroll-region";
import { StatusTag } from "~/ui/status-tag";
import { useView } from "~/ui/view";
import { AnswerValue, HeaderWords } from "./answer-table";
import { HiddenShare, hiddenOf, plural } from "./words";

interface LedgerProps {
  suppressed: Suppression;
  columns: ResultColumn[];
  currency: string | null;
}

export function SuppressionLedger({ suppressed, columns, currency }: LedgerProps) {
  const { known, hiddenRows, measures, dimensions, reasons, coarsen } = suppressed;
  const { locale } = useView();
  const labelOf = (name: string) => columns.find((column) => column.name === name)?.label ?? name;
  if (!known) {
    return (
      <p className="tm-ledger-line">
        <StatusTag signal="attention">What is hidden is not known</StatusTag> AMC drops rows of too few users without a
        word, and this run did not ask which.
      </p>
    );
  }
  if (hiddenRows === 0) {
    return (
      <p className="tm-ledger-line">
        <StatusTag signal="ok">Nothing is hidden</StatusTag> Every row passed AMC's thresholds.
      </p>
    );
  }
  return (
    <section className="tm-ledger" aria-label="What is hidden">
      <p>
        <StatusTag signal="attention">{hiddenOf(suppressed, columns, locale)}</StatusTag> AMC's thresholds took values
        away in {plural(hiddenRows, "row", locale)}. Sums of what is shown are that much too low.
      </p>
      {measures.length > 0 ? (
        <ScrollRegion name="What each measure shows and hides" className="tm-answer-table">
          <table>
            <thead>
              <tr>
                <th scope="col">Measure</th>
                {["Shown", "Hidden", "Share hidden"].map((word) => (
                  <th key={word} scope="col" className="tm-numeric">
                    {word}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {measures.map(({ column: name, shown, hidden, share }) => {
                const column = columns.find((one) => one.name === name) ?? {
                  name,
                  label: name,
                  unit: "count" as const,
                };
                return (
                  <tr key={name}>
                    <th scope="row">
                      <HeaderWords column={column} currency={currency} />
                    </th>
                    <td className="tm-numeric">
                      <AnswerValue value={shown} column={column} />
                    </td>
                    <td className="tm-numeric">
                      <AnswerValue value={hidden} column={column} />
                    </td>
                    <td className="tm-numeric">
                      <HiddenShare share={share} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ScrollRegion>
      ) : null}
      <ul className="tm-ledger-why">
        {dimensions.map(({ column, rows }) => (
          <li key={column}>
            {labelOf(column)} was taken away in {plural(rows, "row", locale)}.
          </li>
        ))}
        {reasons.map(({ text, rows }) => (
          <li key={text}>
            Amazon says “{text}” of {plural(rows, "row", locale)}.
          </li>
        ))}
        {coarsen.length > 0 ? <li>Everything would be shown without {coarsen.map(labelOf).join(" and ")}.</li> : null}
      </ul>
    </section>
  );
}
