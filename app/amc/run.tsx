import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useNews } from "~/providers/live";
import { keepsLoader, useReread } from "~/revalidate";
import { Facts, Page, Section } from "~/ui/page";
import { Time } from "~/ui/time";
import { Count } from "~/ui/values";
import { loadRun } from "./run.server";
import { RunActs } from "./run-acts";
import { RunAnswer } from "./run-answer";
import { RunProgress } from "./run-progress";
import { ValueList } from "./value-list";
import { DaysOf, ExecutionTag } from "./words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.run.title ?? "Run"} · Tidemark` }];
export const loader = (args: LoaderFunctionArgs) => loadRun(args);
export const shouldRevalidate = keepsLoader("with");

/** One run: where it is, and once it is over its answer with what thresholds hide of it. */
export default function RunPage() {
  const { run, answer } = useLoaderData<typeof loader>();
  useNews(["amc-executions"], useReread());
  const { instanceName, brandName, window, createdBy, createdAt, values, parameters, sql } = run;
  return (
    <Page
      title={run.title}
      description={answer?.result.question}
      state={
        <span aria-live="polite">
          <ExecutionTag state={run.state} />
        </span>
      }
      action={<RunActs run={run} />}
      trail={[{ label: "AMC runs", to: "/amc/runs" }]}
      width="full"
    >
      <Facts
        items={[
          { label: "Instance", value: instanceName },
          { label: "Brand", value: brandName ?? "none" },
          {
            label: "Days",
            value: (
              <>
                <DaysOf window={window} /> <span className="tm-muted">{window.timeZone}</span>
              </>
            ),
          },
          { label: "Asked", value: <Time at={createdAt} past /> },
          { label: "Asked by", value: createdBy },
          ...(answer ? [{ label: "Rows", value: <Count value={answer.result.rowCount} /> }] : []),
        ]}
      />
      {answer ? <RunAnswer run={run} {...answer} /> : <RunProgress run={run} />}
      <Section title="What was asked">
        <ValueList {...{ values, parameters }} />
        <details className="tm-sql-text">
          <summary>SQL</summary>
          <pre>
            <code>{sql}</code>
          </pre>
        </details>
      </Section>
    </Page>
  );
}
