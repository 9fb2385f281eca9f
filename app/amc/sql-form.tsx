// The editor with what belongs to it: tables, problems, parameters, sample, run, saving.
import { Button, Form } from "antd";
import { type FormEvent, useState } from "react";
import type { AmcInstance, AmcWindow } from "#server/amc/contract";
import type {
  AmcTableItem,
  AmcTemplate,
  LintAnswer,
  SqlProblem,
  TemplateParameter,
} from "#server/amc/template-contract";
import { Section } from "~/ui/page";
import { StatusTag } from "~/ui/status-tag";
import { parametersIn } from "./declared";
import { DeclaredParameters } from "./declared-parameters";
import { InstancePicker } from "./instance-picker";
import { LazyEditor } from "./lazy-editor";
import { ParameterFields, type Values } from "./parameter-fields";
import { Preview } from "./preview";
import { ProblemList } from "./problem-list";
import { SaveTemplate } from "./save-template";
import { SchemaTree } from "./schema-tree";
import { useAnswer } from "./use-answer";
import { useAsking } from "./use-asking";
import { useFormatting } from "./use-formatting";
import { WindowField } from "./window-field";

interface SqlFormProps {
  begun: { sql: string; parameters: TemplateParameter[]; values: Values };
  template: AmcTemplate | null;
  tables: AmcTableItem[];
  instances: AmcInstance[];
  today: string;
}

const noProblems: SqlProblem[] = [];

export function SqlForm({ begun, template, tables, instances, today }: SqlFormProps) {
  const [sql, setSql] = useState(begun.sql);
  const [described, setDescribed] = useState(begun.parameters);
  const [values, setValues] = useState(begun.values);
  const [instanceIds, setInstanceIds] = useState<string[]>([]);
  const [window, setWindow] = useState<AmcWindow>({ kind: "last", days: 28 });
  const [place, setPlace] = useState<SqlProblem | null>(null);
  const { ask, busy, said } = useAsking();
  const { format, formatting } = useFormatting(setSql);
  const parameters = parametersIn(sql, described);
  const instance = instances.find(({ id }) => id === instanceIds[0]);
  const written = sql.trim() !== "";
  const lint = useAnswer<LintAnswer>(
    { resource: "amc-templates", action: "lint" },
    written ? { sql, parameters, ...(instance ? { instanceId: instance.id } : {}) } : null,
  );
  const problems = lint.answer?.problems ?? noProblems;
  const refused = problems.some(({ severity }) => severity === "error");
  const fields = (said?.errors ?? {}) as Record<string, string>;
  const run = (event: FormEvent) => {
    event.preventDefault();
    const question = template && sql === template.sql ? { templateId: template.id } : { sql, parameters };
    void ask({ ...question, title: template?.title ?? "SQL of one's own", instanceIds, values, window, periods: null });
  };
  return (
    <div className="tm-sql">
      <aside className="tm-sql-side" aria-label="What can be asked">
        <SchemaTree
          tables={tables}
          there={instance?.tables ?? []}
          onName={(name) => setSql(`${sql.trimEnd()} ${name}`)}
        />
      </aside>
      <form className="tm-sql-main" onSubmit={run} noValidate>
        <div className="tm-acts">
          <Button onClick={() => void format(sql)} loading={formatting} disabled={!written}>
            Format
          </Button>
          <SaveTemplate {...{ template, sql, parameters }} lint={lint.answer} disabled={!written || refused} />
          <Verdict lint={lint.answer} asking={lint.asking} />
        </div>
        <LazyEditor value={sql} onChange={setSql} tables={tables} problems={problems} place={place} />
        {problems.length > 0 ? (
          <ProblemList problems={problems} onShow={(problem) => setPlace({ ...problem })} />
        ) : null}
        <Form layout="vertical" component={false}>
          {parameters.length > 0 ? (
            <Section title="Parameters">
              <DeclaredParameters parameters={parameters} onChange={setDescribed} />
              <ParameterFields
                {...{ parameters, values }}
                problems={fields}
                brandId={instance?.brandId ?? null}
                onChange={setValues}
              />
            </Section>
          ) : null}
          <Section title="On sample data">
            <Preview
              question={{ sql, parameters, values }}
              title={template?.question || "On sample data"}
              disabled={!written}
            />
          </Section>
          <Section title="Run it">
            <InstancePicker
              instances={instances}
              tables={lint.answer?.tables ?? []}
              value={instanceIds}
              problem={fields.instanceIds ?? fields.instanceId}
              onChange={setInstanceIds}
            />
            <WindowField value={window} onChange={setWindow} problem={fields.window} today={today} />
            <div className="tm-acts">
              <Button
                type="primary"
                htmlType="submit"
                loading={busy}
                disabled={!written || refused || instanceIds.length === 0}
              >
                Run
              </Button>
              {said ? (
                <span role="alert">
                  {said.message} {said.remedy}
                </span>
              ) : null}
            </div>
          </Section>
        </Form>
      </form>
    </div>
  );
}

function Verdict({ lint, asking }: { lint: LintAnswer | null; asking: boolean }) {
  return (
    <span aria-live="polite" aria-busy={asking}>
      {lint ? <VerdictTag {...lint} /> : null}
    </span>
  );
}

function VerdictTag({ problems, requiredUsers }: LintAnswer) {
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
