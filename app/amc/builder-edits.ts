// What a new part of a question begins as, and what it is called until a person says otherwise.
import {
  type BuiltQuestion,
  everything,
  type Fields,
  fieldsOf,
  type Group,
  isNumber,
  isPrivate,
  isTime,
  type Join,
  type Metric,
  operatorsOf,
  type Rule,
  type Table,
  takesList,
  takesValue,
} from "../../packages/amc-builder";

export function questionOn(source: string, tables: readonly Table[]): BuiltQuestion {
  const empty = { source, joins: [], groups: [], metrics: [], where: everything(), having: everything() };
  const fields = fieldsOf(empty, tables);
  return {
    ...empty,
    groups: fields.has("campaign") ? [{ kind: "column", name: "campaign", field: "campaign" }] : [],
    metrics: [newMetric([], fields)],
  };
}

/** A name that none of the others has. */
function unused(name: string, others: readonly string[]): string {
  const begun = name.replace(/^[^a-z]+/, "") || "column";
  for (let count = 1; ; count++) {
    const tried = count === 1 ? begun.slice(0, 60) : `${begun.slice(0, 56)}_${count}`;
    if (!others.includes(tried)) return tried;
  }
}

const lastOf = (ref: string | null): string => ref?.split(".").at(-1) ?? "";

export const groupName = (group: Group, others: readonly string[]): string => {
  if (group.kind === "time") return unused(`by_${group.part}`, others);
  const own = lastOf(group.field);
  return unused(group.kind === "range" ? `${own}_from` : own, others);
};

export function metricName({ value, per }: Pick<Metric, "value" | "per">, others: readonly string[]): string {
  const above = wordOf(value);
  return unused(per ? `${above}_per_${per.each === 1 ? "" : `${per.each}_`}${wordOf(per)}` : above, others);
}

function wordOf({ function: name, field }: Metric["value"]): string {
  const own = lastOf(field);
  if (name === "rows") return "events";
  if (name === "sum") return own;
  if (name === "distinct") return own === "user_id" ? "users" : `distinct_${own}`;
  return `${name}_${own}`;
}

/** The first column that is not split by yet; a campaign before others. */
export function newGroup(groups: readonly Group[], fields: Fields): Group {
  const taken = groups.map(({ field }) => field);
  const free = [...fields].filter(
    ([ref, field]) => !taken.includes(ref) && !isPrivate(field) && field.dataType !== "ARRAY",
  );
  const dimensions = free.filter(([, { columnType }]) => columnType === "DIMENSION");
  const found = dimensions.find(([ref]) => ref === "campaign") ?? dimensions[0] ?? free[0];
  const group = { kind: "column" as const, field: found?.[0] ?? "", name: "" };
  return {
    ...group,
    name: groupName(
      group,
      groups.map(({ name }) => name),
    ),
  };
}

/** Users first, then the metrics of the table one after another, then what else can be counted. */
export function newMetric(metrics: readonly Metric[], fields: Fields): Metric {
  const taken = metrics.map(({ value }) => JSON.stringify(value));
  const counted = [...fields].filter(
    ([, { columnType, dataType }]) => columnType === "DIMENSION" && dataType !== "ARRAY",
  );
  const summed = [...fields].filter(([, field]) => field.columnType === "METRIC" && isNumber(field) && !field.join);
  const candidates: Metric["value"][] = [
    ...(fields.has("user_id") ? [{ function: "distinct" as const, field: "user_id" }] : []),
    ...summed.map(([field]) => ({ function: "sum" as const, field })),
    { function: "rows", field: null },
    ...counted.map(([field]) => ({ function: "distinct" as const, field })),
  ];
  const value = candidates.find((one) => !taken.includes(JSON.stringify(one))) ?? { function: "rows", field: null };
  return {
    value,
    per: null,
    name: metricName(
      { value, per: null },
      metrics.map(({ name }) => name),
    ),
  };
}

export function newRule(fields: Fields): Rule {
  const [first] = [...fields].find(([, field]) => operatorsOf(field).length > 2) ?? [...fields][0] ?? [""];
  return ruleOn(first, fields);
}

export function ruleOn(ref: string, fields: Fields): Rule {
  const field = fields.get(ref);
  return withOperator({ field: ref, operator: "=", value: null }, (field && operatorsOf(field)[0]) ?? "=");
}

/** A value stays where the comparison takes one of its form. */
export function withOperator(rule: Rule, operator: Rule["operator"]): Rule {
  if (!takesValue(operator)) return { ...rule, operator, value: null };
  const blank = takesList(operator) ? [] : "";
  const fits = rule.value !== null && Array.isArray(rule.value) === takesList(operator);
  return { ...rule, operator, value: fits ? rule.value : blank };
}

/** Another table by a column that both have: its users, where it holds some. */
export function newJoin(table: Table, { source, joins }: BuiltQuestion, tables: readonly Table[]): Join {
  const key =
    commonKeys(
      tables.find(({ name }) => name === source),
      table,
    )[0] ?? "";
  return {
    name: unused(
      "other",
      joins.map(({ name }) => name),
    ),
    table: table.name,
    kind: "INNER",
    key: { here: key, there: key },
    metrics: [],
    where: everything(),
  };
}

/** Columns of one name and type that tables can be joined by, the user first. */
export function commonKeys(source: Table | undefined, table: Table | undefined): string[] {
  const shared = (source?.columns ?? []).filter(
    (column) =>
      column.columnType === "DIMENSION" &&
      !isTime(column) &&
      column.dataType !== "ARRAY" &&
      table?.columns.some(({ name, dataType }) => name === column.name && dataType === column.dataType),
  );
  return shared.map(({ name }) => name).sort((one, other) => Number(other === "user_id") - Number(one === "user_id"));
}
