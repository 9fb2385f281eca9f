// Parameters of SQL of one's own: those it names, as far as they were described.
import type { ParameterValue, TemplateParameter } from "#server/amc/template-contract";

const pattern = /CUSTOM_PARAMETER\s*\(\s*'([a-zA-Z][a-zA-Z0-9_]{0,59})'\s*\)/gi;

/** In the order in which the SQL names them; what is known of one stays. */
export function parametersIn(sql: string, known: readonly TemplateParameter[]): TemplateParameter[] {
  const names = [...new Set([...sql.matchAll(pattern)].flatMap(([, name]) => (name ? [name] : [])))];
  return names.map(
    (name) => known.find((one) => one.name === name) ?? { name, label: name, help: "", kind: "text", default: null },
  );
}

/** Values as they were given, under their labels; of a choice its words. */
export function valueItems(values: Readonly<Record<string, ParameterValue>>, parameters: readonly TemplateParameter[]) {
  return Object.entries(values).map(([name, value]) => {
    const { label = name, choices = [] } = parameters.find((one) => one.name === name) ?? {};
    return { label, value: choices.find((choice) => choice.value === value)?.label ?? wordsOfValue(value) };
  });
}

function wordsOfValue(value: ParameterValue): string {
  if (Array.isArray(value)) return value.length > 0 ? value.join(", ") : "all";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}
