import { CloseOutlined } from "@ant-design/icons";
import { Button, Input, Select } from "antd";
import type { Problems } from "~/pages/problems";
import { type BuiltQuestion, columnsOf, type Join, type Table } from "../../packages/amc-builder";
import { commonKeys, newJoin } from "./builder-edits";
import { MetricRows } from "./builder-metrics";
import { PartProblem, replaced, without } from "./builder-part";
import { RuleTree } from "./builder-rules";

interface JoinRowsProps {
  question: BuiltQuestion;
  tables: readonly Table[];
  /** Tables as choices. */
  options: { value: string; label: string; disabled: boolean }[];
  problems: Problems;
  onChange(joins: Join[]): void;
}

const mostJoins = 3;

/** Other tables, each summed up to one row a key. */
export function JoinRows({ question, tables, options, problems, onChange }: JoinRowsProps) {
  const { joins, source } = question;
  const own = tables.find(({ name }) => name === source);
  const joinable = options.filter(
    ({ value }) =>
      commonKeys(
        own,
        tables.find(({ name }) => name === value),
      ).length > 0,
  );
  const add = (name: string) => {
    const table = tables.find((one) => one.name === name);
    if (table) onChange([...joins, newJoin(table, question, tables)]);
  };
  return (
    <>
      {joins.map((join, index) => (
        <JoinBlock
          // biome-ignore lint/suspicious/noArrayIndexKey: the name of a join is what is being typed
          key={index}
          {...{ join, own, problems }}
          name={`Table ${index + 2}`}
          path={`joins.${index}`}
          table={tables.find(({ name }) => name === join.table)}
          onChange={(next) => onChange(replaced(joins, index, next))}
          onRemove={() => onChange(without(joins, index))}
        />
      ))}
      {joins.length < mostJoins ? (
        <Select
          aria-label="Add a table"
          className="tm-part-add-table"
          showSearch
          placeholder="Add a table, one row a user"
          value={null}
          options={joinable}
          onChange={(name: string | null) => add(name ?? "")}
        />
      ) : null}
    </>
  );
}

interface JoinBlockProps {
  name: string;
  join: Join;
  path: string;
  own: Table | undefined;
  table: Table | undefined;
  problems: Problems;
  onChange(join: Join): void;
  onRemove(): void;
}

const kinds: { value: Join["kind"]; label: string }[] = [
  { value: "INNER", label: "keep what has a match" },
  { value: "LEFT", label: "keep everything" },
];

function JoinBlock({ name, join, path, own, table, problems, onChange, onRemove }: JoinBlockProps) {
  const fields = columnsOf(table, false);
  const keys = commonKeys(own, table).map((value) => ({ value, label: `by ${value}` }));
  const { [path]: problem, ...within } = problems;
  return (
    <section className="tm-part-join" aria-label={name}>
      <div className="tm-part-row">
        <code>{join.table}</code>
        <span className="tm-part-name">
          <span aria-hidden>as</span>
          <Input
            aria-label={`${name}, name`}
            maxLength={60}
            spellCheck={false}
            value={join.name}
            onChange={({ target }) =>
              onChange({ ...join, name: target.value.toLowerCase().replace(/[^a-z0-9_]/g, "_") })
            }
          />
        </span>
        <Select
          aria-label={`${name}, key`}
          className="tm-part-how"
          popupMatchSelectWidth={false}
          showSearch
          value={join.key.there}
          options={keys}
          onChange={(key) => onChange({ ...join, key: { here: key, there: key } })}
        />
        <Select
          aria-label={`${name}, what is kept`}
          className="tm-part-how"
          popupMatchSelectWidth={false}
          value={join.kind}
          options={kinds}
          onChange={(kind) => onChange({ ...join, kind })}
        />
        <Button type="text" size="small" aria-label={`Remove ${name}`} icon={<CloseOutlined />} onClick={onRemove} />
      </div>
      {problem ? <PartProblem problems={{ [path]: problem }} path={path} /> : null}
      <p className="tm-muted">
        One row for each {join.key.there || "key"}, so that no event of {own?.name} is counted twice.
      </p>
      <MetricRows
        noun={`${name} number`}
        metrics={join.metrics}
        taken={[join.key.there]}
        fields={fields}
        path={`${path}.metrics`}
        problems={within}
        onChange={(metrics) => onChange({ ...join, metrics })}
      />
      <h3>Only its events where</h3>
      <RuleTree
        noun={`${name} rule`}
        group={join.where}
        fields={fields}
        path={`${path}.where`}
        problems={within}
        onChange={(where) => onChange({ ...join, where })}
      />
    </section>
  );
}
