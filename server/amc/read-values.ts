// The values of a question's parameters: read as the template says, and written as AMC takes them.
import type { WorkflowParameter } from "../amazon";
import type { ParameterValue, TemplateParameter } from "./template-contract";

export interface ReadValues {
  values: Record<string, ParameterValue>;
  /** By parameter. */
  problems: Record<string, string>;
}

/** Takes the default where nothing is given. Empty problems: every parameter has a value that fits. */
export function readValues(
  parameters: readonly TemplateParameter[],
  given: Readonly<Record<string, ParameterValue>>,
): ReadValues {
  const known = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const problems: Record<string, string> = {};
  const values: Record<string, ParameterValue> = {};
  for (const name of Object.keys(given)) if (!known.has(name)) problems[name] = "There is no such parameter.";
  for (const parameter of parameters) {
    const value = given[parameter.name] ?? parameter.default;
    const problem = value === null ? `${parameter.label} must be given.` : problemOf(parameter, value);
    if (problem) problems[parameter.name] = problem;
    else if (value !== null) values[parameter.name] = value;
  }
  return { values, problems };
}

function problemOf(parameter: TemplateParameter, value: ParameterValue): string | null {
  const { kind, label, choices = [] } = parameter;
  switch (kind) {
    case "text":
      return typeof value === "string" ? null : `${label} is a text.`;
    case "whole":
      return Number.isSafeInteger(value) ? outside(parameter, value as number) : `${label} is a whole number.`;
    case "decimal":
      return typeof value === "number" && Number.isFinite(value) ? outside(parameter, value) : `${label} is a number.`;
    case "choice": {
      const known = choices.some((choice) => choice.value === value);
      return known ? null : `${label} is one of: ${choices.map((choice) => choice.label).join(", ")}.`;
    }
    case "list":
      return Array.isArray(value) ? null : `${label} is a list.`;
    case "flag":
      return typeof value === "boolean" ? null : `${label} is yes or no.`;
    default:
      return kind satisfies never;
  }
}

function outside({ label, least, most }: TemplateParameter, value: number): string | null {
  if (least !== undefined && value < least) return `${label} is ${least} at least.`;
  if (most !== undefined && value > most) return `${label} is ${most} at most.`;
  return null;
}

const dataTypes = {
  text: "STRING",
  whole: "LONG",
  decimal: "DOUBLE",
  choice: "STRING",
  flag: "BOOLEAN",
} as const satisfies Record<Exclude<TemplateParameter["kind"], "list">, string>;

/** As a workflow declares it; of a list the form that Amazon's own recordings have (contracts 5.2). */
export const declared = ({ name, kind }: TemplateParameter): WorkflowParameter =>
  kind === "list"
    ? {
        name,
        dataType: { type: "ARRAY", elementDataType: "STRING", elementNullable: false },
        columnType: "DIMENSION",
        defaultValue: [],
      }
    : { name, dataType: dataTypes[kind], columnType: "DIMENSION" };

/** As an execution gives them: texts, and lists of texts. */
export const wireValues = (values: Readonly<Record<string, ParameterValue>>): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? value : String(value)]),
  );
