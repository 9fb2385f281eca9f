// A heat map that can be read: each cell holds its number, and its ground says how large that is.
import { ScrollRegion } from "~/ui/scroll-region";
import { type Answer, headerOf, inOrder, numberOf, placeOf } from "./answer";
import { AnswerValue } from "./answer-table";
import { shortNames } from "./paths";

/** Part of the accent in the ground of the largest cell: text on it stays readable in both modes. */
const strongest = 50;

interface HeatProps {
  answer: Answer;
  x: string;
  y: string;
  value: string;
}

export function AnswerHeat({ answer, x, y, value }: HeatProps) {
  const [across, down] = [placeOf(answer, x), placeOf(answer, y)];
  const at = placeOf(answer, value);
  const column = answer.columns[at];
  const columns = inOrder(answer.rows.map((row) => String(row[across] ?? "")));
  const lines = inOrder(answer.rows.map((row) => String(row[down] ?? "")));
  const cells = new Map(answer.rows.map((row) => [`${row[across] ?? ""}\n${row[down] ?? ""}`, row[at]]));
  const most = Math.max(...answer.rows.map((row) => numberOf(row[at]) ?? 0));
  const groundOf = (share: number) => `color-mix(in srgb, var(--tm-accent) ${share * strongest}%, var(--tm-surface))`;
  const shortOf = shortNames([...new Set([...columns, ...lines])]);
  if (!column) return null;
  return (
    <ScrollRegion
      className="tm-heat"
      name={`${column.label} by ${answer.columns[across]?.label} and ${answer.columns[down]?.label}`}
    >
      <table>
        <caption>{headerOf(column, answer.currency)}</caption>
        <thead>
          <tr>
            <th scope="col">
              {answer.columns[down]?.label} <span aria-hidden="true">↓</span>
              <span className="tm-under">
                {answer.columns[across]?.label} <span aria-hidden="true">→</span>
              </span>
            </th>
            {columns.map((name) => (
              <th key={name} scope="col" className="tm-numeric" title={name}>
                {shortOf.get(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line}>
              <th scope="row" title={line}>
                {shortOf.get(line)}
              </th>
              {columns.map((name) => {
                const cell = cells.get(`${name}\n${line}`);
                const share = most > 0 ? (numberOf(cell) ?? 0) / most : 0;
                return (
                  <td key={name} className="tm-numeric" style={{ background: groundOf(share) }}>
                    <AnswerValue value={cell} column={column} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
