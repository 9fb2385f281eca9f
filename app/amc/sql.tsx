import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useState } from "react";
import { useUrlParam } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { Page, Section } from "~/ui/page";
import { ownTitle, usualWindow, valuesFrom } from "./asked-before";
import { nameOfRun } from "./run-name";
import { loadSql } from "./sql.server";
import { SqlForm } from "./sql-form";
import { VersionList } from "./version-list";

export const meta: MetaFunction = () => [{ title: "AMC SQL · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadSql(args);
export const shouldRevalidate = keepsLoader("template", "run", "brand");

const beginning = `SELECT campaign,
  COUNT(DISTINCT user_id) AS users,
  SUM(impressions) AS impressions
FROM dsp_impressions
WHERE user_id IS NOT NULL
GROUP BY campaign`;

/** A question in SQL or put together from parts: whatever AMC would refuse is said while it is written. */
export default function Sql() {
  const { template, run, versions, tables, instances, today } = useLoaderData<typeof loader>();
  const [view] = useUrlParam("view");
  // The builder begins with a choice of its own.
  const [blank] = useState(view === "builder" ? "" : beginning);
  const asked = run ?? template;
  const title = asked?.title ?? ownTitle;
  const begun = {
    sql: asked?.sql ?? blank,
    parameters: asked?.parameters ?? [],
    values: valuesFrom(run, asked?.parameters ?? []),
    ...(asked ? { columns: asked.columns, chart: asked.chart } : {}),
    title: title === ownTitle ? "" : title,
    window: run?.asked ?? usualWindow,
    instanceIds: run ? [run.instanceId] : [],
  };
  return (
    <Page
      title={title}
      description={describe(template)}
      trail={[
        { label: "Ask AMC", to: "/amc" },
        ...(run ? [{ label: nameOfRun(run), to: `/amc/runs/${run.id}` }] : []),
        ...(template ? [{ label: template.question || template.title, to: `/amc/templates/${template.id}` }] : []),
      ]}
      width="full"
    >
      <SqlForm
        key={`${template?.id ?? ""} ${template?.version ?? ""} ${run?.id ?? ""}`}
        {...{ begun, template, tables, instances, today }}
      />
      {template && versions.length > 1 ? (
        <Section title="Versions">
          <VersionList versions={versions} />
        </Section>
      ) : null}
    </Page>
  );
}

function describe(template: { builtIn: boolean; version: number; forkOf: string | null } | null): string {
  if (!template)
    return "Write a question, or put it together. It is checked against AMC's rules while you write, and tried on sample data before it costs a run.";
  if (template.builtIn) return "A built-in question: saved, it becomes one of your agency's own.";
  return `Version ${template.version} of your agency's question. Saving makes a new one; schedules that pin one keep it.`;
}
