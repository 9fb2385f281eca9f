import { Select } from "antd";
import type { Problems } from "~/pages/problems";
import {
  type Aggregate,
  type Field,
  type Fields,
  isNumber,
  isPrivate,
  isTime,
  type Metric,
  type MetricFunction,
} from "../../packages/amc-builder";
import { metricName, newMetric } from "./builder-edits";
import { FieldSelect } from "./builder-field";
import { AddPart, NameInput, PartRow, replaced, without } from "./builder-part";

interface MetricRowsProps {
  /** "Number", or what one is called within a join. */
  noun: string;
  metrics: Metric[];
  /** Names of the other columns beside them. */
  taken: readonly string[];
  fields: Fields;
  path: string;
  problems: Problems;
  onChange(metrics: Metric[]): void;
}

/** The numbers that are worked out. */
export function MetricRows({ noun, metrics, taken, fields, path, problems, onChange }: MetricRowsProps) {
  return (
    <>
      <ul className="tm-plain-list">
        {metrics.map((metric, index) => {
          const name = `${noun} ${index + 1}`;
          const others = [...taken, ...without(metrics, index).map((one) => one.name)];
          return (
            <PartRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a number has no name of its own that is not being typed
              key={index}
              {...{ name, problems }}
              path={`${path}.${index}`}
              onRemove={() => onChange(without(metrics, index))}
            >
              <MetricRow
                {...{ name, metric, others, fields }}
                onChange={(next) => onChange(replaced(metrics, index, next))}
              />
            </PartRow>
          );
        })}
      </ul>
      <AddPart onClick={() => onChange([...metrics, newMetric(metrics, fields)])}>Add a number</AddPart>
    </>
  );
}

interface MetricRowProps {
  name: string;
  metric: Metric;
  others: readonly string[];
  fields: Fields;
  onChange(metric: Metric): void;
}

const perOptions = [
  { value: 0, label: "in all" },
  { value: 1, label: "per" },
  { value: 1000, label: "per 1000 of" },
];

function MetricRow({ name, metric, others, fields, onChange }: MetricRowProps) {
  const { value, per } = metric;
  /** A name that nobody chose goes with what it names. */
  const change = (next: Metric) =>
    onChange({ ...next, name: metric.name === metricName(metric, others) ? metricName(next, others) : metric.name });
  const divideBy = (each: number) =>
    change({
      ...metric,
      per: each === 0 ? null : { ...(per ?? { function: "rows", field: null }), each: each === 1 ? 1 : 1000 },
    });
  return (
    <>
      <AggregateSelects {...{ name, fields }} value={value} onChange={(next) => change({ ...metric, value: next })} />
      <Select
        aria-label={`${name}, in all or per`}
        className="tm-part-how"
        popupMatchSelectWidth={false}
        value={per?.each ?? 0}
        options={perOptions}
        onChange={divideBy}
      />
      {per ? (
        <AggregateSelects
          name={`${name}, per`}
          fields={fields}
          value={per}
          onChange={(next) => change({ ...metric, per: { ...next, each: per.each } })}
        />
      ) : null}
      <NameInput
        label={`${name}, name`}
        value={metric.name}
        onChange={(called) => onChange({ ...metric, name: called })}
      />
    </>
  );
}

const functionWords: Record<MetricFunction, string> = {
  rows: "count of events",
  distinct: "distinct",
  sum: "sum of",
  avg: "average of",
  min: "least",
  max: "most",
  count: "events with",
};
const functionOptions = Object.entries(functionWords).map(([value, label]) => ({
  value: value as MetricFunction,
  label,
}));

interface AggregateSelectsProps {
  name: string;
  fields: Fields;
  value: Aggregate;
  onChange(value: Aggregate): void;
}

function AggregateSelects({ name, fields, value, onChange }: AggregateSelectsProps) {
  const choose = (next: MetricFunction) => {
    const held = value.field === null ? undefined : fields.get(value.field);
    const fits = held && refusalOf(next)(held) === null;
    const first = [...fields].find(
      ([, field]) => refusalOf(next)(field) === null && (next === "distinct" || field.columnType === "METRIC"),
    );
    onChange({ function: next, field: next === "rows" ? null : fits ? value.field : (first?.[0] ?? "") });
  };
  return (
    <>
      <Select
        aria-label={`${name}, what`}
        className="tm-part-how"
        popupMatchSelectWidth={false}
        value={value.function}
        options={functionOptions}
        onChange={choose}
      />
      {value.function === "rows" ? null : (
        <FieldSelect
          label={`${name}, column`}
          fields={fields}
          value={value.field}
          refusal={refusalOf(value.function)}
          onChange={(field) => onChange({ ...value, field })}
        />
      )}
    </>
  );
}

const refusalOf =
  (name: MetricFunction) =>
  (field: Field): string | null => {
    if (field.dataType === "ARRAY" || field.dataType === "BINARY") return "a list";
    if (field.join && (name === "sum" || name === "avg" || name === "count"))
      return "would be taken once for each event";
    if (name === "distinct" || name === "count") return null;
    if (isPrivate(field)) return "never shown: count its distinct values";
    const isEnd = name === "min" || name === "max";
    return isNumber(field) || (isEnd && isTime(field)) ? null : "no number";
  };
