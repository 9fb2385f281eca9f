import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Select } from "antd";
import type { ChangeSet } from "#server/insights/change-contract";
import { Link } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { type Column, DataTable } from "~/ui/data-table";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { Count } from "~/ui/values";
import { count, SetTag, setWords } from "./change-words";
import { loadChanges } from "./changes.server";

export const meta: MetaFunction = () => [{ title: "Changes · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadChanges(args);
export const shouldRevalidate = keepsLoader();

const nameOf = ({ note, counts, undoes }: ChangeSet): string =>
  note || `${undoes ? "Takes back " : ""}${count(counts.changes, "change")} in ${count(counts.campaigns, "campaign")}`;

const columns: Column<ChangeSet>[] = [
  {
    key: "note",
    title: "Changes",
    width: 360,
    render: (set) => (
      <Link className="tm-row-name" data-tip={nameOf(set)} to={`/changes/${set.id}`}>
        {nameOf(set)}
      </Link>
    ),
  },
  { key: "state", title: "State", narrow: true, render: ({ state }) => <SetTag state={state} /> },
  { key: "createdBy", title: "By", narrow: true, sort: true, render: ({ createdBy }) => createdBy },
  { key: "createdAt", title: "Begun", sort: true, render: ({ createdAt }) => <Time at={createdAt} past /> },
  {
    key: "appliedBy",
    title: "Applied by",
    optional: true,
    render: ({ appliedBy }) => appliedBy ?? <span className="tm-muted">nobody</span>,
  },
  {
    key: "startedAt",
    title: "Applied",
    sort: true,
    render: ({ startedAt }) => <Time at={startedAt} none="not yet" past />,
  },
  { key: "accounts", title: "Accounts", render: ({ accounts }) => accounts.join(", ") },
  {
    key: "items",
    title: "Items",
    numeric: true,
    hint: "Campaigns and ad groups.",
    render: ({ counts }) => <Count value={counts.items} />,
  },
  { key: "applied", title: "At Amazon", numeric: true, render: ({ counts }) => <Count value={counts.applied} /> },
  { key: "refused", title: "Refused", numeric: true, render: ({ counts }) => <Count value={counts.refused} /> },
  {
    key: "open",
    title: "To decide",
    numeric: true,
    hint: "Skipped, because Amazon held something else; or unsure, because no answer came.",
    render: ({ counts }) => <Count value={counts.skipped + counts.unsure} />,
  },
];

/** Several states of one choice are joined by commas. */
const stateOptions = [
  ...Object.entries(setWords).map(([value, { word }]) => ({ value, label: word })),
  { value: "failed,partly", label: "Failed in whole or part" },
];

export default function Changes() {
  const { seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<ChangeSet>("change-sets", seed);
  return (
    <Page
      title="Changes"
      description="What was changed of campaigns and ad groups here, by whom, and what Amazon said to each."
      width="full"
    >
      <DataTable
        table={table}
        columns={columns}
        what="changes"
        searchLabel="Search by note or person"
        filters={
          <Select
            aria-label="State"
            allowClear
            placeholder="Any state"
            value={[table.filterValue("state") ?? []].flat().join() || null}
            onChange={(value?: string) => table.setFilter("state", value?.split(","))}
            options={stateOptions}
            popupMatchSelectWidth={180}
          />
        }
        empty={
          <EmptyState title="Changes will be listed here" action={<Link to="/campaigns">Go to campaigns</Link>}>
            Change a budget, a date or a state in the campaigns table: it waits here for review.
          </EmptyState>
        }
      />
    </Page>
  );
}
