import { Alert, Form } from "antd";
import { type FormEvent, useState } from "react";
import type { AmcInstance, AmcWindow } from "#server/amc/contract";
import type { ExecutionCheck } from "#server/amc/execution-contract";
import { Section } from "~/ui/page";
import { AskActs } from "./ask-acts";
import { Guard } from "./guard";
import { InstancePicker } from "./instance-picker";
import { useAnswer } from "./use-answer";
import { type Asked, useAsking } from "./use-asking";
import { WindowField } from "./window-field";

interface RunSectionProps {
  question: Omit<Asked, "instanceIds" | "window" | "periods">;
  /** Nothing is known that AMC would refuse. */
  sound: boolean;
  instances: AmcInstance[];
  instanceIds: string[];
  tables: readonly string[];
  today: string;
  onInstances(ids: string[]): void;
}

/** Where and about which days SQL is asked. */
export function RunSection(props: RunSectionProps) {
  const { question, sound, instances, instanceIds, tables, today, onInstances } = props;
  const [window, setWindow] = useState<AmcWindow>({ kind: "last", days: 28 });
  const { ask, busy, said } = useAsking();
  const [only] = instanceIds.length === 1 ? instanceIds : [];
  const check = useAnswer<ExecutionCheck>(
    { resource: "amc-executions", action: "check" },
    only && sound ? { ...question, instanceId: only, window } : null,
  );
  const problems = { ...check.error?.errors, ...said?.errors } as Record<string, string>;
  const run = (anyway: boolean) => void ask({ ...question, instanceIds, window, periods: null, anyway });
  const send = (event: FormEvent) => {
    event.preventDefault();
    run(false);
  };
  return (
    <Section title="Run it">
      <form className="tm-question" onSubmit={send} noValidate>
        <Form layout="vertical" component={false}>
          <InstancePicker
            {...{ instances, tables }}
            value={instanceIds}
            problem={problems.instanceIds ?? problems.instanceId}
            onChange={onInstances}
          />
          <WindowField value={window} onChange={setWindow} problem={problems.window} today={today} />
        </Form>
        <Guard check={check.answer} error={said ?? check.error} asking={check.asking} />
        {Object.keys(problems).length > 0 ? (
          <Alert type="error" showIcon message={Object.values(problems).join(" ")} />
        ) : null}
        <AskActs
          check={check.answer}
          runs={instanceIds.length}
          busy={busy}
          unsound={!sound}
          onAnyway={() => run(true)}
        />
      </form>
    </Section>
  );
}
