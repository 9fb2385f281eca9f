import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Select } from "antd";
import type { SyncRun } from "#server/insights/sync-contract";
import { can, canEverywhere } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { Link } from "~/providers/router";
import { keepsLoader, useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { type Column, DataTable } from "~/ui/data-table";
import { Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { Count, Day } from "~/ui/values";
import { ReportDays } from "./report-days";
import { kindWords, RunTag, runStateOptions } from "./status-words";
import { loadSync } from "./sync.server";
import { SyncProgress } from "./sync-progress";

export const meta: MetaFunction = () => [{ title: "Data sync · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadSync(args);
export const shouldRevalidate = keepsLoader("brand");

const columns: Column<SyncRun>[] = [
  { key: "accountName", title: "Account", width: 220, render: (run) => run.accountName },
  {
    key: "subject",
    title: "What",
    narrow: true,
    render: ({ subject, what, kind }) => (subject === "entities" ? what : `${what}, ${kindWords[kind].toLowerCase()}`),
  },
  {
    key: "range",
    title: "Days",
    render: ({ range }) =>
      range ? (
        <>
          <Day day={range.from} year={false} /> – <Day day={range.to} />
        </>
      ) : (
        <span className="tm-muted">all</span>
      ),
  },
  { key: "state", title: "State", narrow: true, render: (run) => <RunTag run={run} /> },
  { key: "createdAt", title: "Due", sort: true, render: (run) => <Time at={run.createdAt} /> },
  { key: "finishedAt", title: "Over", sort: true, render: (run) => <Time at={run.finishedAt} none="not yet" /> },
  { key: "rowsRead", title: "Rows read", numeric: true, render: (run) => <Count value={run.rowsRead} /> },
  {
    key: "rowsChanged",
    title: "Changed",
    numeric: true,
    hint: "Numbers that were new, restated by Amazon, or gone.",
    render: (run) => <Count value={run.rowsChanged} />,
  },
  {
    key: "rowsRejected",
    title: "Not read",
    numeric: true,
    sort: true,
    hint: "Rows that did not parse: kept, counted, and left out of the numbers.",
    render: (run) => <Count value={run.rowsRejected} />,
  },
  { key: "note", title: "Note", optional: true, render: ({ note }) => note ?? "" },
  { key: "reportId", title: "Report id", optional: true, render: ({ reportId }) => <code>{reportId ?? ""}</code> },
];

function NoAccounts() {
  const mayConnect = canEverywhere(useViewer(), "connections.write");
  return (
    <EmptyState
      title="Accounts and their data will be listed here"
      action={mayConnect ? <Link to="/connections/new">Connect Amazon</Link> : null}
    >
      Advertisers that a connection reaches are synced by themselves: 95 days at first, then every hour.
    </EmptyState>
  );
}

export default function Sync() {
  const { syncs, more, seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<SyncRun>("sync-runs", seed);
  const viewer = useViewer();
  const revalidate = useReread();
  useNews(["sync-runs", "sync-status"], revalidate);
  const actions = { sync: can(viewer, "insights.write"), open: can(viewer, "accounts.read") };
  return (
    <Page
      title="Data sync"
      description="What has come from Amazon for each advertiser, what is on its way, and why where it waits."
      width="full"
    >
      <Section title="Accounts">
        {syncs.length > 0 ? <SyncProgress syncs={syncs} label="Accounts" actions={actions} /> : <NoAccounts />}
        {more > 0 ? <p className="tm-muted">{more} more accounts; choose a brand to see its own.</p> : null}
      </Section>
      <ReportDays syncs={syncs} mayFill={actions.sync} />
      <Section title="Syncs" side={can(viewer, "calls.read") ? <Link to="/calls">Calls to Amazon</Link> : null}>
        <DataTable
          table={table}
          columns={columns}
          what="syncs"
          height="auto"
          searchLabel="Search syncs by account"
          filters={
            <Select
              aria-label="State"
              allowClear
              placeholder="Any state"
              value={[table.filterValue("state")].flat()[0] ?? null}
              onChange={(value?: string) => table.setFilter("state", value)}
              options={runStateOptions}
            />
          }
          empty={<EmptyState title="Syncs will be listed here">The first starts when an account is found.</EmptyState>}
        />
      </Section>
    </Page>
  );
}
