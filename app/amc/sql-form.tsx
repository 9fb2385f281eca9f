// The editor with what belongs to it: tables, problems, parameters, sample, run, saving.
import { Button, Form } from "antd";
import { useState } from "react";
import type { AmcInstance } from "#server/amc/contract";
import type { AmcTableItem, AmcTemplate, LintAnswer, SqlProblem } from "#server/amc/template-contract";
import { Section } from "~/ui/page";
import { StatusTag } from "~/ui/status-tag";
import { DeclaredParameters } from "./declared-parameters";
import { LazyEditor } from "./lazy-editor";
import { ParameterFields } from "./parameter-fields";
import { Preview } from "./preview";
import { ProblemList } from "./problem-list";
import { RunSection } from "./run-section";
import { SaveTemplate } from "./save-template";
import { SchemaTree } from "./schema-tree";
import { useFormatting } from "./use-formatting";
import { type SqlDraft, useSqlDraft } from "./use-sql-draft";

interface SqlFormProps {
  begun: SqlDraft;
  template: AmcTemplate | null;
  tables: AmcTableItem[];
  instances: AmcInstance[];
  today: string;
}

export function SqlForm({ begun, template, tables, instances, today }: SqlFormProps) {
  const [instanceIds, setInstanceIds] = useState<string[]>([]);
  const [place, setPlace] = useState<SqlProblem | null>(null);
  const instance = instances.find(({ id }) => id === instanceIds[0]) ?? null;
  const { sql, setSql, parameters, describe, values, setValues, lint, problems, sound } = useSqlDraft(begun, instance);
  const { format, formatting } = useFormatting(setSql);
  const isTemplate = template !== null && sql === template.sql;
  const question = isTemplate ? { templateId: template.id } : { sql, parameters };
  return (
    <div className="tm-sql">
      <aside className="tm-sql-side" aria-label="What can be asked">
        <SchemaTree
          tables={tables}
          there={instance?.tables ?? []}
          onName={(name) => setSql(`${sql.trimEnd()} ${name}`)}
        />
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
        <LazyEditor value={sql} onChange={setSql} tables={tables} problems={problems} place={place} />
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
          question={{ ...question, title: template?.title ?? "SQL of one's own", values }}
          tables={lint.answer?.tables ?? []}
          onInstances={setInstanceIds}
        />
      </div>
    </div>
  );
}

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
