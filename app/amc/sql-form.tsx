// The editor or the builder with what belongs to both: problems, parameters, sample, run, saving.
import { Alert, Form } from "antd";
import { useState } from "react";
import type { AmcInstance, AmcWindow } from "#server/amc/contract";
import type { AmcTableItem, AmcTemplate, SqlProblem } from "#server/amc/template-contract";
import { Section } from "~/ui/page";
import { ScrollRegion } from "~/ui/scroll-region";
import { useUnsaved } from "~/ui/unsaved";
import { Builder } from "./builder";
import { DeclaredParameters } from "./declared-parameters";
import { LazyEditor } from "./lazy-editor";
import { ParameterFields } from "./parameter-fields";
import { Preview } from "./preview";
import { ProblemList } from "./problem-list";
import { RunSection } from "./run-section";
import { SaveTemplate } from "./save-template";
import { SchemaTree } from "./schema-tree";
import { SqlActs } from "./sql-acts";
import type { SqlEditorProps } from "./sql-editor.client";
import type { Asked } from "./use-asking";
import { useBuilder } from "./use-builder";
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
  const draft = useSqlDraft(begun, instance);
  const { sql, setSql, parameters, describe, values, setValues, lint, problems } = draft;
  const release = useUnsaved(draft.unsaved, "The SQL is neither saved as a question nor run, and would be lost.");
  const onSql = (next: string, declared: SqlDraft["parameters"]) => {
    setSql(next);
    describe(declared);
  };
  const builder = useBuilder({ sql, parameters, items: tables, onSql });
  const unfinished = builder.isShown ? builder.problems.length : 0;
  const sound = draft.sound && unfinished === 0 && !builder.isReading;
  const { format, formatting } = useFormatting(setSql);
  const isTemplate = template !== null && draft.asBegun;
  const question = isTemplate ? { templateId: template.id } : { sql, parameters, ...described(begun, sql) };
  const there = instance?.tables ?? [];
  return (
    <>
      <SqlActs
        isBuilder={builder.isShown}
        onBuilder={builder.show}
        formatting={formatting}
        onFormat={() => void format(sql)}
        save={<SaveTemplate {...{ template, sql, parameters }} lint={lint.answer} disabled={!sound} />}
        {...{ lint, unfinished }}
      />
      {builder.refusal ? (
        <Alert
          type="info"
          showIcon
          message="This stays SQL: the builder has no place for all of it."
          description={builder.refusal}
        />
      ) : null}
      <div className={builder.isShown ? "tm-sql tm-sql-built" : "tm-sql"}>
        {builder.isShown ? (
          <div className="tm-builder" aria-busy={builder.isReading}>
            <Builder {...builder} items={tables} there={there} onChange={builder.change} />
          </div>
        ) : (
          <aside className="tm-sql-side" aria-label="What can be asked">
            <SchemaTree tables={tables} there={there} onName={(name) => setInsertion({ name })} />
          </aside>
        )}
        <div className="tm-sql-main">
          {builder.isShown ? (
            <WrittenSql sql={sql} isBefore={unfinished > 0} />
          ) : (
            <LazyEditor value={sql} onChange={setSql} tables={tables} {...{ problems, place, insertion }} />
          )}
          {problems.length > 0 ? (
            <ProblemList
              problems={problems}
              {...(builder.isShown ? {} : { onShow: (problem) => setPlace({ ...problem }) })}
            />
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
            <Preview
              question={{ sql, parameters, values }}
              title={template?.question || "On sample data"}
              disabled={unfinished > 0 || sql.trim() === ""}
            />
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
    </>
  );
}

/** What the columns are stays known while the SQL changes; a chart may not fit other SQL. */
const described = ({ sql: begun, columns, chart }: SqlFormProps["begun"], sql: string) =>
  columns ? { columns, ...(chart && sql === begun ? { chart } : {}) } : {};

/** What the builder makes of the parts. */
function WrittenSql({ sql, isBefore }: { sql: string; isBefore: boolean }) {
  if (sql.trim() === "") return null;
  return (
    <div>
      <ScrollRegion name="SQL of the question" className="tm-sql-written">
        <pre>{sql}</pre>
      </ScrollRegion>
      {isBefore ? <p className="tm-muted">As it was before the part that is not right yet.</p> : null}
    </div>
  );
}
