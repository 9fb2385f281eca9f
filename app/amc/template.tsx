import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useState } from "react";
import type { TemplateParameter } from "#server/amc/template-contract";
import { useUrlParam } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { LinkButton } from "~/ui/link-button";
import { Facts, Page, Section } from "~/ui/page";
import { Time } from "~/ui/time";
import { Count } from "~/ui/values";
import { loadTemplate } from "./ask.server";
import { AskForm } from "./ask-form";
import { defaultsOf, type Values } from "./parameter-fields";
import { Preview } from "./preview";
import { TablesTag } from "./tables";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.template.title ?? "Ask"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadTemplate(args);
export const shouldRevalidate = keepsLoader("brand", "from");

/** One question: asked here, tried on sample data, and how its answer is read. */
export default function TemplatePage() {
  const { template, instances, today, from } = useLoaderData<typeof loader>();
  const [chosen] = useUrlParam("instances");
  const [values, setValues] = useState<Values>({ ...defaultsOf(template.parameters), ...from });
  const instance = instances.find(({ id }) => id === chosen?.split(",")[0]) ?? null;
  const { title, question, privacy, guide, runs, lastRunAt, tables, paidTables } = template;
  return (
    <Page
      title={question || title}
      description={title}
      state={<TablesTag tables={tables} paidTables={paidTables} instance={instance} />}
      action={<LinkButton to={`/amc/sql?template=${template.id}`}>See its SQL</LinkButton>}
      trail={[{ label: "Ask AMC", to: "/amc" }]}
    >
      <div className="tm-ask">
        <AskForm
          template={template}
          instances={instances}
          today={today}
          values={values}
          onValues={setValues}
          window={{ kind: "last", days: 28 }}
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

/** The sample has campaigns and products of its own: what is chosen of yours is left out. */
const samplesOf = (parameters: readonly TemplateParameter[], values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => !parameters.some((one) => one.name === name && one.from)),
  );
