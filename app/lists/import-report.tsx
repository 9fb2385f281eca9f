import { Button } from "antd";
import type { ImportAnswer, ImportMode, ImportRow } from "#server/api/lists/contract";
import { type Signal, StatusTag } from "~/ui/status-tag";
import { csvOf, download } from "./words";

interface ImportReportProps {
  answer: ImportAnswer;
  mode: ImportMode;
  name: string;
}

const SHOWN = 200;

const words: Record<ImportRow["outcome"], { signal: Signal; would: string; did: string }> = {
  create: { signal: "ok", would: "New", did: "Added" },
  update: { signal: "ok", would: "Change", did: "Changed" },
  unchanged: { signal: "off", would: "As it is", did: "As it is" },
  error: { signal: "problem", would: "Error", did: "Error" },
};

const order = ["error", "create", "update", "unchanged"];

/** What each row would do, or did: errors first, with column and remedy. */
export function ImportReport({ answer, mode, name }: ImportReportProps) {
  const { rows, written, errors } = answer;
  const sorted = [...rows].sort((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || a.line - b.line);
  const wordOf = (row: ImportRow) => (row.written ? words[row.outcome].did : words[row.outcome].would);
  const keep = () =>
    download(
      `${name}-import-report.csv`,
      csvOf([
        ["Line", "Record", "Outcome", "Column", "Reason", "Remedy"],
        ...rows.map((row) => [
          String(row.line),
          row.label,
          wordOf(row),
          row.column ?? "",
          row.reason ?? "",
          row.remedy ?? "",
        ]),
      ]),
    );
  return (
    <div aria-live="polite">
      <p>
        <strong>
          {mode === "check" || written === 0
            ? `${rows.length} rows read, nothing written.`
            : `${written} of ${rows.length} rows written.`}
        </strong>{" "}
        {errors > 0 ? `${errors} with an error.` : "No errors."}{" "}
        <Button size="small" onClick={keep}>
          Download report
        </Button>
      </p>
      <table className="tm-changes tm-compared">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Record</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, SHOWN).map((row) => (
            <tr key={row.line}>
              <td>{row.line}</td>
              <th scope="row">{row.label}</th>
              <td>
                <StatusTag signal={words[row.outcome].signal}>{wordOf(row)}</StatusTag>
                {row.reason ? (
                  <div className="tm-muted">
                    {row.column ? `${row.column}: ` : ""}
                    {row.reason} {row.remedy}
                  </div>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > SHOWN ? <p className="tm-muted">and {sorted.length - SHOWN} more in the report</p> : null}
    </div>
  );
}
