import { useState } from "react";
import type { AmcInstance } from "#server/amc/contract";
import type { LintAnswer, SqlProblem, TemplateParameter } from "#server/amc/template-contract";
import { parametersIn } from "./declared";
import type { Values } from "./parameter-fields";
import { isSame } from "./same";
import { useAnswer } from "./use-answer";

export interface SqlDraft {
  sql: string;
  parameters: TemplateParameter[];
  values: Values;
}

const none: SqlProblem[] = [];

/**
 * SQL as it is written, and what AMC would say to it on the instance. `sound`: nothing was found that it would refuse. `asBegun`: SQL and
 * parameters are what it began with; `unsaved`: they or the values are not.
 */
export function useSqlDraft(begun: SqlDraft, instance: Pick<AmcInstance, "id"> | null) {
  const [sql, setSql] = useState(begun.sql);
  const [described, describe] = useState(begun.parameters);
  const [values, setValues] = useState(begun.values);
  const parameters = parametersIn(sql, described);
  const written = sql.trim() !== "";
  const lint = useAnswer<LintAnswer>(
    { resource: "amc-templates", action: "lint" },
    written ? { sql, parameters, ...(instance ? { instanceId: instance.id } : {}) } : null,
  );
  const problems = lint.answer?.problems ?? none;
  const sound = written && lint.error === null && problems.every(({ severity }) => severity !== "error");
  const asBegun = isSame([sql, parameters], [begun.sql, parametersIn(begun.sql, begun.parameters)]);
  const unsaved = !asBegun || !isSame(values, begun.values);
  return { sql, setSql, parameters, describe, values, setValues, lint, problems, sound, asBegun, unsaved };
}
