// What AMC's thresholds hid of an answer, where the answer is read.
import type { ResultColumn, Suppression } from "#server/amc/result-contract";
import { formatNumber, formatPercent } from "~/ui/format";
import { StatusTag } from "~/ui/status-tag";
import { Percent } from "~/ui/values";
import { useView } from "~/ui/view";
import { AnswerValue, HeaderWords } from "./answer-table";

interface LedgerProps {
  suppressed: Suppression;
  columns: ResultColumn[];
  currency: string | null;
}

export function SuppressionLedger({ suppressed, columns, currency }: LedgerProps) {
  const { known, hiddenRows, measures, dimensions, reasons, coarsen } = suppressed;
  const { locale } = useView();
  const labelOf = (name: string) => columns.find((column) => column.name === name)?.label ?? name;
  const count = (value: number) => formatNumber(value, { locale });
  if (!known) {
    return (
      <p className="tm-ledger">
        <StatusTag signal="attention">What is hidden is not known</StatusTag> AMC drops rows of too few users without a
        word, and this run did not ask which.
      </p>
    );
  }
  if (hiddenRows === 0) {
    return (
      <p className="tm-ledger">
        <StatusTag signal="ok">Nothing is hidden</StatusTag> Every row passed AMC's thresholds.
      </p>
    );
  }
  const worst = measures.find(({ share }) => share !== null);
  return (
    <section className="tm-ledger" aria-label="What is hidden">
      <p>
        <StatusTag signal="attention">
          {worst
            ? `${formatPercent(worst.share, { locale, decimals: 1 })} of ${labelOf(worst.column).toLowerCase()} hidden`
            : "Rows are hidden"}
        </StatusTag>{" "}
        AMC's thresholds took values away in {count(hiddenRows)} {hiddenRows === 1 ? "row" : "rows"}. Sums of what is
        shown are that much too low.
      </p>
      {measures.length > 0 ? (
        <div className="tm-answer-table">
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
                      <Percent ratio={share} decimals={1} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      ) : null}
      <ul className="tm-ledger-why">
        {dimensions.map(({ column, rows }) => (
          <li key={column}>
            {labelOf(column)} was taken away in {count(rows)} {rows === 1 ? "row" : "rows"}.
          </li>
        ))}
        {reasons.map(({ text, rows }) => (
          <li key={text}>
            Amazon says “{text}” of {count(rows)} {rows === 1 ? "row" : "rows"}.
          </li>
        ))}
        {coarsen.length > 0 ? <li>Everything would be shown without {coarsen.map(labelOf).join(" and ")}.</li> : null}
      </ul>
    </section>
  );
}
