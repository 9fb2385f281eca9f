// A question put together from parts. What it holds becomes SQL; the editor's acts do the rest.
import { Select } from "antd";
import type { AmcTableItem } from "#server/amc/template-contract";
import type { Problems } from "~/pages/problems";
import { EmptyState } from "~/ui/states";
import {
  type BuiltQuestion,
  fieldsOf,
  metricFields,
  type QuestionProblem,
  type Table,
} from "../../packages/amc-builder";
import { questionOn } from "./builder-edits";
import { examples } from "./builder-examples";
import { GroupRows } from "./builder-groups";
import { JoinRows } from "./builder-joins";
import { MetricRows } from "./builder-metrics";
import { Part, PartProblem } from "./builder-part";
import { RuleTree } from "./builder-rules";
import { tableNote } from "./schema-tree";

interface BuilderProps {
  /** Null: nothing is asked yet. */
  question: BuiltQuestion | null;
  /** The SQL at hand is on its way to become one. */
  isReading: boolean;
  problems: readonly QuestionProblem[];
  tables: readonly Table[];
  items: readonly AmcTableItem[];
  /** Tables of the instance; empty: not known. */
  there: readonly string[];
  onChange(question: BuiltQuestion): void;
}

export function Builder({ question, isReading, problems, tables, items, there, onChange }: BuilderProps) {
  const options = items
    .filter(({ id }) => tables.some(({ name }) => name === id))
    .map(({ id, paid }) => {
      const note = tableNote(id, { paid, there });
      return { value: id, label: note ? `${id}, ${note}` : id, disabled: there.length > 0 && !there.includes(id) };
    });
  const choose = (source: string) => onChange(question ? { ...question, source } : questionOn(source, tables));
  const source = (
    <Select
      aria-label="Table to read"
      className="tm-part-table"
      showSearch
      placeholder="Choose a table"
      value={question?.source ?? null}
      options={options}
      onChange={(next: string | null) => next && choose(next)}
    />
  );
  if (isReading) return <Coming />;
  if (!question) return <Beginning source={source} onChange={onChange} />;
  return <Parts {...{ question, tables, options, source, onChange }} problems={byPath(problems)} />;
}

const byPath = (problems: readonly QuestionProblem[]): Problems => {
  const all: Problems = {};
  for (const { path, message } of problems) all[path] = [all[path], message].filter(Boolean).join(" ");
  return all;
};

interface PartsProps {
  question: BuiltQuestion;
  tables: readonly Table[];
  options: { value: string; label: string; disabled: boolean }[];
  source: JSX.Element;
  problems: Problems;
  onChange(question: BuiltQuestion): void;
}

function Parts({ question, tables, options, source, problems, onChange }: PartsProps) {
  const { groups, metrics, where, having } = question;
  const fields = fieldsOf(question, tables);
  const rows = metricFields(metrics, fields);
  const set = (change: Partial<BuiltQuestion>) => onChange({ ...question, ...change });
  return (
    <>
      <Part title="Read from">
        {source}
        <PartProblem problems={problems} path="source" />
        <JoinRows {...{ question, tables, options, problems }} onChange={(joins) => set({ joins })} />
      </Part>
      <GroupRows
        {...{ groups, fields, problems }}
        taken={metrics.map(({ name }) => name)}
        onChange={(next) => set({ groups: next })}
      />
      <Part title="Work out" words="The numbers of each row. Money is in currency.">
        <MetricRows
          noun="Number"
          {...{ metrics, fields, problems }}
          path="metrics"
          taken={groups.map(({ name }) => name)}
          onChange={(next) => set({ metrics: next })}
        />
        {metrics.length === 0 ? <PartProblem problems={problems} path="metrics" /> : null}
      </Part>
      <Part title="Only events where">
        <RuleTree
          noun="Rule"
          group={where}
          path="where"
          {...{ fields, problems }}
          onChange={(next) => set({ where: next })}
        />
      </Part>
      <Part title="Only rows where" words="By the numbers worked out; thresholds hide rows besides.">
        <RuleTree
          noun="Row rule"
          group={having}
          fields={rows}
          path="having"
          problems={problems}
          onChange={(next) => set({ having: next })}
        />
      </Part>
    </>
  );
}

const Coming = () => (
  <div role="status">
    <span className="tm-unseen">Reading the SQL</span>
    <span className="tm-bone tm-chart-bone" style={{ height: 360 }} />
  </div>
);

function Beginning({ source, onChange }: { source: JSX.Element; onChange(question: BuiltQuestion): void }) {
  return (
    <EmptyState title="A question is put together here" action={source}>
      <p>Choose the table it reads, or begin with one of these and change it.</p>
      <ul className="tm-plain-list">
        {examples.map(({ title, question }) => (
          <li key={title}>
            <button type="button" className="tm-link" onClick={() => onChange(question)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}
