import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert } from "antd";
import { useState } from "react";
import type { TemplateParameter } from "#server/amc/template-contract";
import { can } from "~/providers/access-control";
import { Link, useUrlParam } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { LinkButton } from "~/ui/link-button";
import { Facts, Page, Section } from "~/ui/page";
import { Time } from "~/ui/time";
import { Count } from "~/ui/values";
import { loadTemplate } from "./ask.server";
import { AskForm } from "./ask-form";
import { usualWindow, valuesFrom } from "./asked-before";
import type { Values } from "./parameter-fields";
import { Preview } from "./preview";
import { TablesTag } from "./tables";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.template.title ?? "Ask"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadTemplate(args);
export const shouldRevalidate = keepsLoader("brand", "from");

/** One question: asked here, tried on sample data, and how its answer is read. */
export default function TemplatePage() {
  const loaded = useLoaderData<typeof loader>();
  return <Question key={`${loaded.template.id} ${loaded.run?.id ?? ""}`} {...loaded} />;
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

function Question({ template, instances, today, run }: Loaded) {
  const mayWrite = can(useViewer(), "amc.write");
  const [chosen] = useUrlParam("instances");
  const [values, setValues] = useState<Values>(valuesFrom(run, template.parameters));
  const instance = instances.find(({ id }) => id === chosen?.split(",")[0]) ?? null;
  const { title, question, privacy, guide, runs, lastRunAt, tables, paidTables } = template;
  return (
    <Page
      title={question || title}
      description={title}
      state={<TablesTag tables={tables} paidTables={paidTables} instance={instance} />}
      action={mayWrite ? <LinkButton to={`/amc/sql?template=${template.id}`}>See its SQL</LinkButton> : null}
      trail={[{ label: "Ask AMC", to: "/amc" }]}
    >
      {run && run.sql !== template.sql ? <Differs id={run.id} /> : null}
      <div className="tm-ask">
        <AskForm
          template={template}
          instances={instances}
          today={today}
          values={values}
          onValues={setValues}
          window={run?.asked ?? usualWindow}
        />
        <div>
          <Preview
            question={{ templateId: template.id, values: samplesOf(template.parameters, values) }}
            title={question || title}
          />
          <Section title="How to read it">
            <div className="tm-guide">
              {guide.split("\n").map((line) => (
                <p key={line}>{line}</p>
              ))}
              {privacy ? <p className="tm-muted">{privacy}</p> : null}
            </div>
          </Section>
          <Section title="What it reads">
            <Facts
              items={[
                { label: "Tables", value: tables.join(", ") },
                { label: "Runs", value: <Count value={runs} /> },
                { label: "Last run", value: <Time at={lastRunAt} /> },
              ]}
            />
          </Section>
        </div>
      </div>
    </Page>
  );
}

/** What is asked here is not what the run asked. */
const Differs = ({ id }: { id: string }) => (
  <Alert
    type="info"
    showIcon
    className="tm-form-failure"
    message="The question has changed since this run"
    description={
      <>
        Its values stand below, the SQL is that of today.{" "}
        <Link to={`/amc/sql?run=${id}`}>Ask as it was asked then</Link>
      </>
    }
  />
);

/** The sample has campaigns and products of its own: what is chosen of yours is left out. */
const samplesOf = (parameters: readonly TemplateParameter[], values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => !parameters.some((one) => one.name === name && one.from)),
  );
