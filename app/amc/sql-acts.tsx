import { Button, Segmented } from "antd";
import type { ReactNode } from "react";
import type { LintAnswer } from "#server/amc/template-contract";
import { StatusTag } from "~/ui/status-tag";
import type { useAnswer } from "./use-answer";

interface SqlActsProps {
  isBuilder: boolean;
  onBuilder(wanted: boolean): void;
  formatting: boolean;
  onFormat(): void;
  /** The act that saves. */
  save: ReactNode;
  lint: ReturnType<typeof useAnswer<LintAnswer>>;
  /** Parts of the builder that are not right yet. */
  unfinished: number;
}

const views = [
  { value: "builder", label: "Builder" },
  { value: "sql", label: "SQL" },
];

/** What can be done with the question as a whole, and what AMC would say to it. */
export function SqlActs({ isBuilder, onBuilder, formatting, onFormat, save, lint, unfinished }: SqlActsProps) {
  return (
    <div className="tm-acts tm-sql-acts">
      <Segmented
        aria-label="How it is written"
        options={views}
        value={isBuilder ? "builder" : "sql"}
        onChange={(view) => onBuilder(view === "builder")}
      />
      {isBuilder ? null : (
        <Button onClick={onFormat} loading={formatting}>
          Format
        </Button>
      )}
      {save}
      <span aria-live="polite" aria-busy={lint.asking}>
        {unfinished > 0 ? (
          <StatusTag signal="attention">
            {unfinished === 1 ? "1 part is not right yet" : `${unfinished} parts are not right yet`}
          </StatusTag>
        ) : (
          <Said {...lint} />
        )}
      </span>
    </div>
  );
}

function Said({ answer, error, asking }: SqlActsProps["lint"]) {
  if (asking) return <span className="tm-muted">Checking …</span>;
  if (error) {
    return (
      <span className="tm-muted">
        It could not be checked: {error.message} {error.remedy}
      </span>
    );
  }
  return answer ? <Verdict {...answer} /> : null;
}

function Verdict({ problems, requiredUsers }: LintAnswer) {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (errors > 0) {
    return (
      <StatusTag signal="problem">
        {errors === 1 ? "AMC would refuse it" : `${errors} places AMC would refuse`}
      </StatusTag>
    );
  }
  return (
    <StatusTag signal="ok">
      {requiredUsers > 1 ? `AMC takes it; a row needs ${requiredUsers} users` : "AMC takes it"}
    </StatusTag>
  );
}
