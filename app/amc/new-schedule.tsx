import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { defaultsOf } from "./parameter-fields";
import { type ScheduleDraft, ScheduleForm } from "./schedule-form";
import { loadNewSchedule } from "./schedules.server";

export const meta: MetaFunction = () => [{ title: "New AMC schedule · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadNewSchedule(args);

export default function NewSchedule() {
  const { templates, instances, run } = useLoaderData<typeof loader>();
  const template = templates.find(({ id }) => id === run?.templateId) ?? templates[0];
  const trail = [{ label: "AMC schedules", to: "/amc/schedules" }];
  if (!template || instances.length === 0) {
    return (
      <Page title="New schedule" trail={trail}>
        <EmptyState title="No AMC instance to ask">
          Instances of your brands are found through the connections.
        </EmptyState>
      </Page>
    );
  }
  const begun: ScheduleDraft = {
    name: run ? `${run.title}, ${run.instanceName}`.slice(0, 80) : "",
    templateId: template.id,
    pinnedVersion: null,
    instanceIds: run ? [run.instanceId] : [],
    values: { ...defaultsOf(template.parameters), ...run?.values },
    window: { kind: "month", back: 0 },
    cron: "0 6 4 * *",
    timeZone: run?.window.timeZone ?? "UTC",
    missed: "latest",
    paused: false,
  };
  return (
    <Page
      title="New schedule"
      description="What it would do is shown beside it before anything is saved."
      trail={trail}
      width="full"
    >
      <ScheduleForm {...{ begun, templates, instances }} schedule={null} />
    </Page>
  );
}
