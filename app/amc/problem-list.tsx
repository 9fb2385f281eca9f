import type { SqlProblem } from "#server/amc/template-contract";
import { StatusTag } from "~/ui/status-tag";

interface ProblemListProps {
  problems: readonly SqlProblem[];
  /** Puts the cursor where the problem is; left out: there is no editor. */
  onShow?: (problem: SqlProblem) => void;
}

/** What AMC would refuse, or what would mislead: where it is, why, and what to do. */
export function ProblemList({ problems, onShow }: ProblemListProps) {
  return (
    <ul className="tm-sql-problems" aria-label="Problems of the SQL">
      {problems.map((problem) => {
        const { rule, severity, message, fix, line, column } = problem;
        const place = `Line ${line}, column ${column}`;
        return (
          <li key={`${rule} ${line} ${column}`}>
            <StatusTag signal={severity === "error" ? "problem" : "attention"}>
              {severity === "error" ? "AMC refuses this" : "Look at this"}
            </StatusTag>
            {onShow ? (
              <button type="button" className="tm-link" onClick={() => onShow(problem)}>
                {place}
              </button>
            ) : (
              <span className="tm-muted">{place}</span>
            )}
            <span>{message}</span>
            {fix ? <span className="tm-muted">{fix}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}
