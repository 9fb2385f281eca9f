// Random questions that the builder holds, over all of AMC's tables.
import fc from "fast-check";
import {
  type BuiltQuestion,
  columnsOf,
  deepest,
  type Field,
  type Fields,
  fieldsOf,
  type Group,
  isNumber,
  isPrivate,
  isTime,
  type Join,
  type Metric,
  metricFields,
  operatorsOf,
  type Rule,
  type RuleGroup,
  type Table,
  takesList,
  takesParameter,
  takesValue,
  timeParts,
  valueKind,
} from "..";
import { parameterKind } from "../operators";

const one = <T>(list: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...list);

const values: Record<ReturnType<typeof valueKind>, fc.Arbitrary<string>> = {
  whole: fc.oneof(fc.integer({ min: -9, max: 400 }).map(String), one(["123456789012345678", "0"])),
  decimal: fc.tuple(fc.integer({ min: -99, max: 9999 }), fc.integer({ min: 0, max: 3 })).map(([digits, scale]) => {
    const text = (digits / 10 ** scale).toFixed(scale);
    return /^-0(\.0+)?$/.test(text) ? "0" : text;
  }),
  date: one(["2026-06-01", "2026-02-28"]),
  moment: one(["2026-06-01 00:00:00", "2026-06-15 23:59:59"]),
  flag: one(["true", "false"]),
  text: fc.oneof(
    one(["Summer; 'sale' -- 50%", "a_b", "SELECT * FROM t LIMIT 1", "null", "t", "Größe ≥ 1 🎈", "/*", '"q"', "0"]),
    fc.string({ minLength: 1, maxLength: 12, unit: "binary" }).filter((text) => !text.includes("\u0000")),
  ),
};

function rule(fields: Fields): fc.Arbitrary<Rule> {
  return one([...fields.keys()])
    .chain((ref) => one(operatorsOf(fields.get(ref) as Field)).map((operator) => ({ ref, operator })))
    .chain(({ ref, operator }) => {
      const field = fields.get(ref) as Field;
      const said = values[valueKind(field)];
      const parameter = fc.boolean().map((emptyIsAll) => ({
        parameter: `of_${parameterKind(field, operator)}`,
        emptyIsAll: emptyIsAll && operator === "in",
      }));
      const written = takesList(operator) ? fc.array(said, { minLength: 1, maxLength: 3 }) : said;
      const value = takesParameter(field, operator) ? fc.oneof({ weight: 4, arbitrary: written }, parameter) : written;
      return (takesValue(operator) ? value : fc.constant(null)).map((held) => ({ field: ref, operator, value: held }));
    });
}

function rules(fields: Fields, depth = deepest): fc.Arbitrary<RuleGroup> {
  if (fields.size === 0) return fc.constant({ all: true, rules: [] });
  const held = depth > 0 ? fc.oneof({ weight: 4, arbitrary: rule(fields) }, rules(fields, depth - 1)) : rule(fields);
  return fc.record({ all: fc.boolean(), rules: fc.array<Rule | RuleGroup>(held, { maxLength: 3 }) });
}

function aggregate(fields: Fields): fc.Arbitrary<Metric["value"]> {
  const rows = fc.constant({ function: "rows" as const, field: null });
  if (fields.size === 0) return rows;
  const of = one([...fields].filter(([, { dataType }]) => dataType !== "ARRAY" && dataType !== "BINARY")).chain(
    ([field, held]) => one(functionsOf(held)).map((name) => ({ function: name, field })),
  );
  return fc.oneof({ weight: 1, arbitrary: rows }, { weight: 4, arbitrary: of });
}

function functionsOf(field: Field) {
  const counted = field.join ? (["distinct"] as const) : (["distinct", "count"] as const);
  if (isPrivate(field)) return counted;
  const ends = isNumber(field) || isTime(field) ? (["min", "max"] as const) : [];
  return [...counted, ...ends, ...(isNumber(field) && !field.join ? (["sum", "avg"] as const) : [])];
}

const metric = (fields: Fields, name: string): fc.Arbitrary<Metric> => {
  const per = fc.tuple(aggregate(fields), one([1, 1000] as const)).map(([held, each]) => ({ ...held, each }));
  return fc.record({ name: fc.constant(name), value: aggregate(fields), per: fc.option(per, { freq: 4 }) });
};

const list = <T>(count: number, make: (index: number) => fc.Arbitrary<T>, least = 0): fc.Arbitrary<T[]> =>
  fc
    .integer({ min: least, max: count })
    .chain((length) => fc.tuple(...Array.from({ length }, (_, index) => make(index))));

function group(fields: Fields, index: number): fc.Arbitrary<Group> {
  const shown = [...fields].filter(([, field]) => !isPrivate(field) && field.dataType !== "ARRAY");
  return one(shown).chain(([ref, field]): fc.Arbitrary<Group> => {
    const base = { name: `split_${index}`, field: ref };
    const column = fc
      .boolean()
      .map((own): Group => ({ ...base, kind: "column", name: own && !field.join ? ref : base.name }));
    if (isTime(field))
      return fc.oneof(
        column,
        one(timeParts.filter((part) => part !== "hour" || field.dataType === "TIMESTAMP")).map((part) => ({
          ...base,
          kind: "time" as const,
          part,
        })),
      );
    if (!isNumber(field)) return column;
    return fc.oneof(
      column,
      one(["5", "0.5", "100"]).map((width) => ({ ...base, kind: "range" as const, width })),
    );
  });
}

function join(source: Table, { table, index }: { table: Table; index: number }): fc.Arbitrary<Join> {
  const own = columnsOf(table, false);
  const shared = source.columns.filter(
    ({ name, dataType }) => own.get(name)?.dataType === dataType && dataType !== "ARRAY",
  );
  const key = shared.some(({ name }) => name === "user_id")
    ? fc.constant("user_id")
    : one(shared.map(({ name }) => name));
  return fc.record({
    name: fc.constant(`other_${index}`),
    table: fc.constant(table.name),
    kind: one(["INNER", "LEFT"] as const),
    key: key.map((name) => ({ here: name, there: name })),
    metrics: list(2, (at) => metric(own, `worked_${at}`)),
    where: rules(own, 1),
  });
}

/** Tables that share a column with another can be joined to it. */
const joinable = (source: Table, table: Table): boolean =>
  source.columns.some(({ name, dataType }) =>
    table.columns.some((one) => one.name === name && one.dataType === dataType),
  );

export function questions(tables: readonly Table[]): fc.Arbitrary<BuiltQuestion> {
  return one(tables)
    .chain((source) => {
      const others = tables.filter((table) => joinable(source, table));
      const joins = list(2, (index) => one(others).chain((table) => join(source, { table, index })));
      return joins.map((held) => ({ source: source.name, joins: held }));
    })
    .chain((from) => {
      const fields = fieldsOf(from, tables);
      const metrics = list(3, (index) => metric(fields, `metric_${index}`), 1);
      return metrics.chain((held) =>
        fc.record({
          source: fc.constant(from.source),
          joins: fc.constant(from.joins),
          groups: list(3, (index) => group(fields, index)),
          metrics: fc.constant(held),
          where: rules(fields),
          having: rules(metricFields(held, fields), 1),
        }),
      );
    });
}
