import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Select } from "antd";
import { useMemo } from "react";
import { type ActionRun, RunState, runStateWords } from "#server/pages/run-contract";
import { lazyDrawer } from "~/lists/lazy";
import { useUrlParam } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import type { Column } from "~/ui/columns";
import { DataTable } from "~/ui/data-table";
import { DayFilters } from "~/ui/day-filters";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { Count } from "~/ui/values";
import type { RunDrawerProps } from "./run-drawer";
import { RunTag } from "./run-tag";
import { loadRuns } from "./runs.server";
import { listWords } from "./use-descriptions";

export const meta: MetaFunction = () => [{ title: "Runs of custom actions · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadRuns(args);
export const shouldRevalidate = keepsLoader("brand");

const RunDrawer = lazyDrawer<RunDrawerProps>(() => import("./run-drawer"));

const states = RunState.options.map((state) => ({ value: state, label: runStateWords[state] }));

export default function Runs() {
  const { seed, permanent, actions } = useLoaderData<typeof loader>();
  const table = useSeededTable<ActionRun>("custom-action-runs", seed, { permanent });
  const [runId, setRunId] = useUrlParam("run");
  const columns = useMemo(() => runColumns(setRunId), [setRunId]);
  return (
    <Page
      title="Runs of custom actions"
      description="Each call that a custom action made: by whom, for what, what was sent and what came back. Kept 180 days."
      width="full"
      trail={[{ label: "Custom actions", to: "/custom-actions" }]}
    >
      <DataTable
        table={table}
        columns={columns}
        what="runs"
        searchLabel="Search runs"
        takesFiles={false}
        labelOf={({ actionLabel, recordLabel }) => `${actionLabel}: ${recordLabel}`}
        filters={
          <>
            <Select
              aria-label="State"
              allowClear
              placeholder="Any state"
              options={states}
              value={table.filterValue("state") as RunState | undefined}
              onChange={(value) => table.setFilter("state", value)}
            />
            <Select
              aria-label="Action"
              allowClear
              popupMatchSelectWidth={false}
              placeholder="Any action"
              options={actions}
              value={table.filterValue("actionId") as string | undefined}
              onChange={(value) => table.setFilter("actionId", value)}
            />
            <DayFilters table={table} field="createdAt" />
          </>
        }
        empty={
          <EmptyState title="Runs will be listed here">
            Nobody has used a custom action yet. They are offered on custom pages.
          </EmptyState>
        }
      />
      <RunDrawer open={runId !== null} id={runId} onClose={() => setRunId(null)} />
    </Page>
  );
}

const runColumns = (onShow: (id: string) => void): Column<ActionRun>[] => [
  {
    key: "actionLabel",
    title: "Action",
    sort: true,
    width: 200,
    render: ({ id, actionLabel, test }) => (
      <>
        <button type="button" className="tm-link" onClick={() => onShow(id)}>
          {actionLabel}
        </button>
        {test ? <span className="tm-muted"> test</span> : null}
      </>
    ),
  },
  {
    key: "recordLabel",
    title: "For",
    sort: true,
    narrow: true,
    render: ({ recordLabel, recordType }) => (
      <span className="tm-brief" data-tip={`${recordLabel}, ${listWords(recordType).toLowerCase()}`}>
        {recordLabel || <span className="tm-muted">nothing</span>}
      </span>
    ),
  },
  { key: "state", title: "State", sort: true, narrow: true, render: (run) => <RunTag run={run} /> },
  {
    key: "status",
    title: "Answer",
    numeric: true,
    render: ({ status }) => status ?? <span className="tm-muted">–</span>,
  },
  { key: "attempts", title: "Attempts", numeric: true, render: ({ attempts }) => <Count value={attempts} /> },
  {
    key: "brand",
    title: "Brand",
    field: "brandName",
    render: ({ brandName }) => brandName ?? <span className="tm-muted">–</span>,
  },
  { key: "startedBy", title: "By", sort: true, render: ({ startedBy }) => startedBy },
  { key: "createdAt", title: "Begun", sort: true, render: ({ createdAt }) => <Time at={createdAt} past /> },
  { key: "endedAt", title: "Ended", sort: true, render: ({ endedAt }) => <Time at={endedAt} none="not yet" past /> },
];
