// What can be named where in a question: columns with their types, threshold classes and SQL.
import type { ColumnType, DataType, MoneyUnit, ThresholdClass } from "../amc-engine/contract";
import { moneyUnitOf } from "../amc-engine/units";
import type { Aggregate, BuiltQuestion, Join, Metric } from "./model";

export interface TableColumn {
  name: string;
  dataType: DataType;
  columnType: ColumnType;
  threshold: ThresholdClass;
}

export interface Table {
  name: string;
  columns: readonly TableColumn[];
}

export interface Field extends TableColumn {
  /** The join it comes from; null: the source itself, or a metric. */
  join: string | null;
  /** Its numbers are this, and are divided into currency wherever they are used. */
  money: MoneyUnit | null;
  sql: string;
}

/** By the name a question has for them. */
export type Fields = ReadonlyMap<string, Field>;

const divisors: Record<MoneyUnit, string> = { millicents: "100000", microcents: "100000000" };
const wholes = new Set<DataType>(["BYTE", "SHORT", "INTEGER", "LONG"]);
const decimals = new Set<DataType>(["FLOAT", "DOUBLE", "DECIMAL"]);

export const isWhole = ({ dataType, money }: Pick<Field, "dataType" | "money">): boolean =>
  wholes.has(dataType) && money === null;
export const isNumber = ({ dataType }: Pick<Field, "dataType">): boolean =>
  wholes.has(dataType) || decimals.has(dataType);
export const isTime = ({ dataType }: Pick<Field, "dataType">): boolean =>
  dataType === "DATE" || dataType === "TIMESTAMP";
/** AMC puts it out in no form but a count. */
export const isPrivate = ({ threshold }: Pick<Field, "threshold">): boolean =>
  threshold === "VERY_HIGH" || threshold === "INTERNAL";

export const tableNamed = (tables: readonly Table[], name: string): Table | undefined =>
  tables.find((table) => table.name === name);

/** A money amount in currency. */
export const inCurrency = (sql: string, money: MoneyUnit | null): string =>
  money ? `${sql} / ${divisors[money]}` : sql;

/** The columns of a table, qualified where others stand beside it. */
export function columnsOf(table: Table | undefined, qualified: boolean): Map<string, Field> {
  const fields = (table?.columns ?? []).map((column): [string, Field] => {
    const sql = qualified ? `${table?.name}.${column.name}` : column.name;
    return [column.name, { ...column, join: null, money: moneyUnitOf(table?.name ?? "", column.name), sql }];
  });
  return new Map(fields);
}

/** What `where`, groups and metrics of the question may name. */
export function fieldsOf({ source, joins }: Pick<BuiltQuestion, "source" | "joins">, tables: readonly Table[]): Fields {
  const fields = columnsOf(tableNamed(tables, source), joins.length > 0);
  for (const join of joins) for (const field of joinedFields(join, tables)) fields.set(field.name, field);
  return fields;
}

/** What a join brings: its key and its metrics. */
function joinedFields({ name, table, key, metrics }: Join, tables: readonly Table[]): Field[] {
  const own = columnsOf(tableNamed(tables, table), false);
  const found = own.get(key.there);
  const keys = found ? [{ ...found, money: null }] : [];
  return [...keys, ...metricFields(metrics, own).values()].map((field) => ({
    ...field,
    join: name,
    name: `${name}.${field.name}`,
    sql: `${name}.${field.name}`,
  }));
}

/** Metrics as what rules on rows may name. */
export function metricFields(metrics: readonly Metric[], fields: Fields): Map<string, Field> {
  return new Map(metrics.map((metric) => [metric.name, metricField(metric, fields)]));
}

function metricField(metric: Metric, fields: Fields): Field {
  const [value, per] = [metric.value, metric.per].map((one) => (one?.field ? fields.get(one.field) : undefined));
  return {
    name: metric.name,
    dataType: metric.per ? "DOUBLE" : typeOf(metric.value, value),
    columnType: "METRIC",
    threshold: stricter(classOf(metric.value, value), metric.per ? classOf(metric.per, per) : "NONE"),
    join: null,
    money: null,
    sql: metricSql(metric, fields),
  };
}

function typeOf({ function: name }: Aggregate, field: Field | undefined): DataType {
  if (name === "rows" || name === "count" || name === "distinct") return "LONG";
  if (name === "avg" || !field || field.money) return "DOUBLE";
  return name === "sum" ? (isWhole(field) ? "LONG" : "DOUBLE") : field.dataType;
}

/** Counting gives nothing of a column away. */
function classOf({ function: name }: Aggregate, field: Field | undefined): ThresholdClass {
  return name === "rows" || name === "count" || name === "distinct" ? "NONE" : (field?.threshold ?? "NONE");
}

const strictness: ThresholdClass[] = ["NONE", "LOW", "MEDIUM", "HIGH", "VERY_HIGH", "INTERNAL"];
const stricter = (one: ThresholdClass, other: ThresholdClass): ThresholdClass =>
  strictness.indexOf(other) > strictness.indexOf(one) ? other : one;

/** A metric without its name. */
export function metricSql({ value, per }: Metric, fields: Fields): string {
  const above = aggregateSql(value, fields);
  if (!per) return above;
  return `${above}${per.each === 1 ? "" : ` * ${per.each}`} / NULLIF(${aggregateSql(per, fields)}, 0)`;
}

function aggregateSql({ function: name, field: ref }: Aggregate, fields: Fields): string {
  if (name === "rows") return "COUNT(*)";
  const field = ref ? fields.get(ref) : undefined;
  const sql = field?.sql ?? ref ?? "";
  if (name === "count") return `COUNT(${sql})`;
  if (name === "distinct") return `COUNT(DISTINCT ${sql})`;
  return inCurrency(`${name.toUpperCase()}(${sql})`, field?.money ?? null);
}
