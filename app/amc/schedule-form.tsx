// A schedule as it is written, with what it would do beside it.
import { Alert, Button, Form, Input, Radio, Select } from "antd";
import type { FormEvent } from "react";
import type { AmcInstance } from "#server/amc/contract";
import {
  type MissedPolicy,
  missedPolicies,
  missedWords,
  type Simulation as Simulated,
} from "#server/amc/schedule-contract";
import type { AmcTemplate } from "#server/amc/template-contract";
import { Field } from "~/pages/field";
import { can } from "~/providers/access-control";
import { useViewer } from "~/shell/viewer";
import { CronField } from "./cron-field";
import { cronWords } from "./cron-forms";
import { InstancePicker } from "./instance-picker";
import { defaultsOf, ParameterFields } from "./parameter-fields";
import type { ScheduleDraft } from "./schedule-draft";
import { Simulation } from "./simulation";
import { useAnswer } from "./use-answer";
import type { HeldSchedule } from "./use-schedule-draft";
import { WindowField } from "./window-field";
import { zoneOptions } from "./zones";

interface ScheduleFormProps {
  held: HeldSchedule;
  templates: AmcTemplate[];
  instances: AmcInstance[];
}

export function ScheduleForm({ held, templates, instances }: ScheduleFormProps) {
  const mayWrite = can(useViewer(), "amc.write");
  const { draft, change, scheduleId, save, busy, said } = held;
  const { cron, timeZone, window, instanceIds } = draft;
  const simulation = useAnswer<Simulated>(
    { resource: "amc-schedules", action: "simulate" },
    instanceIds.length > 0 ? { cron, timeZone, window, instanceIds, ...(scheduleId ? { scheduleId } : {}) } : null,
  );
  const problems = { ...simulation.error?.errors, ...said?.errors } as Record<string, string>;
  const send = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <div className="tm-ask">
      <form className="tm-question" onSubmit={send} noValidate>
        <Form layout="vertical" component={false} disabled={!mayWrite}>
          <Field id="schedule-name" label="Name" problem={problems.name}>
            <Input
              id="schedule-name"
              maxLength={80}
              value={draft.name}
              onChange={({ target }) => change({ name: target.value })}
            />
          </Field>
          <WhatFields {...{ draft, templates, instances, problems, change }} />
          <WhenFields {...{ draft, problems, change }} />
        </Form>
        <Refusal held={held} />
        {mayWrite ? (
          <div className="tm-acts">
            <Button type="primary" htmlType="submit" loading={busy} disabled={held.theirs !== null}>
              {scheduleId ? "Save schedule" : "Make schedule"}
            </Button>
          </div>
        ) : (
          <p className="tm-muted">
            You can look at schedules. Who may change them: owners, admins, operations and leads.
          </p>
        )}
      </form>
      <Simulation
        {...simulation}
        begun={instanceIds.length > 0}
        zone={timeZone}
        missed={draft.missed}
        onSpread={mayWrite ? (next) => change({ cron: next }) : null}
      />
    </div>
  );
}

/** What stands against saving. */
function Refusal({ held: { said, theirs, settle } }: Pick<ScheduleFormProps, "held">) {
  if (theirs) {
    return (
      <Alert
        type="warning"
        role="alert"
        showIcon
        message="Somebody else changed this schedule meanwhile"
        description={`It is "${theirs.name}" now, ${cronWords(theirs.cron)}, ${theirs.timeZone}. Which is to stay?`}
        action={
          <span className="tm-row-acts">
            <Button size="small" onClick={() => settle("mine")}>
              Keep mine
            </Button>
            <Button size="small" onClick={() => settle("theirs")}>
              Take theirs
            </Button>
          </span>
        }
      />
    );
  }
  if (!said || said.errors) return null;
  return <Alert type="error" role="alert" showIcon message={said.message} description={said.remedy} />;
}

interface WhatFieldsProps extends Pick<ScheduleFormProps, "templates" | "instances"> {
  draft: ScheduleDraft;
  problems: Record<string, string>;
  change(next: Partial<ScheduleDraft>): void;
}

/** What is asked, and where. */
function WhatFields({ draft, templates, instances, problems, change }: WhatFieldsProps) {
  const { templateId, pinnedVersion, instanceIds, values } = draft;
  const template = templates.find(({ id }) => id === templateId);
  return (
    <>
      <Field id="schedule-template" label="Question" problem={problems.templateId}>
        <Select
          id="schedule-template"
          showSearch
          optionFilterProp="label"
          value={templateId}
          options={templates.map(({ id, title, question }) => ({ value: id, label: question || title }))}
          onChange={(id: string) => {
            const parameters = templates.find((one) => one.id === id)?.parameters ?? [];
            change({ templateId: id, pinnedVersion: null, values: defaultsOf(parameters) });
          }}
        />
      </Field>
      <Field id="schedule-version" label="When the question changes" problem={problems.pinnedVersion}>
        <Radio.Group
          id="schedule-version"
          className="tm-radio-lines"
          value={pinnedVersion ?? ""}
          options={[
            { value: "", label: "Follow its changes" },
            ...[...new Set([pinnedVersion, template?.edition])].flatMap((version) =>
              version ? [{ value: version, label: `Keep to version ${version}` }] : [],
            ),
          ]}
          onChange={({ target }) => change({ pinnedVersion: (target.value as string) || null })}
        />
      </Field>
      <InstancePicker
        instances={instances}
        tables={template?.tables ?? []}
        value={instanceIds}
        problem={problems.instanceIds}
        onChange={(ids) => change({ instanceIds: ids })}
      />
      <ParameterFields
        parameters={template?.parameters ?? []}
        values={values}
        problems={problems}
        brandId={instances.find(({ id }) => id === instanceIds[0])?.brandId ?? null}
        onChange={(next) => change({ values: next })}
      />
    </>
  );
}

/** When it is due, of which days, and what follows a gap. */
function WhenFields({ draft, problems, change }: Pick<WhatFieldsProps, "draft" | "problems" | "change">) {
  return (
    <>
      <CronField value={draft.cron} problem={problems.cron} onChange={(next) => change({ cron: next })} />
      <Field id="schedule-zone" label="In the zone" problem={problems.timeZone}>
        <Select
          id="schedule-zone"
          showSearch
          optionFilterProp="label"
          value={draft.timeZone}
          options={zoneOptions()}
          onChange={(next: string) => change({ timeZone: next })}
        />
      </Field>
      <WindowField value={draft.window} problem={problems.window} onChange={(next) => change({ window: next })} />
      <Field id="schedule-missed" label="What was due while nothing ran" problem={problems.missed}>
        <Radio.Group
          id="schedule-missed"
          className="tm-radio-lines"
          value={draft.missed}
          options={missedPolicies.map((value) => ({ value, label: missedWords[value] }))}
          onChange={({ target }) => change({ missed: target.value as MissedPolicy })}
        />
      </Field>
    </>
  );
}
