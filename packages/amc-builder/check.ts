// What AMC or this builder could not do with a question: what is wrong, and what helps. Empty: its SQL can be written.

import { checkRules } from "./check-rules";
import {
  columnsOf,
  type Field,
  type Fields,
  fieldsOf,
  isNumber,
  isPrivate,
  isTime,
  metricFields,
  type Table,
  tableNamed,
} from "./fields";
import type { Aggregate, BuiltQuestion, Group, Join, Metric } from "./model";
import { parametersOf } from "./parameters";
import { reserved } from "./words";

export interface QuestionProblem {
  /** Where in the question, such as `metrics.0` or `joins.0.where.1`. */
  path: string;
  message: string;
}

export function checkQuestion(question: BuiltQuestion, tables: readonly Table[]): QuestionProblem[] {
  const { source, joins, groups, metrics, where, having } = question;
  if (!tableNamed(tables, source)) return [{ path: "source", message: missingTable(source) }];
  const fields = fieldsOf(question, tables);
  return [
    ...joins.flatMap((join, index) => checkJoin(join, { path: `joins.${index}`, question, tables })),
    ...groups.flatMap((group, index) => at(`groups.${index}`, groupFaults(group, fields))),
    ...checkMetrics(metrics, { path: "metrics", fields }),
    ...(metrics.length === 0 ? at("metrics", ["AMC answers in numbers only: add one to work out."]) : []),
    ...checkNames(question),
    ...checkRules(where, { path: "where", fields }),
    ...checkRules(having, { path: "having", fields: metricFields(metrics, fields) }),
    ...checkParameters(question, tables),
  ];
}

const at = (path: string, messages: string[]): QuestionProblem[] => messages.map((message) => ({ path, message }));

const missingTable = (name: string): string =>
  name ? `There is no table ${name}: choose another.` : "Choose the table to read.";

function checkJoin(
  join: Join,
  { path, question, tables }: { path: string; question: BuiltQuestion; tables: readonly Table[] },
): QuestionProblem[] {
  const table = tableNamed(tables, join.table);
  if (!table) return at(path, [missingTable(join.table)]);
  const own = columnsOf(table, false);
  const [here, there] = [
    columnsOf(tableNamed(tables, question.source), false).get(join.key.here),
    own.get(join.key.there),
  ];
  const taken = [...question.joins.filter((one) => one !== join), { name: question.source }];
  const faults = [
    ...(taken.some(({ name }) => name === join.name)
      ? [`Another table here is called ${join.name}: rename this one.`]
      : []),
    ...(isKeyword(join.name) || tableNamed(tables, join.name)
      ? [`${join.name} means something else in SQL: rename it.`]
      : []),
    ...(!here || !there ? ["Choose the column that both tables have in common."] : []),
    ...(here && there && here.dataType !== there.dataType
      ? [`${here.name} and ${there.name} are of different types: join by columns of one type.`]
      : []),
    ...repeated([join.key.there, ...join.metrics.map(({ name }) => name)]).map(sameName),
  ];
  return [
    ...at(path, faults),
    ...checkMetrics(join.metrics, { path: `${path}.metrics`, fields: own }),
    ...checkRules(join.where, { path: `${path}.where`, fields: own }),
  ];
}

/** By a column, or by what is worked out of it. */
function groupFaults({ kind, field: ref, ...group }: Group, fields: Fields): string[] {
  const field = fields.get(ref);
  if (!field) return [missingField(ref)];
  if (isPrivate(field)) return [neverPutOut(field)];
  if (field.dataType === "ARRAY" || field.dataType === "BINARY")
    return [`${ref} holds lists: rows cannot be split by it.`];
  if (kind === "time") {
    if (!isTime(field)) return [`${ref} is no time: split by its values instead.`];
    const isHour = "part" in group && group.part === "hour";
    return isHour && field.dataType === "DATE" ? [`${ref} has days only: choose day, week or month.`] : [];
  }
  if (kind !== "range") return [];
  if (!isNumber(field)) return [`${ref} is no number: split by its values instead.`];
  const isWidth = "width" in group && /^(?!0+(\.0+)?$)(0|[1-9]\d{0,8})(\.\d{1,4})?$/.test(group.width);
  return isWidth ? [] : ["Write how wide a range is, such as 5."];
}

