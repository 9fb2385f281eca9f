import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { AmcTemplate } from "#server/amc/template-contract";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { valuesFrom } from "./asked-before";
import type { ScheduleDraft } from "./schedule-draft";
import { ScheduleForm } from "./schedule-form";
import { loadNewSchedule } from "./schedules.server";
import { useScheduleDraft } from "./use-schedule-draft";

export const meta: MetaFunction = () => [{ title: "New AMC schedule · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadNewSchedule(args);

const trail = [{ label: "AMC schedules", to: "/amc/schedules" }];

export default function NewSchedule() {
  const { templates, instances, run } = useLoaderData<typeof loader>();
  const template = templates.find(({ id }) => id === run?.templateId) ?? templates[0];
  if (!template || instances.length === 0) {
    return (
      <Page title="New schedule" trail={trail}>
        <EmptyState title="No AMC instance to ask">
          Instances of your brands are found through the connections.
        </EmptyState>
      </Page>
    );
  }
  return <Written key={run?.id ?? ""} {...{ template, templates, instances, run }} />;
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

function Written({ template, templates, instances, run }: Loaded & { template: AmcTemplate }) {
  const held = useScheduleDraft(begunWith(template, run), null);
  return (
    <Page
      title="New schedule"
      description="What it would do is shown beside it before anything is saved."
      trail={trail}
      width="full"
    >
      <ScheduleForm {...{ held, templates, instances }} />
    </Page>
  );
}

/** Each month, of that month; or as the run was asked, where its days move along. */
const begunWith = (template: AmcTemplate, run: Loaded["run"]): ScheduleDraft => ({
  name: run ? `${run.title}, ${run.instanceName}`.slice(0, 80) : "",
  templateId: template.id,
  pinnedVersion: null,
  instanceIds: run ? [run.instanceId] : [],
  values: valuesFrom(run, template.parameters),
  window: run && run.asked.kind !== "days" ? run.asked : { kind: "month", back: 0 },
  cron: "0 6 4 * *",
  timeZone: run?.window.timeZone ?? "UTC",
  missed: "latest",
});
