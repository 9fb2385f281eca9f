import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { AmcSchedule } from "#server/amc/schedule-contract";
import { can } from "~/providers/access-control";
import { Link } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import type { Column } from "~/ui/columns";
import { DataTable } from "~/ui/data-table";
import { LinkButton } from "~/ui/link-button";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { cronWords } from "./cron-forms";
import { loadSchedules } from "./schedules.server";
import { SlotTag } from "./slot-words";
import { windowWords } from "./words";

export const meta: MetaFunction = () => [{ title: "AMC schedules · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadSchedules(args);
export const shouldRevalidate = keepsLoader("brand");

/** Questions that are asked again by themselves. */
export default function Schedules() {
  const { permanent, seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<AmcSchedule>("amc-schedules", seed, { permanent });
  const mayWrite = can(useViewer(), "amc.write");
  const action = mayWrite ? (
    <LinkButton type="primary" to="/amc/schedules/new">
      New schedule
    </LinkButton>
  ) : null;
  return (
    <Page
      title="AMC schedules"
      description="Questions that are asked again by themselves, once a due moment, in any zone and through clock changes."
      action={action}
      width="full"
    >
      <DataTable
        table={table}
        columns={scheduleColumns}
        what="schedules"
        height="auto"
        searchLabel="Search by name or person"
        takesFiles={false}
        empty={
          <EmptyState title="Schedules will be listed here" action={action}>
            Nobody has scheduled a question yet. A run that worked can be scheduled from its page.
          </EmptyState>
        }
      />
    </Page>
  );
}

const scheduleColumns: Column<AmcSchedule>[] = [
  {
    key: "name",
    title: "Schedule",
    sort: true,
    width: 240,
    render: ({ id, name }) => <Link to={`/amc/schedules/${id}`}>{name}</Link>,
  },
  {
    key: "paused",
    title: "State",
    narrow: true,
    render: ({ paused }) =>
      paused ? <StatusTag signal="paused">Paused</StatusTag> : <StatusTag signal="ok">Active</StatusTag>,
  },
  {
    key: "templateTitle",
    title: "Question",
    render: ({ templateTitle, pinnedVersion }) => (
      <>
        {templateTitle}
        <span className="tm-muted tm-under">
          {pinnedVersion ? `keeps to version ${pinnedVersion}` : "follows its changes"}
        </span>
      </>
    ),
  },
  {
    key: "cron",
    title: "When",
    render: ({ cron, timeZone }) => (
      <>
        {cronWords(cron)}
        <span className="tm-muted tm-under">{timeZone}</span>
      </>
    ),
  },
  { key: "window", title: "Days", render: ({ window }) => windowWords(window) },
  {
    key: "instances",
    title: "Instances",
    render: ({ instanceNames: [first, ...more] }) => (more.length > 0 ? `${first} and ${more.length} more` : first),
  },
  {
    key: "nextAt",
    title: "Next",
    sort: true,
    narrow: true,
    render: ({ nextAt }) => <Time at={nextAt} none="not due" />,
  },
  {
    key: "last",
    title: "Last",
    render: ({ lastState, lastSlotAt }) =>
      lastState ? (
        <>
          <SlotTag state={lastState} note={null} /> <Time at={lastSlotAt} past />
        </>
      ) : (
        <span className="tm-muted">not yet</span>
      ),
  },
  { key: "createdBy", title: "Made by", sort: true, optional: true, render: ({ createdBy }) => createdBy },
];
