import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useMemo } from "react";
import type { CustomReport } from "#server/reports/contract";
import { can } from "~/providers/access-control";
import { Link } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { type Column, DataTable } from "~/ui/data-table";
import { LinkButton } from "~/ui/link-button";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { Count } from "~/ui/values";
import { groupWords, RangeWords, ReportTag } from "./report-words";
import { loadReports } from "./reports.server";

export const meta: MetaFunction = () => [{ title: "Custom reports · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadReports(args);
export const shouldRevalidate = keepsLoader();

/** Questions of one's own to Amazon, and how far each answer is. */
export default function Reports() {
  const { seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<CustomReport>("custom-reports", seed);
  const mayAsk = can(useViewer(), "reports.write");
  const columns = useMemo(reportColumns, []);
  const ask = mayAsk ? (
    <LinkButton type="primary" to="/custom-reports/new">
      New report
    </LinkButton>
  ) : null;
  return (
    <Page
      title="Custom reports"
      description="Questions of your own to Amazon's reporting: any type, rows and columns. Answers are kept for good."
      width="full"
      action={ask}
    >
      <DataTable
        table={table}
        columns={columns}
        what="reports"
        searchLabel="Search by name or person"
        height="auto"
        empty={
          <EmptyState title="Custom reports will be listed here" action={ask}>
            Nobody has asked Amazon for one yet. The dashboards need none: they are filled by data sync.
          </EmptyState>
        }
      />
    </Page>
  );
}

const reportColumns = (): Column<CustomReport>[] => [
  {
    key: "name",
    title: "Report",
    width: 260,
    sort: true,
    render: ({ id, name }) => <Link to={`/custom-reports/${id}`}>{name}</Link>,
  },
  {
    key: "state",
    title: "State",
    narrow: true,
    render: ({ state, asks }) => (
      <span aria-live="polite">
        <ReportTag state={state} />
        {asks.length === 1 && asks[0]?.note ? <span className="tm-wrap tm-muted tm-under">{asks[0].note}</span> : null}
      </span>
    ),
  },
  { key: "typeLabel", title: "Type", render: ({ typeLabel }) => typeLabel },
  { key: "groupBy", title: "Rows of", render: ({ groupBy }) => groupBy.map(groupWords).join(", ") },
  { key: "from", title: "Days", width: 230, render: (report) => <RangeWords {...report} /> },
  {
    key: "accounts",
    title: "Accounts",
    render: ({ accounts: [first, ...more] }) => (more.length > 0 ? `${first} and ${more.length} more` : first),
  },
  { key: "rows", title: "Rows", numeric: true, narrow: true, render: ({ rows }) => <Count value={rows} /> },
  { key: "createdBy", title: "Asked by", sort: true, render: ({ createdBy }) => createdBy },
  { key: "createdAt", title: "Asked", sort: true, render: ({ createdAt }) => <Time at={createdAt} past /> },
];
