// The editor with what belongs to it: tables, problems, parameters, sample, run, saving.
import { Button, Form } from "antd";
import { useState } from "react";
import type { AmcInstance, AmcWindow } from "#server/amc/contract";
import type { AmcTableItem, AmcTemplate, LintAnswer, SqlProblem } from "#server/amc/template-contract";
import { Section } from "~/ui/page";
import { StatusTag } from "~/ui/status-tag";
import { useUnsaved } from "~/ui/unsaved";
import { DeclaredParameters } from "./declared-parameters";
import { LazyEditor } from "./lazy-editor";
import { ParameterFields } from "./parameter-fields";
import { Preview } from "./preview";
import { ProblemList } from "./problem-list";
import { RunSection } from "./run-section";
import { SaveTemplate } from "./save-template";
import { SchemaTree } from "./schema-tree";
import type { SqlEditorProps } from "./sql-editor.client";
import type { Asked } from "./use-asking";
import { useFormatting } from "./use-formatting";
import { type SqlDraft, useSqlDraft } from "./use-sql-draft";

interface SqlFormProps {
  /** What it begins with: the SQL, and as what, of which days and where it is asked. */
  begun: SqlDraft & Pick<Asked, "columns" | "chart"> & { title: string; window: AmcWindow; instanceIds: string[] };
  template: AmcTemplate | null;
  tables: AmcTableItem[];
  instances: AmcInstance[];
  today: string;
}

export function SqlForm({ begun, template, tables, instances, today }: SqlFormProps) {
  const [instanceIds, setInstanceIds] = useState(begun.instanceIds);
  const [title, setTitle] = useState(begun.title);
  const [place, setPlace] = useState<SqlProblem | null>(null);
  const [insertion, setInsertion] = useState<SqlEditorProps["insertion"]>(null);
  const instance = instances.find(({ id }) => id === instanceIds[0]) ?? null;
  const drafted = useSqlDraft(begun, instance);
  const { sql, setSql, parameters, describe, values, setValues, lint, problems, sound, asBegun, unsaved } = drafted;
  const { format, formatting } = useFormatting(setSql);
  const release = useUnsaved(unsaved, "The SQL is neither saved as a question nor run, and would be lost.");
  const isTemplate = template !== null && asBegun;
  const question = isTemplate ? { templateId: template.id } : { sql, parameters, ...described(begun, sql) };
  return (
    <div className="tm-sql">
      <aside className="tm-sql-side" aria-label="What can be asked">
        <SchemaTree tables={tables} there={instance?.tables ?? []} onName={(name) => setInsertion({ name })} />
      </aside>
      <div className="tm-sql-main">
        <div className="tm-acts">
          <Button onClick={() => void format(sql)} loading={formatting}>
            Format
          </Button>
          <SaveTemplate {...{ template, sql, parameters }} lint={lint.answer} disabled={!sound} />
          <span aria-live="polite" aria-busy={lint.asking}>
            {lint.asking ? <span className="tm-muted">Checking …</span> : null}
            {lint.answer && !lint.asking ? <Verdict {...lint.answer} /> : null}
            {lint.error && !lint.asking ? (
              <span className="tm-muted">
                It could not be checked: {lint.error.message} {lint.error.remedy}
              </span>
            ) : null}
          </span>
        </div>
        <LazyEditor value={sql} onChange={setSql} tables={tables} {...{ problems, place, insertion }} />
        {problems.length > 0 ? (
          <ProblemList problems={problems} onShow={(problem) => setPlace({ ...problem })} />
        ) : null}
        {parameters.length > 0 ? (
          <Section title="Parameters">
            <DeclaredParameters parameters={parameters} onChange={describe} />
            <Form layout="vertical" component={false}>
              <ParameterFields
                {...{ parameters, values }}
                problems={{}}
                brandId={instance?.brandId ?? null}
                onChange={setValues}
              />
            </Form>
          </Section>
        ) : null}
        <Section title="On sample data">
          <Preview question={{ sql, parameters, values }} title={template?.question || "On sample data"} />
        </Section>
        <RunSection
          {...{ instances, instanceIds, today, sound }}
          question={{ ...question, ...(title.trim() ? { title } : {}), values }}
          window={begun.window}
          tables={lint.answer?.tables ?? []}
          onInstances={setInstanceIds}
          onTitle={isTemplate ? null : setTitle}
          onStarted={release}
        />
      </div>
    </div>
  );
}

/** What the columns are stays known while the SQL changes; a chart may not fit other SQL. */
const described = ({ sql: begun, columns, chart }: SqlFormProps["begun"], sql: string) =>
  columns ? { columns, ...(chart && sql === begun ? { chart } : {}) } : {};

function Verdict({ problems, requiredUsers }: LintAnswer) {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (errors > 0) {
    return (
      <StatusTag signal="problem">
        {errors === 1 ? "AMC would refuse it" : `${errors} places AMC would refuse`}
      </StatusTag>
    );
  }
  return (
    <StatusTag signal="ok">
      {requiredUsers > 1 ? `AMC takes it; a row needs ${requiredUsers} users` : "AMC takes it"}
    </StatusTag>
  );
}
