import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button, Select } from "antd";
import { useMemo } from "react";
import {
  type AmcExecution,
  executionOrigins,
  executionStates,
  executionStateWords,
} from "#server/amc/execution-contract";
import { lazyDrawer } from "~/lists/lazy";
import { useNews } from "~/providers/live";
import { Link, useUrlParam } from "~/providers/router";
import { keepsLoader, useReread } from "~/revalidate";
import { DataTable } from "~/ui/data-table";
import { LinkButton } from "~/ui/link-button";
import { Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { type ListState, useSeededTable } from "~/ui/use-list";
import { BatchList } from "./batch-list";
import { InstanceLoad } from "./instance-load";
import type { PolicyDrawerProps } from "./policy-drawer";
import { runColumns } from "./run-columns";
import { loadRuns } from "./runs.server";
import { originWords } from "./words";

export const meta: MetaFunction = () => [{ title: "AMC runs · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadRuns(args);
export const shouldRevalidate = keepsLoader("brand", "batch");

const PolicyDrawer = lazyDrawer<PolicyDrawerProps>(() => import("./policy-drawer"));

/** What is at Amazon now, what waits for a place, and every run there was. */
export default function Runs() {
  const { seed, permanent, instances, accounts, batches, batchId } = useLoaderData<typeof loader>();
  const table = useSeededTable<AmcExecution>("amc-executions", seed, { permanent });
  const [, setBatch] = useUrlParam("batch");
  const [rules, setRules] = useUrlParam("rules");
  const columns = useMemo(() => runColumns(batchId), [batchId]);
  useNews(["amc-executions", "amc-batches", "amc-instances"], useReread());
  return (
    <Page
      title="AMC runs"
      description="What Amazon works on now, what waits for one of its places, and the answers there are. Answers are kept for good."
      action={
        <>
          <Button onClick={() => setRules("open")}>Rules</Button>
          <LinkButton to="/amc">Ask a question</LinkButton>
        </>
      }
      width="full"
    >
      <PolicyDrawer open={rules !== null} onClose={() => setRules(null)} />
      <InstanceLoad {...{ instances, accounts }} />
      {batches.length > 0 ? (
        <Section
          title={batchId ? "This batch" : "Batches under way"}
          side={
            batchId ? (
              <button type="button" className="tm-link" onClick={() => setBatch(null)}>
                Show runs of all batches
              </button>
            ) : null
          }
        >
          <BatchList batches={batches} />
        </Section>
      ) : null}
      <Section title="Runs">
        <DataTable
          table={table}
          columns={columns}
          what="runs"
          height="auto"
          searchLabel="Search by question, person, instance"
          labelOf={({ title, instanceName }) => `${title}, ${instanceName}`}
          filters={<Filters table={table} instances={instances} />}
          takesFiles={false}
          empty={
            <EmptyState title="Runs will be listed here" action={<Link to="/amc">Ask a question</Link>}>
              Nobody has asked AMC anything yet. A run takes Amazon from a minute to hours; you can leave the page.
            </EmptyState>
          }
        />
      </Section>
    </Page>
  );
}

interface FiltersProps {
  table: ListState<AmcExecution>;
  instances: { id: string; name: string }[];
}

const chosen = (table: FiltersProps["table"], field: string) => [table.filterValue(field)].flat()[0] ?? null;

function Filters({ table, instances }: FiltersProps) {
  const choices = [
    {
      field: "state",
      label: "State",
      any: "Any state",
      options: executionStates.map((value) => ({ value, label: executionStateWords[value] })),
    },
    {
      field: "origin",
      label: "Started by",
      any: "Started by anything",
      options: executionOrigins.map((value) => ({ value, label: originWords[value] })),
    },
    {
      field: "instanceId",
      label: "Instance",
      any: "Any instance",
      options: instances.map(({ id, name }) => ({ value: id, label: name })),
    },
  ];
  return choices.map(({ field, label, any, options }) => (
    <Select<string | null>
      key={field}
      aria-label={label}
      allowClear
      popupMatchSelectWidth={false}
      placeholder={any}
      value={chosen(table, field)}
      options={options}
      onChange={(value) => table.setFilter(field, value ?? undefined)}
    />
  ));
}
