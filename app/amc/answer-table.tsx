import { csvOf } from "~/ui/chart-files";
import { NO_VALUE_WORDS } from "~/ui/format";
import { ScrollRegion } from "~/ui/scroll-region";
import { useView } from "~/ui/view";
import { type Answer, changeWords, headerOf, isMeasure, unitOf, wordsOf } from "./answer";

type Column = Answer["columns"][number];

/** A value in tabular figures; a dash where there is none. */
export function AnswerValue({ value, column }: { value: Answer["rows"][number][number] | undefined; column: Column }) {
  const { locale } = useView();
  return <Words words={wordsOf(value, column, locale)} column={column} />;
}

export function AnswerChange({ change, column }: { change: number | null | undefined; column: Column }) {
  const { locale } = useView();
  return <Words words={changeWords(change, column, locale)} column={column} />;
}

const Words = ({ words, column }: { words: string | null; column: Column }) =>
  words === null ? (
    <>
      <span aria-hidden="true">–</span>
      <span className="tm-unseen">{NO_VALUE_WORDS}</span>
    </>
  ) : (
    <span className={isMeasure(column) ? "tm-figure" : undefined}>{words}</span>
  );

/** The rows as they are, for a chart's other side and for previews. */
export function AnswerTable({ answer, name }: { answer: Answer; name: string }) {
  const { columns, rows, currency } = answer;
  return (
    <ScrollRegion name={`${name}, as a table`} className="tm-answer-table">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={isMeasure(column) ? "tm-numeric" : undefined}>
                <HeaderWords column={column} currency={currency} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no key of their own and never change places
            <tr key={index}>
              {columns.map((column, at) => (
                <td key={column.name} className={isMeasure(column) ? "tm-numeric" : undefined}>
                  <AnswerValue value={row[at]} column={column} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

export function HeaderWords({ column, currency }: { column: Column; currency: string | null }) {
  const unit = unitOf(column, currency);
  return (
    <>
      {column.label}
      {unit ? <span className="tm-unit">, {unit}</span> : null}
    </>
  );
}

/** Raw values under the columns' labels. */
export const answerCsv = ({ columns, rows, currency }: Answer): Blob =>
  csvOf(
    columns.map((column) => headerOf(column, currency)),
    rows.map((row) => columns.map((_, at) => String(row[at] ?? ""))),
  );
