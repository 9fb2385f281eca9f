// A question's form: its parameters, where it is asked, about which days; and what would come of it.
import { Form } from "antd";
import { type FormEvent, useState } from "react";
import type { AmcInstance, AmcWindow } from "#server/amc/contract";
import type { ExecutionCheck } from "#server/amc/execution-contract";
import type { AmcTemplate } from "#server/amc/template-contract";
import { can } from "~/providers/access-control";
import { useUrlParam } from "~/providers/router";
import { useViewer } from "~/shell/viewer";
import { AskActs } from "./ask-acts";
import { Guard } from "./guard";
import { InstancePicker } from "./instance-picker";
import { ParameterFields, type Values } from "./parameter-fields";
import { PeriodsField } from "./periods-field";
import { useAnswer } from "./use-answer";
import { type Asked, useAsking } from "./use-asking";
import { WindowField } from "./window-field";

interface AskFormProps {
  template: AmcTemplate;
  instances: AmcInstance[];
  today: string;
  values: Values;
  onValues(values: Values): void;
  /** What it begins with. */
  window: AmcWindow;
}

export function AskForm({ template, instances, today, values, onValues, window: begun }: AskFormProps) {
  const mayRun = can(useViewer(), "amc.write");
  const [chosen, setChosen] = useUrlParam("instances");
  const [window, setWindow] = useState(begun);
  const [periods, setPeriods] = useState<Asked["periods"]>(null);
  const instanceIds = chosen?.split(",").filter((id) => instances.some((one) => one.id === id)) ?? [];
  const [only] = instanceIds.length === 1 ? instanceIds : [];
  const single = only && !periods ? { templateId: template.id, instanceId: only, values, window } : null;
  const check = useAnswer<ExecutionCheck>({ resource: "amc-executions", action: "check" }, mayRun ? single : null);
  const { ask, busy, said } = useAsking();
  const problems = { ...check.error?.errors, ...said?.errors } as Record<string, string>;
  const send = (event: FormEvent) => {
    event.preventDefault();
    void ask({ templateId: template.id, instanceIds, values, window, periods });
  };
  return (
    <form className="tm-question" onSubmit={send} noValidate>
      <Form layout="vertical" component={false}>
        <InstancePicker
          instances={instances}
          tables={template.tables}
          value={instanceIds}
          problem={problems.instanceIds ?? problems.instanceId}
          onChange={(ids) => setChosen(ids.length > 0 ? ids.join(",") : null)}
        />
        <PeriodsField value={periods} onChange={setPeriods} />
        {periods ? null : <WindowField value={window} onChange={setWindow} problem={problems.window} today={today} />}
        <ParameterFields
          parameters={template.parameters}
          values={values}
          problems={problems}
          brandId={instances.find(({ id }) => id === only)?.brandId ?? null}
          onChange={onValues}
        />
      </Form>
      <Guard check={check.answer} error={said ?? check.error} asking={check.asking} />
      {mayRun ? (
        <AskActs
          check={check.answer}
          runs={instanceIds.length * (periods?.periods ?? 1)}
          busy={busy}
          onAnyway={() => void ask({ templateId: template.id, instanceIds, values, window, periods, anyway: true })}
        />
      ) : (
        <p className="tm-muted">
          You can look at answers. Who may run questions: owners, admins, operations and leads.
        </p>
      )}
    </form>
  );
}
