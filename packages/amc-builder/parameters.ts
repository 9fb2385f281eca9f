// The parameters that a question's rules ask for.
import { columnsOf, type Fields, fieldsOf, metricFields, type Table, tableNamed } from "./fields";
import { type BuiltQuestion, type RuleGroup, rulesIn } from "./model";
import { isParameter, parameterKind } from "./operators";

export interface UsedParameter {
  name: string;
  kind: ReturnType<typeof parameterKind>;
  /** The rule that asks for it. */
  path: string;
}

export function parametersOf(question: BuiltQuestion, tables: readonly Table[]): UsedParameter[] {
  const fields = fieldsOf(question, tables);
  return [
    ...question.joins.flatMap(({ table, where }, index) =>
      parametersIn(where, `joins.${index}.where`, columnsOf(tableNamed(tables, table), false)),
    ),
    ...parametersIn(question.where, "where", fields),
    ...parametersIn(question.having, "having", metricFields(question.metrics, fields)),
  ];
}

function parametersIn(group: RuleGroup, root: string, fields: Fields): UsedParameter[] {
  return rulesIn(group, root).flatMap(({ rule: { field: ref, operator, value }, path }) => {
    const field = fields.get(ref);
    return field && isParameter(value) ? [{ name: value.parameter, kind: parameterKind(field, operator), path }] : [];
  });
}
