// Bars and overlaps: a row of the answer is a line, with a bar for each measure from zero. Complete without any chart code.
import { ScrollRegion } from "~/ui/scroll-region";
import { type Answer, isMeasure, numberOf, placeOf } from "./answer";
import { AnswerValue, HeaderWords } from "./answer-table";

const mostLines = 30;
const between = " + ";

interface BarsProps {
  answer: Answer;
  /** The column that names a line. */
  of: string;
  measures: readonly string[];
  /** Whether a line names several sets, which then stand as dots before it. */
  sets?: boolean;
}

export function AnswerBars({ answer, of, measures, sets = false }: BarsProps) {
  const nameAt = placeOf(answer, of);
  const shown = answer.columns.filter(({ name }) => measures.includes(name));
  const others = sets ? [] : answer.columns.filter((column) => column.name !== of && !isMeasure(column));
  const lines = inOrder(answer.rows.slice(0, mostLines), nameAt);
  const setNames = sets ? namesOfSets(lines.map((row) => String(row[nameAt] ?? ""))) : [];
  const name = answer.columns[nameAt];
  return (
    <ScrollRegion className="tm-bars" name={`Bars of ${shown.map(({ label }) => label).join(", ")}`}>
      <table>
        <thead>
          <tr>
            {setNames.map((set) => (
              <th key={set} scope="col" className="tm-set">
                {set}
              </th>
            ))}
            <th scope="col">{name?.label}</th>
            {shown.map((column) => (
              <th key={column.name} scope="col">
                <HeaderWords column={column} currency={answer.currency} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of an answer have no key, and never change places
            <tr key={place}>
              {setNames.map((set) => (
                <td key={set} className="tm-set">
                  <Dot on={isIn(set, String(row[nameAt] ?? ""))} />
                </td>
              ))}
              <th scope="row">
                {name ? <AnswerValue value={row[nameAt]} column={name} /> : null}
                {others.map((column) => (
                  <span key={column.name} className="tm-under">
                    <AnswerValue value={row[placeOf(answer, column.name)]} column={column} />
                  </span>
                ))}
              </th>
              {shown.map((column) => {
                const at = placeOf(answer, column.name);
                const most = Math.max(...lines.map((line) => numberOf(line[at]) ?? 0));
                return (
                  <td key={column.name}>
                    <Bar share={most > 0 ? (numberOf(row[at]) ?? 0) / most : 0} />
                    <AnswerValue value={row[at]} column={column} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {answer.rows.length > lines.length ? (
        <p className="tm-muted">The first {mostLines} rows; the table has all of them.</p>
      ) : null}
    </ScrollRegion>
  );
}

/** Hours and buckets stand in their order, whatever they count; other lines as the answer has them, the largest first. */
const inOrder = (rows: Answer["rows"], at: number): Answer["rows"] =>
  rows.every((row) => numberOf(row[at]) !== null)
    ? [...rows].sort((a, b) => Number(numberOf(a[at])) - Number(numberOf(b[at])))
    : rows;

const Bar = ({ share }: { share: number }) => (
  <span className="tm-bars-bar" aria-hidden="true">
    <span style={{ width: `${Math.max(0, share) * 100}%` }} />
  </span>
);

const Dot = ({ on }: { on: boolean }) => (
  <>
    <span className="tm-set-dot" data-on={on} aria-hidden="true" />
    <span className="tm-unseen">{on ? "yes" : "no"}</span>
  </>
);

const setsOf = (line: string): string[] => line.split(between).map((name) => name.trim());
const isIn = (set: string, line: string): boolean => setsOf(line).includes(set);
const namesOfSets = (lines: readonly string[]): string[] => [...new Set(lines.flatMap(setsOf))];
