// What is wrong with rules.
import type { QuestionProblem } from "./check";
import type { Field, Fields } from "./fields";
import { isGroup, type Rule, type RuleGroup } from "./model";
import { faultOf, isParameter, operatorsOf, takesList, takesParameter, takesValue, valueKind } from "./operators";

export function checkRules(group: RuleGroup, { path, fields }: { path: string; fields: Fields }): QuestionProblem[] {
  return group.rules.flatMap((held, index) => {
    const here = `${path}.${index}`;
    if (isGroup(held)) return checkRules(held, { path: here, fields });
    const message = ruleFault(held, fields);
    return message ? [{ path: here, message }] : [];
  });
}

function ruleFault(rule: Rule, fields: Fields): string | null {
  const field = fields.get(rule.field);
  if (!field) return rule.field ? `There is no column ${rule.field} here: choose another.` : "Choose a column.";
  if (!operatorsOf(field).includes(rule.operator)) return operatorFault(field, rule);
  return valueFault(field, rule);
}

function operatorFault(field: Field, { operator }: Rule): string {
  return operatorsOf(field).length > 2
    ? `${field.name} cannot be compared by ${operator}: choose another comparison.`
    : `${field.name} is ${field.threshold}, ${field.dataType.toLowerCase()}: AMC compares it with nothing written. Ask whether it is there.`;
}

function valueFault(field: Field, { operator, value }: Rule): string | null {
  if (!takesValue(operator)) return value === null ? null : `Leave out the value: ${operator} takes none.`;
  if (value === null) return "Write a value.";
  if (isParameter(value)) {
    if (!takesParameter(field, operator))
      return `A list of ${field.name} is written out: a parameter holds texts only.`;
    if (value.emptyIsAll && operator !== "in")
      return "Only a list that something is in can stand for all: leave that out.";
    return /^[a-zA-Z][a-zA-Z0-9_]{0,59}$/.test(value.parameter)
      ? null
      : "Name the parameter: letters, digits and underscores, a letter first.";
  }
  if (takesList(operator) !== Array.isArray(value))
    return takesList(operator) ? "Write the values as a list." : "Write one value.";
  const kind = valueKind(field);
  if (!Array.isArray(value)) return faultOf(kind, value);
  if (value.length === 0) return "Write at least one value.";
  return value.map((one) => faultOf(kind, one)).find((fault) => fault !== null) ?? null;
}
