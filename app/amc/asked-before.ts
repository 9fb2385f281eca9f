// A form that begins with what a run asked.
import type { AmcWindow } from "#server/amc/contract";
import type { AmcExecution } from "#server/amc/execution-contract";
import type { TemplateParameter } from "#server/amc/template-contract";
import { defaultsOf, type Values } from "./parameter-fields";

export const usualWindow: AmcWindow = { kind: "last", days: 28 };
/** What the server calls SQL that nobody gave a title. */
export const ownTitle = "SQL of one's own";

/** The run's values as far as the question still has their parameters, defaults for the others. */
export function valuesFrom(
  run: Pick<AmcExecution, "values" | "parameters"> | null,
  parameters: readonly TemplateParameter[],
): Values {
  const kept = parameters.flatMap(({ name, kind }) => {
    const value = run?.values[name];
    const was = run?.parameters.find((one) => one.name === name);
    return value !== undefined && was?.kind === kind ? [[name, value] as const] : [];
  });
  return { ...defaultsOf(parameters), ...Object.fromEntries(kept) };
}
