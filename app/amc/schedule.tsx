import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { AmcSlot } from "#server/amc/schedule-contract";
import { Link } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import type { Column } from "~/ui/columns";
import { DataTable } from "~/ui/data-table";
import { Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { StatusTag } from "~/ui/status-tag";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { cronWords } from "./cron-forms";
import { ScheduleActs } from "./schedule-acts";
import { ScheduleForm } from "./schedule-form";
import { loadSchedule } from "./schedules.server";
import { SlotTag } from "./slot-words";
import { useScheduleDraft } from "./use-schedule-draft";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.schedule.name ?? "AMC schedule"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadSchedule(args);
export const shouldRevalidate = keepsLoader();

/** One schedule: what it asks, when, and what came of each due moment. */
export default function SchedulePage() {
  const loaded = useLoaderData<typeof loader>();
  return <Schedule key={loaded.schedule.id} {...loaded} />;
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

function Schedule({ schedule, templates, instances, permanent, slots }: Loaded) {
  const table = useSeededTable<AmcSlot>("amc-slots", slots, { permanent });
  const held = useScheduleDraft(schedule, schedule);
  const { name, cron, timeZone, paused } = schedule;
  return (
    <Page
      title={name}
      description={`${cronWords(cron)}, ${timeZone}.`}
      state={paused ? <StatusTag signal="paused">Paused</StatusTag> : <StatusTag signal="ok">Active</StatusTag>}
      action={<ScheduleActs schedule={schedule} onGone={held.release} />}
      trail={[{ label: "AMC schedules", to: "/amc/schedules" }]}
      width="full"
    >
      <ScheduleForm {...{ held, templates, instances }} />
      <Section title="What came of it">
        <DataTable
          table={table}
          columns={columns}
          what="slots"
          height="auto"
          takesFiles={false}
          bulkActions={[]}
          labelOf={({ instanceName, dueAt }) => `${instanceName}, ${dueAt}`}
          empty={<EmptyState title="Due moments will be listed here">None has passed yet.</EmptyState>}
        />
      </Section>
    </Page>
  );
}

const columns: Column<AmcSlot>[] = [
  { key: "dueAt", title: "Due", sort: true, width: 160, render: ({ dueAt }) => <Time at={dueAt} /> },
  { key: "state", title: "What came of it", narrow: true, render: (slot) => <SlotTag {...slot} /> },
  { key: "instanceName", title: "Instance", narrow: true, render: ({ instanceName }) => instanceName },
  {
    key: "run",
    title: "Run",
    field: "executionId",
    render: ({ executionId }) =>
      executionId ? <Link to={`/amc/runs/${executionId}`}>Open</Link> : <span className="tm-muted">none</span>,
  },
  { key: "startedAt", title: "Looked after", render: ({ startedAt }) => <Time at={startedAt} past /> },
];
