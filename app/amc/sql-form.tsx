// The editor or the builder with what belongs to both: problems, parameters, sample, run, saving.
import { Alert, Form } from "antd";
import { useState } from "react";
import type { AmcInstance } from "#server/amc/contract";
import type { AmcTableItem, AmcTemplate, SqlProblem } from "#server/amc/template-contract";
import { Section } from "~/ui/page";
import { ScrollRegion } from "~/ui/scroll-region";
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
import { useBuilder } from "./use-builder";
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
  const draft = useSqlDraft(begun, instance);
  const { sql, setSql, parameters, describe, values, setValues, lint, problems } = draft;
  const onSql = (next: string, declared: SqlDraft["parameters"]) => {
    setSql(next);
    describe(declared);
  };
  const builder = useBuilder({ sql, parameters, items: tables, onSql });
  const unfinished = builder.isShown ? builder.problems.length : 0;
  const sound = draft.sound && unfinished === 0 && !builder.isReading;
  const { format, formatting } = useFormatting(setSql);
  const isTemplate = template !== null && sql === template.sql;
  const question = isTemplate ? { templateId: template.id } : { sql, parameters };
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
            <SchemaTree tables={tables} there={there} onName={(name) => setSql(`${sql.trimEnd()} ${name}`)} />
          </aside>
        )}
        <div className="tm-sql-main">
          {builder.isShown ? (
            <WrittenSql sql={sql} isBefore={unfinished > 0} />
          ) : (
            <LazyEditor value={sql} onChange={setSql} tables={tables} problems={problems} place={place} />
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
            question={{ ...question, title: template?.title ?? "SQL of one's own", values }}
            tables={lint.answer?.tables ?? []}
            onInstances={setInstanceIds}
          />
        </div>
      </div>
    </>
  );
}

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
