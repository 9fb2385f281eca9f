import { z } from "zod";
import type { DataType, DeclaredParameter, Parameter } from "../../packages/amc-engine";

// A workflow as clients send it (contracts.md 5.2), and what it means for a run.

const TYPES = [
  "BINARY",
  "BOOLEAN",
  "BYTE",
  "CALENDAR_INTERVAL",
  "DATE",
  "DECIMAL",
  "DOUBLE",
  "FLOAT",
  "INTEGER",
  "LONG",
  "SHORT",
  "STRING",
  "TIMESTAMP",
] as const;

const scalar = z.union([z.string(), z.number(), z.boolean()]);
export const ParameterValue = z.union([scalar, z.array(z.union([z.string(), z.number()])), z.null()]);

const InputParameter = z.strictObject({
  name: z.string().min(1),
  dataType: z.union([
    z.enum(TYPES),
    z.strictObject({
      type: z.literal("ARRAY"),
      elementDataType: z.enum(TYPES),
      elementNullable: z.boolean().optional(),
    }),
  ]),
  columnType: z.enum(["DIMENSION", "METRIC"]).optional(),
  defaultValue: ParameterValue.optional(),
  description: z.string().nullish(),
  displayName: z.string().nullish(),
});

const Definition = z.strictObject({
  sqlQuery: z.string().min(1).optional(),
  query: z.string().optional(),
  inputParameters: z.array(InputParameter).max(100).nullish(),
  outputColumns: z.array(z.looseObject({})).nullish(),
  outputFormat: z
    .strictObject({
      separatorCharacter: z.string().length(1).optional(),
      quoteCharacter: z.string().length(1).optional(),
      escapeCharacter: z.string().length(1).optional(),
    })
    .nullish(),
  privacyFilteringBehavior: z.enum(["REMOVE_ROWS", "REMOVE_VALUES"]).nullish(),
  filteredMetricsDiscriminatorColumn: z.string().nullish(),
  distinctUserCountColumn: z.string().nullish(),
  filteredReasonColumn: z.string().nullish(),
  inputSchema: z.string().nullish(),
});
export type Definition = z.output<typeof Definition>;

const id = z.string().regex(/^[A-Za-z0-9._-]+$/, "must be letters, digits, dots, underscores and hyphens");
export const Workflow = Definition.extend({ workflowId: id });
export type Workflow = z.output<typeof Workflow>;
/** Of an ad hoc execution: an id, if there is one, is not kept. */
export const AdHocWorkflow = Definition.extend({ workflowId: id.optional() });

export type ParameterValues = Record<string, z.output<typeof ParameterValue>>;

export const declaredOf = ({ inputParameters }: Definition): DeclaredParameter[] =>
  (inputParameters ?? []).map(({ name, dataType }) =>
    typeof dataType === "string"
      ? { name, dataType: engineType(dataType) }
      : { name, dataType: "ARRAY", elementType: engineType(dataType.elementDataType) },
  );

const engineType = (type: (typeof TYPES)[number]): DataType => (type === "CALENDAR_INTERVAL" ? "STRING" : type);

/** Values of all declared parameters, defaults filled in; a text says what is wrong. */
export function parametersOf(definition: Definition, given: ParameterValues): Record<string, Parameter> | string {
  const declared = definition.inputParameters ?? [];
  const unknown = Object.keys(given).find((name) => !declared.some((parameter) => parameter.name === name));
  if (unknown !== undefined) return `Parameter ${unknown} is not declared by the workflow`;
  const values: Record<string, Parameter> = {};
  for (const { name, defaultValue } of declared) {
    const value = given[name] === undefined ? defaultValue : given[name];
    if (value === undefined) return `Parameter ${name} has no value and no default`;
    values[name] = value;
  }
  return values;
}
