// The SQL of a question that checkQuestion found nothing wrong with.
import { quoteText } from "../amc-engine/quote";
import {
  columnsOf,
  type Field,
  type Fields,
  fieldsOf,
  inCurrency,
  metricFields,
  metricSql,
  type Table,
  tableNamed,
} from "./fields";
import {
  type BuiltQuestion,
  type Group,
  isGroup,
  type Join,
  type Metric,
  type Rule,
  type RuleGroup,
  tidy,
} from "./model";
import { isParameter, valueKind } from "./operators";

export function writeSql(question: BuiltQuestion, tables: readonly Table[]): string {
  const { source, joins, groups, metrics, where, having } = tidy(question);
  const fields = fieldsOf(question, tables);
  const bases = groups.map((group) => groupSql(group, fields));
  const items = [
    ...groups.map((group, index) => named(bases[index] ?? "", group.name)),
    ...metrics.map((metric) => named(metricSql(metric, fields), metric.name)),
  ];
  return [
    `SELECT\n  ${items.join(",\n  ")}`,
    `FROM ${source}`,
    ...joins.map((join) => joinSql(join, { source, tables })),
    ...clause("WHERE", where, fields),
    ...(bases.length > 0 ? [`GROUP BY ${bases.join(", ")}`] : []),
    ...clause("HAVING", having, metricFields(metrics, fields)),
  ].join("\n");
}

/** A column keeps its name by itself. */
const named = (sql: string, name: string): string => (sql.split(".").at(-1) === name ? sql : `${sql} AS ${name}`);

function joinSql(join: Join, { source, tables }: { source: string; tables: readonly Table[] }): string {
  const { name, table, kind, key, metrics, where } = join;
  const fields = columnsOf(tableNamed(tables, table), false);
  const items = [key.there, ...metrics.map((metric: Metric) => named(metricSql(metric, fields), metric.name))];
  const lines = [
    `SELECT ${items.join(", ")}`,
    `FROM ${table}`,
    ...clause("WHERE", where, fields),
    `GROUP BY ${key.there}`,
  ];
  const held = lines.map((line) => `  ${line.replaceAll("\n", "\n  ")}`).join("\n");
  return `${kind} JOIN (\n${held}\n) AS ${name} ON ${name}.${key.there} = ${source}.${key.here}`;
}

function groupSql(group: Group, fields: Fields): string {
  const field = fields.get(group.field);
  const sql = inCurrency(field?.sql ?? group.field, field?.money ?? null);
  if (group.kind === "time") return `DATE_TRUNC('${group.part}', ${sql})`;
  return group.kind === "range" ? `FLOOR(${sql} / ${group.width}) * ${group.width}` : sql;
}

function clause(word: "WHERE" | "HAVING", group: RuleGroup, fields: Fields): string[] {
  if (group.rules.length === 0) return [];
  return [`${word} ${rulesSql(group, fields, "\n  ")}`];
}

function rulesSql({ all, rules }: RuleGroup, fields: Fields, gap: string): string {
  const said = rules.map((held) => (isGroup(held) ? `(${rulesSql(held, fields, " ")})` : ruleSql(held, fields)));
  return said.join(`${gap}${all ? "AND" : "OR"} `);
}

function ruleSql({ field: ref, operator, value }: Rule, fields: Fields): string {
  const field = fields.get(ref);
  if (!field) return ref;
  if (operator === "is null" || operator === "is not null") return `${field.sql} ${operator.toUpperCase()}`;
  const sql = inCurrency(field.sql, field.money);
  if (operator === "in" || operator === "not in") return listSql(sql, { field, value, negated: operator === "not in" });
  const said = literalSql(value, field);
  if (operator === "contains" || operator === "not contains")
    return `STRPOS(${sql}, ${said}) ${operator === "contains" ? ">" : "="} 0`;
  return `${sql} ${operator.toUpperCase()} ${said}`;
}

function listSql(
  sql: string,
  { field, value, negated }: { field: Field; value: Rule["value"]; negated: boolean },
): string {
  if (isParameter(value)) {
    const list = parameterSql(value.parameter);
    const held = `${negated ? "NOT " : ""}ARRAY_CONTAINS(${list}, ${sql})`;
    return value.emptyIsAll ? `(CARDINALITY(${list}) = 0 OR ${held})` : held;
  }
  const held = (Array.isArray(value) ? value : []).map((one) => literalSql(one, field));
  return `${sql} ${negated ? "NOT IN" : "IN"} (${held.join(", ")})`;
}

const parameterSql = (name: string): string => `CUSTOM_PARAMETER(${quoteText(name)})`;

function literalSql(value: Rule["value"], field: Field): string {
  const kind = valueKind(field);
  const text = typeof value === "string" ? value : "";
  const said = isParameter(value) ? parameterSql(value.parameter) : quoteText(text);
  if (kind === "date") return `CAST(${said} AS DATE)`;
  if (kind === "moment") return `CAST(${said} AS TIMESTAMP)`;
  if (kind === "text" || isParameter(value)) return said;
  return kind === "flag" ? text.toUpperCase() : text;
}