const missingField = (ref: string): string =>
  ref ? `There is no column ${ref} here: choose another.` : "Choose a column.";
const neverPutOut = ({ name, threshold }: Field): string =>
  `${name} is ${threshold}: AMC never puts it out. Count its distinct values instead.`;

function checkMetrics(
  metrics: readonly Metric[],
  { path, fields }: { path: string; fields: Fields },
): QuestionProblem[] {
  return metrics.flatMap(({ value, per }, index) => {
    const both = per ? [value, per] : [value];
    const moment = both.find(
      ({ function: name, field }) => isEnd(name) && isTime(fields.get(field ?? "") ?? { dataType: "LONG" }),
    );
    const twin = metrics.findIndex((one) => JSON.stringify([one.value, one.per]) === JSON.stringify([value, per]));
    return at(`${path}.${index}`, [
      ...(twin < index ? [`${metrics[twin]?.name} is the same number: remove one.`] : []),
      ...both.flatMap((one) => aggregateFaults(one, fields)),
      ...(per && moment ? [`${moment.field} is a time: it cannot be divided.`] : []),
    ]);
  });
}

const isEnd = (name: Aggregate["function"]): boolean => name === "min" || name === "max";

function aggregateFaults({ function: name, field: ref }: Aggregate, fields: Fields): string[] {
  if (name === "rows") return ref === null ? [] : ["Events are counted without a column."];
  const field = ref === null ? undefined : fields.get(ref);
  if (!field) return [missingField(ref ?? "")];
  if (field.dataType === "ARRAY" || field.dataType === "BINARY")
    return [`${field.name} holds lists, which no number is made of.`];
  if (field.join && (name === "sum" || name === "avg" || name === "count"))
    return [
      `${field.name} stands once for each match, and would be taken once for each event: use the least, the most or a rule.`,
    ];
  if (name === "distinct" || name === "count") return [];
  if (isPrivate(field)) return [neverPutOut(field)];
  if (isNumber(field) || (isTime(field) && isEnd(name))) return [];
  return [`${field.name} is no number: count its distinct values instead.`];
}

/** Names of columns put out: told apart from each other and from what the SQL means by them. */
function checkNames({ groups, metrics }: BuiltQuestion): QuestionProblem[] {
  const outputs = [...groups.map(({ name }) => name), ...metrics.map(({ name }) => name)];
  const places = [...groups.map((_, index) => `groups.${index}`), ...metrics.map((_, index) => `metrics.${index}`)];
  const doubled = new Set(repeated(outputs));
  const grouped = groups.map(({ field }) => field);
  return outputs.flatMap((name, index) => {
    const path = places[index] ?? "";
    if (doubled.has(name)) return at(path, [sameName(name)]);
    if (isKeyword(name)) return at(path, [`${name} means something else in SQL: rename it.`]);
    const isOwn = groups[index]?.field === name;
    return grouped.includes(name) && !isOwn
      ? at(path, [`${name} is a column that rows are split by: rename this one.`])
      : [];
  });
}

const isKeyword = (name: string): boolean => reserved.has(name);
const sameName = (name: string): string => `Two columns are called ${name}: rename one.`;
const repeated = (names: string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];

function checkParameters(question: BuiltQuestion, tables: readonly Table[]): QuestionProblem[] {
  const used = parametersOf(question, tables);
  return used.flatMap(({ name, kind, path }) =>
    used.some((other) => other.name === name && other.kind !== kind)
      ? at(path, [`The parameter ${name} would have to be of two kinds: give one of them another name.`])
      : [],
  );
}
